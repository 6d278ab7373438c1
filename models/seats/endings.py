"""Which mandates end soon without anybody to follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.groups import Seat, SeatBasis
from models.intervals import last_day
from models.seats.empty import is_held

A_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Ending:
    """A mandate that ends with nobody to follow; `last_day` is the last day it is held."""

    seat: Seat
    last_day: date


def endings(rows: Sequence[Seat], on: date) -> list[Ending]:
    """The mandates of a day that end within their group's weeks of notice, the first to end first.

    A mandate ends with its row, or when its holder leaves. One that is shorter than the notice is
    told when half of it has passed.
    """
    found = [
        Ending(seat, last_day(until))
        for seat in rows
        if _is_to_end(seat, on)
        if (until := _end(seat)) is not None
        if until - _notice(seat, until) <= on and not _ends_with_group(seat, until)
        if not _is_followed(seat, until, rows)
    ]
    return sorted(found, key=lambda each: (each.last_day, each.seat.code))


def ends_between(rows: Sequence[Seat], first: date, last: date) -> list[Ending]:
    """The mandates whose last day lies between two days, both included, with nobody to follow."""
    found = [
        Ending(seat, last_day(until))
        for seat in rows
        if (until := _end(seat)) is not None
        if first <= last_day(until) <= last and seat.valid_from < until
        if _is_expected_to_go_on(seat) and not _ends_with_group(seat, until)
        if not _is_followed(seat, until, rows)
    ]
    return sorted(found, key=lambda each: (each.last_day, each.seat.code))


def _is_expected_to_go_on(seat: Seat) -> bool:
    """Whether somebody, or an organisation on demand, has the seat for more than another's time."""
    named = seat.person is not None or seat.basis is SeatBasis.ON_DEMAND
    return named and not seat.stands_in


def _is_to_end(seat: Seat, on: date) -> bool:
    """Who stands in for a time is expected to step back; a seat on demand may name nobody."""
    if seat.stands_in:
        return False
    unnamed = seat.person is None and seat.basis is SeatBasis.ON_DEMAND
    return is_held(seat, on) or (unnamed and seat.holds_on(on))


def _end(seat: Seat) -> date | None:
    left_on = seat.person.left_on if seat.person else None
    return min((day for day in (seat.valid_until, left_on) if day is not None), default=None)


def _notice(seat: Seat, until: date) -> timedelta:
    notice = seat.group.notice_weeks * A_WEEK
    length = until - seat.valid_from
    return notice if notice < length else length / 2


def _ends_with_group(seat: Seat, until: date) -> bool:
    """When a whole group ends, as in a merger, nobody is to follow anybody."""
    return seat.group.valid_until is not None and seat.group.valid_until <= until


def _is_followed(seat: Seat, until: date, rows: Sequence[Seat]) -> bool:
    """Whether another mandate of the same seat is held then, or begins held after that."""
    others = (row for row in rows if row.position == seat.position and row is not seat)
    return any(is_held(row, max(row.valid_from, until)) for row in others)
