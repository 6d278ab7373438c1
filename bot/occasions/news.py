"""What is new about a group's seats on a morning, and what of it has been told or waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from bot.occasions.occasion import claimed
from models.delivery.outbox import Occurrence
from models.groups import Group, Seat, SeatBasis
from models.intervals import A_DAY
from models.people.organisations import Person
from models.representation.coverage import SeatOnDay, seats_from
from models.seats.empty import EmptySeat, gone, vacant
from models.seats.endings import Ending, endings
from models.seats.holders import seats_ever

WAITS = "waits"
FILLED = "filled before it was told"


@dataclass(frozen=True)
class News:
    """A group on a morning: its rows, what is to be told, and what already has been.

    `new` are the seats that became empty since the look before, not yet told of. `waiting` are
    the days, by seat, of what became empty on a quiet day.
    """

    group: Group
    on: date
    rows: tuple[Seat, ...]
    new: tuple[EmptySeat, ...]
    waiting: dict[str, date]
    endings: tuple[Ending, ...]

    @property
    def empty(self) -> tuple[EmptySeat, ...]:
        """The seats to tell of: the new ones, and those that have waited and still are empty."""
        new = {each.position for each in self.new}
        since = min(self.waiting.values(), default=self.on)
        still = [*vacant(self.rows, self.on), *gone(self.rows, since, self.on)]
        waited = (each for each in still if each.position in self.waiting)
        return (*self.new, *(each for each in waited if each.position not in new))

    @cached_property
    def seats(self) -> tuple[SeatOnDay, ...]:
        """Every seat of the group on the day."""
        return seats_from(self.rows, self.on)

    def former(self, empty: EmptySeat) -> Person | None:
        """Who held an empty seat last."""
        held = [
            row
            for row in self.rows
            if row.position == empty.position and row.person and row.valid_from < empty.since
        ]
        return max(held, key=lambda row: row.valid_from).person if held else None


def news_of(session: Session, group: Group, first: date, on: date) -> News:
    """What is new in one group."""
    [news] = news_of_groups(session, [group], first, on)
    return news


def news_of_groups(session: Session, groups: Sequence[Group], first: date, on: date) -> list[News]:
    """What is new in each group, of vacancies that began on a day or later; in three queries."""
    waiting = _waiting(session)
    told = _told(session, min([first, *waiting.values()]))
    reach = min([first, *waiting.values()]) - A_DAY
    rows: dict[int, list[Seat]] = {group.id: [] for group in groups}
    query = seats_ever().where(
        Seat.group_id.in_(rows), or_(Seat.valid_until.is_(None), Seat.valid_until >= reach)
    )
    for seat in session.scalars(query.order_by(Seat.id)).unique():
        rows[seat.group_id].append(seat)
    return [_news(group, rows[group.id], waiting, told, (first, on)) for group in groups]


def put_off(session: Session, news: News, at: datetime) -> None:
    """Remembers what became empty on a quiet day, so that the next working morning tells it."""
    for each in news.new:
        claimed(session, vacancy_name(each.position), each.since, at, WAITS)


def mark_told(session: Session, news: News, at: datetime, outcome: str) -> None:
    """Remembers what came of this morning's news, and lets go of what was filled meanwhile."""
    empty = {each.position for each in news.empty}
    for each in news.empty:
        claimed(session, vacancy_name(each.position), each.since, at, outcome)
    for position, since in news.waiting.items():
        session.execute(
            update(Occurrence)
            .where(Occurrence.schedule == vacancy_name(position), Occurrence.local_date == since)
            .values(outcome=outcome if position in empty else FILLED)
        )


def vacancy_name(position: str) -> str:
    """What names the vacancies of a seat among the occurrences; the day is the first vacant."""
    return f"vacancy:{position}"


def ending_name(position: str) -> str:
    """What names the ends of a seat's mandates; the day is the last held."""
    return f"mandate:{position}"


def _news(
    group: Group,
    rows: Sequence[Seat],
    waiting: dict[str, date],
    told: set[tuple[str, date]],
    days: tuple[date, date],
) -> News:
    first, on = days
    empty = [each for each in vacant(rows, on) if first <= each.since and not _is_unnamed(each)]
    empty += gone(rows, first, on)
    positions = {row.position for row in rows}
    return News(
        group=group,
        on=on,
        rows=tuple(rows),
        new=tuple(e for e in empty if (vacancy_name(e.position), e.since) not in told),
        waiting={name: since for name, since in waiting.items() if name in positions},
        endings=tuple(
            e for e in endings(rows, on) if (ending_name(e.seat.position), e.last_day) not in told
        ),
    )


def _is_unnamed(empty: EmptySeat) -> bool:
    """A seat on demand that was approved without a name was never left by anybody."""
    seat = empty.seat
    return seat.basis is SeatBasis.ON_DEMAND and seat.valid_from == empty.since


def _waiting(session: Session) -> dict[str, date]:
    """The seats that became empty on quiet days, and when, that have not been told of yet."""
    query = select(Occurrence.schedule, Occurrence.local_date).where(
        Occurrence.schedule.like(vacancy_name("%")), Occurrence.outcome == WAITS
    )
    found = session.execute(query.order_by(Occurrence.local_date)).all()
    return {name.removeprefix(vacancy_name("")): day for name, day in found}


def _told(session: Session, first: date) -> set[tuple[str, date]]:
    """What has been told or put off since a day, by name and day."""
    names = (vacancy_name("%"), ending_name("%"))
    query = select(Occurrence.schedule, Occurrence.local_date).where(
        or_(*(Occurrence.schedule.like(name) for name in names)), Occurrence.local_date >= first
    )
    return {(name, day) for name, day in session.execute(query)}
