"""How a seat is filled on a day: held, deputised, vacant, or in conflict; exactly one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.groups import Seat, SeatBasis, SeatRole
from models.people.organisations import Person
from models.seats.holders import holder_on


class Filling(StrEnum):
    """How a seat is filled on a day.

    IN_CONFLICT: more than one mandate of the same seat is valid. DEPUTISED: somebody stands in,
    or the seat is vacant and its deputy acts. HELD: by its holder, or by its organisation where it
    is on demand and names nobody. VACANT: by nobody.
    """

    HELD = "held"
    DEPUTISED = "deputised"
    VACANT = "vacant"
    IN_CONFLICT = "in_conflict"


@dataclass(frozen=True)
class Occupancy:
    """A seat on a day: its mandates that day, who acts for it, and how it is filled.

    `mandates` is empty in a gap between two mandates; `acting` in conflict, when vacant, and where
    the organisation holds the seat.
    `deputies` are the active deputies, those who stand in for a time first.
    """

    position: str
    filling: Filling
    mandates: tuple[Seat, ...]
    acting: Person | None = None
    deputies: tuple[Seat, ...] = ()

    @property
    def is_on_demand(self) -> bool:
        """Whether the seat is there when needed only (rule R6)."""
        return any(seat.basis is SeatBasis.ON_DEMAND for seat in self.mandates)


def occupancies(
    seats: Iterable[Seat], on: date, known_at: datetime | None = None
) -> list[Occupancy]:
    """Every seat that exists on a day, from the rows of a group or more, in the rows' order.

    `seats` are rows believed at one moment, of any days: a seat between two of its mandates is
    vacant, before its first and after its last it is not. Deputies are seats of their own too.
    """
    rows = list(seats)
    deputies = _deputies(rows, on, known_at)
    found = []
    for position, mandates in _by_position(rows).items():
        valid = tuple(seat for seat in mandates if seat.holds_on(on))
        if valid or _is_between(mandates, on):
            found.append(_occupancy(position, valid, deputies.get(position, ()), on, known_at))
    return found


def _by_position(rows: list[Seat]) -> dict[str, list[Seat]]:
    found: dict[str, list[Seat]] = {}
    for seat in rows:
        found.setdefault(seat.position, []).append(seat)
    return found


def _is_between(mandates: list[Seat], on: date) -> bool:
    """Whether the seat has been held before the day and will be again."""
    before = any(seat.valid_from <= on for seat in mandates)
    return before and any(seat.valid_from > on for seat in mandates)


def _deputies(rows: list[Seat], on: date, known_at: datetime | None) -> dict[str, tuple[Seat, ...]]:
    """The active deputies of each seat on the day, those who stand in first."""
    found: dict[str, list[Seat]] = {}
    for seat in rows:
        if seat.role is not SeatRole.DEPUTY or seat.deputy_for is None:
            continue
        if seat.holds_on(on) and holder_on(seat, on, known_at) is not None:
            found.setdefault(seat.deputy_for.position, []).append(seat)
    return {
        position: tuple(sorted(seats, key=lambda seat: (not seat.stands_in, seat.code)))
        for position, seats in found.items()
    }


def _occupancy(
    position: str,
    valid: tuple[Seat, ...],
    deputies: tuple[Seat, ...],
    on: date,
    known_at: datetime | None,
) -> Occupancy:
    if len(valid) > 1:
        return Occupancy(position, Filling.IN_CONFLICT, valid, None, deputies)
    holder = holder_on(valid[0], on, known_at) if valid else None
    if deputies and (holder is None or deputies[0].stands_in):
        return Occupancy(position, Filling.DEPUTISED, valid, deputies[0].person, deputies)
    is_held = holder is not None or _is_the_organisations(valid)
    filling = Filling.HELD if is_held else Filling.VACANT
    return Occupancy(position, filling, valid, holder, deputies)


def _is_the_organisations(valid: tuple[Seat, ...]) -> bool:
    """Whether the seat was given to an organisation, which decides itself who comes (rule R6)."""
    return any(seat.basis is SeatBasis.ON_DEMAND and seat.person is None for seat in valid)
