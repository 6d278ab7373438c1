"""How one seat is shown: its holder or the vacancy, whom it speaks for, and its role."""

from __future__ import annotations

from datetime import date

from handlers.visit import Visit
from models.groups import Seat, SeatBasis, SeatRole
from models.intervals import last_day
from models.message import Cell, Status, Tone
from models.organisations import DisplayPolicy
from models.seats import holder_on
from models.wording import role_word

PAGE = 15
"""Seats on a page of a table."""

SeatCells = tuple[Cell, Cell, Cell]


def seat_cells(visit: Visit, seat: Seat, on: date) -> SeatCells:
    """A seat on a day as holder, whom it represents, and role with its time."""
    return (
        holder_cell(visit, seat, on),
        Cell(text=_represents(visit, seat)),
        Cell(text=_held(visit, seat, on)),
    )


def holder_cell(visit: Visit, seat: Seat, on: date) -> Cell:
    """Who holds the seat on a day: a name, a protected person by function, or a vacancy as such."""
    person = holder_on(seat, on)
    if person is None:
        return Cell(status=Status(sign="⚠", word=visit.language._("Vacant"), tone=Tone.WARNING))
    if person.display_policy is DisplayPolicy.SHOWN:
        return Cell(text=f"{person.name}, {person.title}" if person.title else person.name)
    phone = person.organisation.switchboard
    function = visit.language._("Function: {function}", function=person.shown_as())
    return Cell(text=f"{function}, {phone}" if phone else function)


def _represents(visit: Visit, seat: Seat) -> str:
    """The organisation, and the districts when the seat speaks for several or another."""
    names = [district.name for district in seat.represents]
    if not names or (len(names) == 1 and names[0] in seat.organisation.name):
        return seat.organisation.name
    _ = visit.language._
    if len(names) > 3:
        spoken = visit.language.n(
            "speaks for {number} district", "speaks for {number} districts", len(names)
        )
    else:
        spoken = _("speaks for {names}", names=visit.language.join(names))
    return f"{seat.organisation.name}, {spoken}"


def _held(visit: Visit, seat: Seat, on: date) -> str:
    """The role and since when; a deputy's for whom, an on-demand seat's until when."""
    _ = visit.language._
    role = role_word(visit.language, seat.role)
    since = visit.language.day(seat.valid_from)
    words = _("{role} since {day}", role=role, day=since)
    if seat.role is SeatRole.DEPUTY and seat.deputy_for is not None:
        words += " · " + _("for {name}", name=_deputised(visit, seat.deputy_for, on))
    if seat.basis is SeatBasis.ON_DEMAND:
        words += " · " + _("when needed: {reason}", reason=seat.reason)
    if seat.valid_until is not None:
        last = visit.language.day(last_day(seat.valid_until))
        words += " · " + _("until {day}", day=last)
    return words


def _deputised(visit: Visit, seat: Seat, on: date) -> str:
    person = holder_on(seat, on)
    holder = person.shown_as() if person else visit.language._("vacant seat")
    return f"{holder} ({seat.organisation.name})"
