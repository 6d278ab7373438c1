"""The seats of a group that nobody holds: vacant, or gone with nobody after the last mandate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models.groups import Group, Seat
from models.representation.coverage import Breach, SeatOnDay, breaches, seats_from
from models.seats.holders import holder_on, seats_ever
from models.seats.occupancy import Filling
from models.seats.vacancies import since as vacant_since

PARTIES = frozenset({Breach.NO_ADMINISTRATION, Breach.NO_POLICE})
"""The two parties that a local steering group cannot do without."""


@dataclass(frozen=True)
class EmptySeat:
    """A seat without anybody since a day; `seat` is the row that says its role and organisation.

    `is_gone` tells that its last mandate has ended: nobody is missed, but work may be left.
    """

    seat: Seat
    since: date
    is_gone: bool = False

    @property
    def position(self) -> str:
        """Which seat it is, whoever held it."""
        return self.seat.position


def is_held(seat: Seat, on: date) -> bool:
    """Whether a mandate is believed, valid on the day and held by somebody active."""
    return seat.superseded_at is None and seat.holds_on(on) and holder_on(seat, on) is not None


def vacant(rows: Sequence[Seat], on: date) -> list[EmptySeat]:
    """A group's vacant seats on a day, each with the first day of its vacancy.

    `rows` are those of all days, also the deputies': a seat whose deputy acts is not vacant.
    """
    return [
        EmptySeat(seat.row, vacant_since(position, _about(rows, position), on))
        for seat in seats_from(rows, on)
        if seat.occupancy.filling is Filling.VACANT
        for position in (seat.occupancy.position,)
    ]


def missing_parties(group: Group, seats: Iterable[SeatOnDay]) -> tuple[Breach, ...]:
    """The parties that nobody sits for in a local steering group on a day (rule R2)."""
    return tuple(breach for breach in breaches(group, seats) if breach in PARTIES)


def seats_of_all_days(session: Session, group: Group) -> Sequence[Seat]:
    """A group's rows of all days, as believed now."""
    query = seats_ever().where(Seat.group_id == group.id).order_by(Seat.code)
    return session.scalars(query).unique().all()


def gone(rows: Sequence[Seat], first: date, last: date) -> list[EmptySeat]:
    """The seats whose last mandate ended between two days, both counted, and had been held."""
    found = []
    for mandates in _by_position(rows).values():
        final = max(mandates, key=lambda seat: seat.valid_until or date.max)
        until = final.valid_until
        if until is not None and first <= until <= last and final.person is not None:
            found.append(EmptySeat(final, until, is_gone=True))
    return found


def _about(rows: Iterable[Seat], position: str) -> list[Seat]:
    """A seat's own rows and its deputies'."""
    return [
        seat
        for seat in rows
        if seat.position == position
        or (seat.deputy_for is not None and seat.deputy_for.position == position)
    ]


def _by_position(rows: Iterable[Seat]) -> dict[str, list[Seat]]:
    found: dict[str, list[Seat]] = {}
    for seat in rows:
        found.setdefault(seat.position, []).append(seat)
    return found
