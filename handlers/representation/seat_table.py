"""How one seat is shown: its holder or the vacancy, whom it speaks for, and its role."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from handlers.representation.fillings import filling_status
from handlers.representation.knowledge import AsOf
from handlers.visit import Visit
from models.groups import Seat, SeatBasis, SeatRole
from models.intervals import last_day
from models.message import Cell, Status, Tone
from models.people.organisations import DisplayPolicy, Person
from models.representation.coverage import SeatOnDay
from models.seats.holders import holder_on
from models.seats.occupancy import Filling
from models.wording import role_word

PAGE = 15
"""Seats on a page of a table."""
LONGEST = 500

SeatCells = tuple[Cell, Cell, Cell]
Among = Mapping[str, SeatOnDay]
"""All seats of the group on the day, by position."""


def seat_cells(visit: Visit, seat: SeatOnDay, at: AsOf, among: Among) -> SeatCells:
    """A seat on a day as who acts in it, whom it represents, and role with its time."""
    return (
        filled_cell(visit, seat),
        Cell(text=_short(_represents(visit, seat.row))),
        Cell(text=_short(_held(visit, seat, at, among))),
    )


def filled_cell(visit: Visit, seat: SeatOnDay) -> Cell:
    """Who acts in a seat, with how it is filled wherever it is not simply held."""
    names = _short(visit.language.join([person_said(visit, person) for person in seat.people]))
    is_plain = seat.occupancy.filling is Filling.HELD and not seat.occupancy.is_on_demand
    status = None if is_plain else filling_status(visit.language, seat.occupancy)
    return Cell(text=names, status=status)


def holder_cell(visit: Visit, seat: Seat, on: date, known_at: datetime | None = None) -> Cell:
    """Who holds a mandate on a day: a person as they may be shown, or a vacancy as such."""
    person = holder_on(seat, on, known_at)
    if person is None:
        return Cell(status=Status(sign="⚠", word=visit.language._("Vacant"), tone=Tone.WARNING))
    return Cell(text=person_said(visit, person))


def person_said(visit: Visit, person: Person) -> str:
    """A name with its title; a protected person as a function with the switchboard."""
    if person.display_policy is DisplayPolicy.SHOWN:
        return f"{person.name}, {person.title}" if person.title else person.name
    phone = person.organisation.switchboard
    function = visit.language._("Function: {function}", function=person.shown_as())
    return f"{function}, {phone}" if phone else function


def _represents(visit: Visit, seat: Seat) -> str:
    """The organisation, and the districts when the seat speaks for several or another."""
    spoken = spoken_for(visit, seat)
    return f"{seat.organisation.name}, {spoken}" if spoken else seat.organisation.name


def spoken_for(visit: Visit, seat: Seat) -> str:
    """For which districts a seat speaks beside its own; nothing where it is only that."""
    names = [district.name for district in seat.represents]
    if not names or (len(names) == 1 and names[0] in seat.organisation.name):
        return ""
    if len(names) > 3:
        return visit.language.n(
            "speaks for {number} district", "speaks for {number} districts", len(names)
        )
    return visit.language._("speaks for {names}", names=visit.language.join(names))


def _held(visit: Visit, seat: SeatOnDay, at: AsOf, among: Among) -> str:
    """The role and its time, or since when nobody holds it, and all that limits it."""
    row, filling = seat.row, seat.occupancy.filling
    role = role_word(visit.language, row.role)
    words = [visit.language._("{role} since {day}", role=role, day=_day(visit, row.valid_from))]
    if filling is Filling.VACANT:
        words = [role, _vacant(visit, seat, at)]
    elif filling is Filling.DEPUTISED:
        words = [role, _deputised(visit, seat, at)]
    elif filling is Filling.IN_CONFLICT:
        words = [role, _twice(visit, seat)]
    words += mandate_limits(visit, row, at, among)
    return " · ".join(words)


def mandate_limits(
    visit: Visit, row: Seat, at: AsOf, among: Among | None = None, *, until: bool = True
) -> list[str]:
    """A deputy's for whom, an on-demand seat's reason, and until when."""
    _ = visit.language._
    words = []
    if row.role is SeatRole.DEPUTY and row.deputy_for is not None:
        words.append(_("for {name}", name=_in_place_of(visit, row.deputy_for, at, among or {})))
    if row.basis is SeatBasis.ON_DEMAND:
        words.append(_("when needed: {reason}", reason=row.reason))
    if until and row.valid_until is not None and row.valid_until > at.on:
        words.append(_("until {day}", day=_day(visit, last_day(row.valid_until))))
    return words


def _vacant(visit: Visit, seat: SeatOnDay, at: AsOf) -> str:
    day = _day(visit, vacant_since(seat, at.on))
    return visit.language._("vacant since {day}", day=day)


def vacant_since(seat: SeatOnDay, on: date) -> date:
    """The first day without a holder: of the vacancy, of the gap, or after the holder left."""
    row = seat.row
    if not seat.occupancy.mandates:
        return row.valid_until or on
    left = row.person.left_on if row.person is not None else None
    return max(row.valid_from, left) if left is not None else row.valid_from


def _deputised(visit: Visit, seat: SeatOnDay, at: AsOf) -> str:
    """For whom a deputy acts and until when, or that nobody else is there."""
    _ = visit.language._
    holder = holder_on(seat.row, at.on, at.known_at) if seat.occupancy.mandates else None
    if holder is None:
        return _("{vacancy}, the deputy acts", vacancy=_vacant(visit, seat, at))
    words = _("stands in for {name}", name=holder.shown_as())
    ends = seat.occupancy.deputies[0].valid_until
    return f"{words} {_('until {day}', day=_day(visit, last_day(ends)))}" if ends else words


def _twice(visit: Visit, seat: SeatOnDay) -> str:
    """That more than one mandate is valid, and since when each."""
    days = [_day(visit, row.valid_from) for row in seat.rows]
    return visit.language._("two mandates at once, since {days}", days=visit.language.join(days))


def _in_place_of(visit: Visit, deputised: Seat, at: AsOf, among: Among) -> str:
    """The holder of the seat that is deputised, also when its mandate is another by now."""
    now = among.get(deputised.position)
    seat = now.row if now is not None else deputised
    person = holder_on(seat, at.on, at.known_at) if seat.holds_on(at.on) else None
    holder = person.shown_as() if person else visit.language._("vacant seat")
    return f"{holder} ({seat.organisation.name})"


def _day(visit: Visit, day: date) -> str:
    return visit.language.day(day)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
