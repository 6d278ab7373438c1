"""Who, asked by other ways than a group: a person, a police area, an organisation, elsewhere."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from handlers.errors import NotFound
from handlers.representation.seat_table import PAGE, holder_cell
from handlers.unclear import nobody
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.geography import districts_of_police
from models.groups import Group, Seat
from models.intervals import last_day
from models.message import Cell, Heading, Message, Note, Part, Table, Text
from models.organisations import DisplayPolicy, Organisation, Person
from models.person_merge import is_whole
from models.places import PoliceArea
from models.seats import seats_of_person, seats_on
from models.wording import PARTIES, role_word


def person_seats(visit: Visit, wish: Understanding) -> Message:
    """The seats that a person holds on a day; a protected person is not looked up by name."""
    on = wish.on or visit.on
    person = visit.session.scalars(
        select(Person)
        .where(Person.name == wish.person, is_whole())
        .options(joinedload(Person.organisation))
    ).first()
    if person is None or person.display_policy is DisplayPolicy.PROTECTED:
        raise nobody(visit, wish.person or "")
    heading = f"{person.shown_as()}, {person.title}" if person.title else person.shown_as()
    if person.display_policy is DisplayPolicy.FUNCTION_ONLY:
        heading = person.shown_as()
    return seats_of(visit, person, on=on, heading=f"{heading}, {person.organisation.name}")


def seats_of(visit: Visit, person: Person, *, on: date, heading: str) -> Message:
    """A person's seats on a day as a message."""
    _ = visit.language._
    seats = seats_of_person(visit.session, person, on)
    body: Part = Text(text=_("No seats on this day."))
    if seats:
        columns = (_("Group"), _("Seat"), _("Since"))
        rows = tuple(_seat_row(visit, seat) for seat in seats[:PAGE])
        body = Table(columns=columns, rows=rows)
    spoken = visit.language.n("{number} seat", "{number} seats", len(seats))
    return Message(
        summary=f"{heading}: {spoken}",
        parts=(
            Heading(text=heading[:150]),
            body,
            Note(text=_("As of {day}", day=visit.language.day(on))),
        ),
    )


def _seat_row(visit: Visit, seat: Seat) -> tuple[Cell, Cell, Cell]:
    since = visit.language.day(seat.valid_from)
    if seat.valid_until is not None:
        last = visit.language.day(last_day(seat.valid_until))
        since = visit.language._("{start} until {end}", start=since, end=last)
    role = role_word(visit.language, seat.role)
    return Cell(text=seat.group.name), Cell(text=role), Cell(text=since)


def police_area_card(visit: Visit, wish: Understanding) -> Message:
    """What a police area covers on a day, and the seats that it holds."""
    _ = visit.language._
    on = wish.on or visit.on
    area = _police_area(visit, wish)
    lines = [f"- {_coverage_line(visit, row)}" for row in _joined(visit, area, on)]
    organisation = visit.session.scalars(
        select(Organisation).where(Organisation.police_area_id == area.id)
    ).first()
    seats = _held_by(visit, organisation, on) if organisation else []
    parts: list[Part] = [Heading(text=area.name)]
    if lines:
        parts.append(Text(text="\n".join([_("Covers in the city:"), *lines])))
    parts.append(_seats_table(visit, seats, on))
    parts.append(Note(text=_("As of {day}", day=visit.language.day(on))))
    return Message(
        summary=_("{area}: what it covers and its seats", area=area.name), parts=tuple(parts)
    )


def _police_area(visit: Visit, wish: Understanding) -> PoliceArea:
    """The police area by the name asked for: the one of that day before its namesakes."""
    on = wish.on or visit.on
    found = [
        area
        for area in visit.session.scalars(select(PoliceArea).order_by(PoliceArea.kind))
        if wish.police_area in (area.name, area.name.removeprefix("LPO "), area.code)
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


def organisation_seats(visit: Visit, wish: Understanding) -> Message:
    """The seats that an organisation, or a party, holds in all groups on a day."""
    _ = visit.language._
    on = wish.on or visit.on
    if wish.organisation:
        organisation = visit.session.scalars(
            select(Organisation).where(Organisation.name == wish.organisation)
        ).one()
        heading = organisation.name
        seats = _held_by(visit, organisation, on)
    else:
        assert wish.party is not None
        heading = _(PARTIES[wish.party])
        query = seats_on(on).join(Seat.organisation).where(Organisation.party == wish.party)
        seats = list(visit.session.scalars(query.order_by(Seat.code)).unique())
    heading = heading[0].upper() + heading[1:]
    spoken = visit.language.n("{number} seat", "{number} seats", len(seats))
    note = _("As of {day}", day=visit.language.day(on))
    if len(seats) > PAGE:
        more = _("showing {shown}; name a group to see the rest", shown=PAGE)
        note = f"{note} · {spoken} · {more}"
    return Message(
        summary=f"{heading}: {spoken}",
        parts=(Heading(text=heading), _seats_table(visit, seats, on), Note(text=note)),
    )


def _held_by(visit: Visit, organisation: Organisation, on: date) -> list[Seat]:
    query = seats_on(on).where(Seat.organisation_id == organisation.id).join(Seat.group)
    return list(visit.session.scalars(query.order_by(Group.code, Seat.code)).unique())


def _seats_table(visit: Visit, seats: list[Seat], on: date) -> Part:
    _ = visit.language._
    if not seats:
        return Text(text=_("No seats on this day."))
    rows = tuple(
        (
            holder_cell(visit, seat, on),
            Cell(text=seat.group.name),
            Cell(text=role_word(visit.language, seat.role)),
        )
        for seat in seats[:PAGE]
    )
    return Table(columns=(_("Holder"), _("Group"), _("Seat")), rows=rows)
