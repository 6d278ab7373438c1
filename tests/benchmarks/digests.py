"""What the weekly digests of a large cooperation cost beside the bare SQL that fetches their rows.

A thousand groups with twenty thousand measures are gathered, rendered and queued as the timetable
does it, in its transactions. Then a bare cursor asks for the same rows in two ways: digest by
digest, which the goal is judged by, and with our own questions, each for a whole portion of groups.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, delete, event, insert, select, text

from bot import timetable
from bot.occasions import weeks
from bot.worker import keep_loaded
from digests import weekly
from digests.period import Period
from models.agreements import Level
from models.database import Database
from models.delivery.outbox import Delivery, Occurrence
from models.groups import Group, GroupKind, Seat, SeatRole
from models.measures.measure import Category, Measure, MeasureStatus, ProgressReport
from models.meetings.meeting import Meeting
from models.people.accounts import Channel
from models.people.organisations import Organisation, OrganisationKind, Party, Person
from models.places.place import District

GROUPS, MEASURES = 1_000, 20
MOST_RATIO = 2.0
"""Digests shall cost no more than so many times the bare SQL that asks for each on its own."""

NOW = datetime(2024, 6, 10, 6, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Digesting:
    """Seconds of the digests and of the bare SQL, how many were queued, and the most memory.

    `single` asks for one digest after another, `portioned` the same few questions as we do.
    """

    ours: float
    single: float
    portioned: float
    queued: int
    megabytes: float

    @property
    def ratio(self) -> float:
        """How many times as long as the bare SQL that asks digest by digest."""
        return self.ours / self.single

    @property
    def strict_ratio(self) -> float:
        """How many times as long as the bare SQL that asks in portions, as we do."""
        return self.ours / self.portioned

    @property
    def is_reached(self) -> bool:
        """Whether it is as fast as it shall be."""
        return self.ratio <= MOST_RATIO


def digesting(database: Database, groups: int = GROUPS) -> Digesting:
    """Fills an empty database and measures the Monday of all its groups."""
    fill(database, groups)
    keep_loaded()
    # The first one of a process reads templates, patterns of dates and red days.
    _fire(database, 1)
    with _selects(database) as asked:
        started = perf_counter()
        _fire(database, groups)
        ours = perf_counter() - started
    portioned = min(_bare(database, asked) for _ in range(3))
    with _selects(database) as asked:
        _gather_each(database)
    single = min(_bare(database, asked) for _ in range(3))
    with database.read() as session:
        queued = len(session.scalars(select(Delivery.id)).all())
    with database.write() as session:
        for table in (Delivery, Occurrence):
            session.execute(delete(table))
    tracemalloc.start()
    _fire(database, groups)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return Digesting(ours, single, portioned, queued, peak / 1e6)


def _fire(database: Database, groups: int) -> None:
    with database.read() as session:
        due = list(islice(weeks.due(session, NOW - DAY, NOW), groups))
    for portion in timetable._portions(due):
        timetable._fire_all(database, portion, NOW)


def _gather_each(database: Database) -> None:
    """Reads the facts of each group on its own."""
    period = Period(NOW - 7 * DAY, NOW)
    with database.read() as session:
        for group in session.scalars(select(Group)).all():
            weekly.gather(session, group, period, NOW.date())


def _bare(database: Database, asked: list[tuple[str, Any]]) -> float:
    with database.read() as session:
        cursor = session.connection().connection.cursor()
        started = perf_counter()
        for statement, parameters in asked:
            cursor.execute(statement, parameters)
            cursor.fetchall()
        return perf_counter() - started


@contextmanager
def _selects(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """The questions that are asked meanwhile, each with its parameters."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Connection, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            asked.append((statement, given))

    engines = {database.engine, database.reader}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def fill(database: Database, groups: int) -> None:
    """Working groups with measures, reports of two months, seats, meetings and channels."""
    database.create_all()
    numbers = range(1, groups + 1)
    with database.write() as session:
        session.execute(insert(District), [{"code": "D", "name": "D", "valid_from": LONG_AGO}])
        session.execute(insert(Organisation), [_organisation(each) for each in (1, 2)])
        session.execute(insert(Person), [_person(each) for each in range(1, 4 * groups + 1)])
        session.execute(insert(Group), [_group(each) for each in numbers])
        session.execute(insert(Channel), [_channel(each) for each in numbers])
        session.execute(insert(Seat), [_seat(g, s) for g in numbers for s in range(5)])
        session.execute(insert(Meeting), [_meeting(g, w) for g in numbers for w in (-3, 5)])
        measures = [_measure(g, m) for g in numbers for m in range(MEASURES)]
        session.execute(insert(Measure), measures)
        reports = [_report(each, n) for each in range(1, len(measures) + 1) for n in range(4)]
        session.execute(insert(ProgressReport), reports)
        session.execute(text("ANALYZE"))


def _organisation(number: int) -> dict[str, Any]:
    return {
        "code": f"O{number}",
        "name": f"Förvaltning {number}",
        "kind": OrganisationKind.DISTRICT_ADMINISTRATION,
        "party": Party.CITY,
        "valid_from": LONG_AGO,
    }


def _person(number: int) -> dict[str, Any]:
    return {"email": f"p{number}@x.example", "name": f"Person {number}", "organisation_id": 1}


def _group(number: int) -> dict[str, Any]:
    return {
        "code": f"G{number}-ARB",
        "name": f"Arbetsgrupp {number}",
        "kind": GroupKind.WORKING,
        "level": Level.LOCAL,
        "district_id": 1,
        "valid_from": LONG_AGO,
    }


def _channel(number: int) -> dict[str, Any]:
    place = {"platform": "slack", "workspace": "T1", "channel": f"C{number}"}
    return {**place, "group_id": number, "linked_at": NOW}


def _seat(group: int, number: int) -> dict[str, Any]:
    """Five seats, one of which stands empty in every tenth group."""
    is_empty = number == 4 and (group % 10 == 0)
    return {
        "code": f"G{group}-{number}",
        "position": f"G{group}-{number}",
        "group_id": group,
        "role": SeatRole.SECRETARY if number == 0 else SeatRole.MEMBER,
        "organisation_id": 1 + number % 2,
        "person_id": None if is_empty else 4 * (group - 1) + 1 + number % 4,
        "valid_from": LONG_AGO,
        "recorded_at": NOW - 900 * DAY,
    }


def _meeting(group: int, weeks_away: int) -> dict[str, Any]:
    starts = NOW + timedelta(weeks=weeks_away)
    return {"group_id": group, "starts_at": starts, "ends_at": starts + timedelta(hours=2)}


def _measure(group: int, number: int) -> dict[str, Any]:
    return {
        "code": f"G{group}-{number:03}",
        "title": f"Trygghetsvandring nummer {number}",
        "group_id": group,
        "organisation_id": 1 + number % 2,
        "party": Party.CITY,
        "owner_id": 4 * (group - 1) + 1 + number % 4,
        "category": Category.PREVENTION,
        "start_on": date(2024, 1, 1),
        "due_on": date(2024, 5, 1) + (number * 13) * DAY,
    }


def _report(measure: int, number: int) -> dict[str, Any]:
    """Four reports each; of every third measure the last lies within the week."""
    within = number == 0 and measure % 3 == 0
    return {
        "measure_id": measure,
        "at": NOW - (2 * DAY if within else (12 + 14 * number) * DAY),
        "status": list(MeasureStatus)[(measure + number) % 5],
        "comment": f"Vandring {number} är genomförd",
    }
