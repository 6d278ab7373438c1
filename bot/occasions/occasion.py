"""An occasion: something that fell due and is done once; and since when there are any."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.delivery.outbox import NOTHING, Occurrence
from models.groups import Group
from models.records import SmallFact
from models.schedule import GRACE, ZONE, Rule, due_days, instant

BEGAN = "timetable_began"


@dataclass(frozen=True)
class Occasion:
    """Something that fell due: the schedule, its local day, the moment, and what to do then.

    `subject` is the id of the group, meeting, survey or seat that it is about. `act` returns in
    a few words what came of it, for the row that remembers the occasion. `together` does the same
    for many at once, where that is faster; it gives back what came of each.
    """

    schedule: str
    day: date
    at: datetime
    act: Callable[[Session, Occasion], str]
    subject: int = 0
    together: Together | None = None


Together = Callable[[Session, Sequence[Occasion]], Sequence[str]]
Source = Callable[[Session, datetime, datetime], Iterator[Occasion]]
"""Finds what has fallen due between the timetable's beginning and now, and was not yet done."""


def began(session: Session) -> datetime | None:
    """Since when the timetable holds; nothing before that ever falls due."""
    fact = session.get(SmallFact, BEGAN)
    return datetime.fromisoformat(fact.value) if fact else None


def repeated(
    rule: Rule, last: date | None, began: datetime, now: datetime
) -> Iterator[tuple[date, datetime]]:
    """The days and moments of a rule since its last occurrence; without one, of the last day."""
    after = instant(last, rule.clock, rule.zone) if last else now - GRACE
    for day in due_days(rule, max(began, after), now):
        yield day, instant(day, rule.clock, rule.zone)


def last_days(session: Session, pattern: str) -> dict[str, date]:
    """The last local day of each schedule whose name fits."""
    query = (
        select(Occurrence.schedule, func.max(Occurrence.local_date))
        .where(Occurrence.schedule.like(pattern))
        .group_by(Occurrence.schedule)
    )
    return dict(session.execute(query).all())


def claimed(session: Session, schedule: str, day: date, at: datetime, outcome: str = "") -> bool:
    """Whether the row of something that is done once was ours to write."""
    dialect = session.get_bind().dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    row = insert(Occurrence).values(schedule=schedule, local_date=day, fired_at=at, outcome=outcome)
    return session.scalar(row.on_conflict_do_nothing().returning(Occurrence.id)) is not None


def claimed_of(session: Session, occasions: Sequence[Occasion], at: datetime) -> list[Occasion]:
    """Those of many whose rows were ours to write, in one statement."""
    dialect = session.get_bind().dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    rows = [
        {"schedule": each.schedule, "local_date": each.day, "fired_at": at, "outcome": ""}
        for each in occasions
    ]
    taken = (
        insert(Occurrence)
        .on_conflict_do_nothing()
        .returning(Occurrence.schedule, Occurrence.local_date)
    )
    ours = {(name, day) for name, day in session.execute(taken, rows)}
    return [each for each in occasions if (each.schedule, each.day) in ours]


def write_outcomes(session: Session, outcomes: Mapping[Occasion, str]) -> None:
    """Writes down what came of occasions that are ours."""
    for outcome in set(outcomes.values()):
        for day in {each.day for each in outcomes}:
            names = [
                each.schedule
                for each, told in outcomes.items()
                if each.day == day and told == outcome
            ]
            query = update(Occurrence).where(
                Occurrence.schedule.in_(names), Occurrence.local_date == day
            )
            session.execute(query.values(outcome=outcome))


def zones(session: Session) -> list[str]:
    """The zones that mornings come in: the cooperation's and the groups' own."""
    return sorted({ZONE, *session.scalars(select(Group.zone).distinct())})


def sent(number: int) -> str:
    """How many messages came of an occasion."""
    return f"queued {number}" if number else NOTHING
