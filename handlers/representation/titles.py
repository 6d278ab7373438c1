"""Who holds a title at a place: kommunpolisen i Farsta, the safety coordinator in Bromma."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from handlers.representation.knowledge import AsOf, as_of, days_said
from handlers.representation.seat_table import PAGE, person_said
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Seat
from models.message import Actions, Button, Cell, Heading, Message, Note, Part, Table, Text
from models.people.organisations import DisplayPolicy, Organisation, Person
from models.places.geography import police_of, police_shares
from models.places.place import District, PoliceArea
from models.seats.holders import seats_on
from models.wording import role_word


def title_card(visit: Visit, wish: Understanding) -> Message:
    """Those who hold a title, at the place or organisation that was named, with their seats."""
    _ = visit.language._
    at = as_of(visit, wish)
    where = wish.neighbourhood or wish.district or wish.organisation or wish.police_area or ""
    people = _holders(visit, wish, at)
    title = people[0].title if people else wish.title or ""
    heading = f"{_capital(title)} · {where}" if where else _capital(title)
    if not people:
        return _none(visit, wish, where)
    return Message(
        summary=f"{heading}: {visit.language.join([each.shown_as() for each in people[:PAGE]])}",
        parts=(
            Heading(text=heading[:150]),
            _table(visit, people[:PAGE], at),
            Note(text=_note(visit, people, at)),
        ),
    )


def _holders(visit: Visit, wish: Understanding, at: AsOf) -> list[Person]:
    """Those who work here on the day with the title; who is protected has none."""
    query = select(Person).join(Person.organisation).options(joinedload(Person.organisation))
    query = query.where(Person.display_policy != DisplayPolicy.PROTECTED)
    query = query.where(or_(Person.left_on.is_(None), Person.left_on > at.on))
    spelled = visit.registry.spellings(wish.title or "")
    place = _at(visit, wish, at)
    query = query.where(Person.title.in_(spelled), *([place] if place is not None else []))
    return list(visit.session.scalars(query.order_by(Person.name).limit(PAGE + 1)))


def _at(visit: Visit, wish: Understanding, at: AsOf) -> ColumnElement[bool] | None:
    """The organisations of a place: the district's own, and its police areas'."""
    if wish.organisation:
        return Organisation.name == wish.organisation
    if wish.district:
        district = visit.session.scalars(
            select(District).where(District.name == wish.district)
        ).one()
        shares = police_shares(visit.session, district.id, at.on)
        areas = [area.id for area in police_of(shares, wish.neighbourhood)]
        return or_(Organisation.district_id == district.id, Organisation.police_area_id.in_(areas))
    if wish.police_area:
        named = PoliceArea.name.in_((wish.police_area, f"LPO {wish.police_area}"))
        return Organisation.police_area_id.in_(select(PoliceArea.id).where(named))
    return None


def _none(visit: Visit, wish: Understanding, where: str) -> Message:
    """That nobody here has the title, with the place's steering group a press away."""
    _ = visit.language._
    title = wish.title or ""
    sentence = _("Nobody here has the title {title}.", title=title)
    if where:
        sentence = _("Nobody in {place} has the title {title}.", place=where, title=title)
    parts: list[Part] = [Text(text=sentence)]
    if wish.district:
        line = f"{_('who')} {wish.district}"
        parts.append(Actions(buttons=(Button(label=line[:40], action="say", value=line),)))
    return Message(summary=sentence, parts=tuple(parts))


def _table(visit: Visit, people: Sequence[Person], at: AsOf) -> Table:
    _ = visit.language._
    seats = _seats(visit, people, at)
    rows = tuple(
        (
            Cell(text=person_said(visit, person)),
            Cell(text=person.organisation.name),
            Cell(text=_sits(visit, seats.get(person.id, []))),
        )
        for person in people
    )
    return Table(columns=(_("Holder"), _("Organisation"), _("Seats")), rows=rows)


def _seats(visit: Visit, people: Sequence[Person], at: AsOf) -> dict[int | None, list[Seat]]:
    ids = [person.id for person in people]
    query = seats_on(at.on, at.known_at).where(Seat.person_id.in_(ids)).order_by(Seat.code)
    found: dict[int | None, list[Seat]] = {}
    for seat in visit.session.scalars(query).unique():
        found.setdefault(seat.person_id, []).append(seat)
    return found


def _sits(visit: Visit, seats: Sequence[Seat]) -> str:
    words = [
        f"{each.group.name} ({role_word(visit.language, each.role).lower()})" for each in seats
    ]
    told = ", ".join(words[:4])
    if len(words) <= 4:
        return told or "–"
    return f"{told} {visit.language.n('and {number} more', 'and {number} more', len(words) - 4)}"


def _note(visit: Visit, people: Sequence[Person], at: AsOf) -> str:
    day = days_said(visit.language, at)
    if len(people) <= PAGE:
        return day
    more = visit.language._("showing {shown}; name a place to see the rest", shown=PAGE)
    return f"{day} · {more}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
