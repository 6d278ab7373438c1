"""Who, asked by other ways than a group: a person, a police area, an organisation, a party."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from handlers.errors import NotFound
from handlers.representation.fillings import filling_word
from handlers.representation.knowledge import (
    AsOf,
    as_of,
    days_said,
    known_parts,
    mandate_differences,
)
from handlers.representation.namesakes import ask_which
from handlers.representation.place_lines import renamed_lines
from handlers.representation.seat_table import (
    PAGE,
    holder_cell,
    mandate_limits,
    person_said,
    spoken_for,
)
from handlers.strangers import nobody
from handlers.understanding import Understanding
from handlers.understanding.known import bare_police_name
from handlers.visit import Visit
from models.groups import Seat
from models.intervals import last_day
from models.language import Language
from models.message import Actions, Button, Cell, Heading, Message, Note, Part, Table, Text
from models.people.organisations import DisplayPolicy, Organisation, Person
from models.places.geography import districts_of_police
from models.places.place import PoliceArea
from models.seats.holders import holder_on, seats_on
from models.seats.occupancy import Filling, occupancies
from models.wording import PARTIES, role_word

MOST_COUNTED = 60


def person_seats(visit: Visit, wish: Understanding) -> Message:
    """The seats that a person holds on a day; of several with the name it is asked which."""
    named = Person.email.in_(wish.namesakes) if wish.namesakes else Person.name == wish.person
    people = visit.session.scalars(
        select(Person).where(named).options(joinedload(Person.organisation)).order_by(Person.name)
    ).all()
    found = [each for each in people if each.display_policy is not DisplayPolicy.PROTECTED]
    if not found:
        raise nobody(visit, wish.person or "")
    if len(found) > 1:
        return ask_which(visit, found, as_of(visit, wish))
    return person_card(visit, found[0], as_of(visit, wish))


def person_card(visit: Visit, person: Person, at: AsOf) -> Message:
    """A person's title, organisation and seats on a day, as known now or then."""
    heading = f"{person.shown_as()}, {person.title}" if person.title else person.shown_as()
    if person.display_policy is DisplayPolicy.FUNCTION_ONLY:
        heading = person.shown_as()
    return seats_of(visit, person, at=at, heading=f"{heading}, {person.organisation.name}")


def seats_of(visit: Visit, person: Person, *, at: AsOf, heading: str) -> Message:
    """A person's seats on a day as a message."""
    mine = Seat.person_id == person.id
    seats = _seats(visit, mine, at)
    spoken = visit.language.n("{number} seat", "{number} seats", len(seats))
    return Message(
        summary=f"{heading}: {spoken}",
        parts=(
            Heading(text=heading[:150]),
            *_left(visit, person, at),
            *_known(visit, mine, seats, at),
            mandates_table(visit, seats, at, _disputed(visit, seats, at)),
            *_deputies(visit, seats, at),
            *_before_leaving(visit, person, at),
            Note(text=" · ".join([days_said(visit.language, at), *_first_of(visit, seats)])),
        ),
    )


def _first_of(visit: Visit, seats: Sequence[Seat]) -> list[str]:
    """That a person has more seats than the table shows."""
    if len(seats) <= PAGE:
        return []
    told = "{shown} of {number}; name a group to see the rest"
    return [visit.language._(told, shown=PAGE, number=len(seats))]


def _deputies(visit: Visit, seats: Sequence[Seat], at: AsOf) -> list[Part]:
    """Who deputises for a person, group by group."""
    if not seats:
        return []
    groups, held = {seat.group_id for seat in seats}, {seat.id for seat in seats}
    which = Seat.group_id.in_(groups) & Seat.deputy_for_id.in_(held)
    found = [(seat, holder_on(seat, at.on, at.known_at)) for seat in _seats(visit, which, at)]
    lines = [
        f"- {seat.group.name}: {person_said(visit, person)}" for seat, person in found if person
    ]
    heading = f"**{visit.language._('Deputies')}**"
    return [Text(text="\n".join([heading, *lines]))] if lines else []


def _left(visit: Visit, person: Person, at: AsOf) -> list[Part]:
    """That somebody has left, for it explains why no seat is theirs."""
    if person.is_active(at.on, at.known_at) or person.left_on is None:
        return []
    day = visit.language.day(last_day(person.left_on))
    return [
        Text(text=visit.language._("Has left the cooperation. The last day was {day}.", day=day))
    ]


def _before_leaving(visit: Visit, person: Person, at: AsOf) -> list[Part]:
    """A button to the seats that somebody had on the last day."""
    if person.display_policy is not DisplayPolicy.SHOWN or not _left(visit, person, at):
        return []
    assert person.left_on is not None, "who has left did so on a day"
    label = visit.language._("Seats on the last day")
    value = f"{person.email}|{last_day(person.left_on)}|"
    return [Actions(buttons=(Button(label=label, action="who.person", value=value),))]


def _disputed(visit: Visit, seats: Sequence[Seat], at: AsOf) -> set[str]:
    """The positions, among those of some seats, that more than one mandate is valid for."""
    positions = {seat.position for seat in seats}
    if not positions:
        return set()
    valid = _seats(visit, Seat.position.in_(positions), at)
    return {each.position for each in occupancies(valid, at.on) if len(each.mandates) > 1}


def mandates_table(
    visit: Visit, seats: Sequence[Seat], at: AsOf, disputed: Container[str] = ()
) -> Part:
    """A person's seats: the group, as what and for whom, and since when; `disputed` are double."""
    _ = visit.language._
    if not seats:
        return Text(text=_("No seats on this day."))
    columns = (_("Group"), _("Seat"), _("Since"))
    rows = (_mandate(visit, each, at, is_double=each.position in disputed) for each in seats[:PAGE])
    return Table(columns=columns, rows=tuple(rows))


def _mandate(visit: Visit, seat: Seat, at: AsOf, *, is_double: bool) -> tuple[Cell, Cell, Cell]:
    since = visit.language.day(seat.valid_from)
    if seat.valid_until is not None:
        last = visit.language.day(last_day(seat.valid_until))
        since = visit.language._("{start} until {end}", start=since, end=last)
    told = [role_word(visit.language, seat.role), spoken_for(visit, seat)]
    told += mandate_limits(visit, seat, at, until=False)
    words = " · ".join(each for each in told if each)
    status = filling_word(visit.language, Filling.IN_CONFLICT) if is_double else None
    return Cell(text=seat.group.name), Cell(text=words[:500], status=status), Cell(text=since)


def _seats(visit: Visit, which: ColumnElement[bool], at: AsOf) -> list[Seat]:
    """The mandates of a day that a condition fits, by their code."""
    query = seats_on(at.on, at.known_at).where(which).order_by(Seat.code)
    return list(visit.session.scalars(query).unique())


def _known(visit: Visit, which: ColumnElement[bool], seats: Sequence[Seat], at: AsOf) -> list[Part]:
    """Both days and what differs, where what was known on an earlier day was asked for."""
    if at.known_at is None:
        return []
    today = _seats(visit, which, AsOf(at.on))
    return known_parts(visit.language, at, mandate_differences(visit.language, seats, today))


def police_area_card(visit: Visit, wish: Understanding) -> Message:
    """What a police area covers on a day, and the seats that it holds."""
    _ = visit.language._
    at = as_of(visit, wish)
    area = _police_area(visit, wish, at.on)
    lines = [f"- {_coverage_line(visit, row)}" for row in _joined(visit, area, at.on)]
    covered = Text(text="\n".join([_("Covers in the city:"), *lines])) if lines else None
    organisation = visit.session.scalars(
        select(Organisation).where(Organisation.police_area_id == area.id)
    ).first()
    renamed = renamed_lines(visit, wish.former_police, area)
    parts: list[Part] = [Heading(text=area.name), *(Text(text=line) for line in renamed)]
    parts += [covered] if covered else []
    days = [days_said(visit.language, at)]
    following = []
    if organisation is not None:
        found = _listed(visit, Seat.organisation_id == organisation.id, at)
        parts += found.parts
        days += [found.spoken] if found.spoken else []
        following = [_next(visit, organisation.code, at, 1)] if found.has_more else []
    else:
        parts.append(Text(text=_("No seats on this day.")))
    parts += [Note(text=" · ".join(days)), *following]
    return Message(
        summary=_("{area}: what it covers and its seats", area=area.name), parts=tuple(parts)
    )


def _police_area(visit: Visit, wish: Understanding, on: date) -> PoliceArea:
    """The police area by the name asked for: the one of that day before its namesakes."""
    found = [
        area
        for area in visit.session.scalars(select(PoliceArea).order_by(PoliceArea.kind))
        if wish.police_area in (area.name, bare_police_name(area.name), area.code)
    ]
    if not found:
        raise NotFound(
            visit.language._("I know no police area {name}.", name=wish.police_area or "")
        )
    return next((area for area in found if area.holds_on(on)), found[0])


def _joined(visit: Visit, area: PoliceArea, on: date) -> list[tuple[str, list[str]]]:
    """District names with the neighbourhoods covered, none where all of it is."""
    places: dict[str, list[str]] = {}
    for row in districts_of_police(visit.session, area, on):
        names = places.setdefault(row.district.name, [])
        if row.neighbourhood is not None:
            names.append(row.neighbourhood.name)
    return list(places.items())


def _coverage_line(visit: Visit, place: tuple[str, list[str]]) -> str:
    district, parts = place
    if not parts:
        return district
    names = visit.language.join(parts)
    return visit.language._("{names} in {district}", names=names, district=district)


def organisation_seats(visit: Visit, wish: Understanding, page: int = 0) -> Message:
    """The seats that an organisation, or a party, holds in all groups on a day; a page of them."""
    at = as_of(visit, wish)
    heading, whose, which = _whose(visit, wish)
    heading = heading[0].upper() + heading[1:]
    found = _listed(visit, which, at, page)
    note = " · ".join(each for each in (days_said(visit.language, at), found.spoken) if each)
    parts = [Heading(text=heading), *found.parts, Note(text=note)]
    if found.has_more:
        parts.append(_next(visit, whose, at, page + 1))
    return Message(
        summary=f"{heading}: {found.spoken or visit.language._('No seats on this day.')}",
        parts=tuple(parts),
        replaces=page > 0,
    )


def _whose(visit: Visit, wish: Understanding) -> tuple[str, str, ColumnElement[bool]]:
    """What an organisation or a party is called, what names it, and which seats are theirs."""
    if wish.organisation:
        organisation = visit.session.scalars(
            select(Organisation).where(Organisation.name == wish.organisation)
        ).one()
        return organisation.name, organisation.code, Seat.organisation_id == organisation.id
    assert wish.party is not None
    heading = visit.language._(PARTIES[wish.party])
    return heading, wish.party.value, Seat.organisation.has(Organisation.party == wish.party)


@dataclass(frozen=True)
class Listed:
    """A page of seats: what is shown, how many they are in words, and whether more follow."""

    parts: list[Part]
    spoken: str
    has_more: bool


def _listed(visit: Visit, which: ColumnElement[bool], at: AsOf, page: int = 0) -> Listed:
    """A page of the seats that fit, with what has become known since; and how many they are."""
    # So many and one more are counted, so that thousands of seats cost no more than a few.
    query = seats_on(at.on, at.known_at).with_only_columns(Seat.id).where(which)
    ids = visit.session.scalars(query.order_by(Seat.code).limit(MOST_COUNTED + 1)).all()
    here = ids[page * PAGE : min((page + 1) * PAGE, MOST_COUNTED)]
    shown = _seats(visit, Seat.id.in_(here), at)
    parts = [*_known(visit, which, _all_of(visit, which, shown, at), at), _table(visit, shown, at)]
    has_more = min(len(ids), MOST_COUNTED) > (page + 1) * PAGE
    return Listed(parts, _counted(visit.language, len(ids), page, len(shown)), has_more)


def _counted(language: Language, number: int, page: int, shown: int) -> str:
    """How many seats there are, and which of them a page shows."""
    if number <= PAGE:
        return language.n("{number} seat", "{number} seats", number) if number else ""
    span = f"{page * PAGE + 1}–{page * PAGE + shown}"
    if number > MOST_COUNTED:
        told = "{shown} of more than {number}; name a group to see the rest"
        return language._(told, shown=span, number=MOST_COUNTED)
    return language._("{shown} of {number}", shown=span, number=number)


def _next(visit: Visit, whose: str, at: AsOf, page: int) -> Actions:
    known = at.known_on.isoformat() if at.known_on else ""
    value = f"{whose}|{at.on}|{page}|{known}"
    button = Button(label=visit.language._("Next page"), action="who.seats", value=value)
    return Actions(buttons=(button,))


def _all_of(
    visit: Visit, which: ColumnElement[bool], shown: list[Seat], at: AsOf
) -> Sequence[Seat]:
    """All that was believed, to be compared with today; the page alone where nothing is."""
    return shown if at.known_at is None else _seats(visit, which, at)


def _table(visit: Visit, seats: list[Seat], at: AsOf) -> Part:
    _ = visit.language._
    if not seats:
        return Text(text=_("No seats on this day."))
    rows = tuple(
        (
            holder_cell(visit, seat, at.on, at.known_at),
            Cell(text=seat.group.name),
            Cell(text=role_word(visit.language, seat.role)),
        )
        for seat in seats
    )
    return Table(columns=(_("Holder"), _("Group"), _("Seat")), rows=rows)
