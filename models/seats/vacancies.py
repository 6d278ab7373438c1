"""Since when a seat has stood vacant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.groups import Seat
from models.intervals import A_DAY
from models.seats.holders import seats_ever
from models.seats.occupancy import Filling, occupancies


def vacant_since(
    session: Session, positions: Sequence[str], on: date, known_at: datetime | None = None
) -> dict[str, date]:
    """The first day of the vacancy in which each of these vacant seats is on the day."""
    deputised = select(Seat.id).where(Seat.position.in_(positions))
    about = or_(Seat.position.in_(positions), Seat.deputy_for_id.in_(deputised))
    rows = session.scalars(seats_ever(known_at).where(about)).unique().all()
    of = _by_position(rows)
    return {each: since(each, of.get(each, []), on, known_at) for each in positions}


def since(position: str, rows: Sequence[Seat], on: date, known_at: datetime | None = None) -> date:
    """The first day of the vacancy that goes on, from all rows of a seat and of its deputies."""
    turns = sorted({day for row in rows for day in _turns(row) if day <= on}, reverse=True)
    for day in turns:
        if not _is_vacant(position, rows, day - A_DAY, known_at):
            return day
    return turns[-1] if turns else on


def _turns(row: Seat) -> Iterator[date]:
    """The days on which a row can change how its seat is filled."""
    yield row.valid_from
    if row.valid_until is not None:
        yield row.valid_until
    if row.person is not None and row.person.left_on is not None:
        yield row.person.left_on


def _is_vacant(position: str, rows: Sequence[Seat], on: date, known_at: datetime | None) -> bool:
    found = {each.position: each.filling for each in occupancies(rows, on, known_at)}
    return found.get(position) is Filling.VACANT


def _by_position(rows: Sequence[Seat]) -> dict[str, list[Seat]]:
    """The rows of each seat, with those of its deputies."""
    found: dict[str, list[Seat]] = {}
    for row in rows:
        found.setdefault(row.position, []).append(row)
        if row.deputy_for is not None and row.deputy_for.position != row.position:
            found.setdefault(row.deputy_for.position, []).append(row)
    return found
