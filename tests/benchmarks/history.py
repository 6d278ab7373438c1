"""What a report by command costs as a measure's history grows: time on the clock, and statements.

A line goes through the router as from a platform: understood, guarded, written, committed once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from time import perf_counter

from sqlalchemy import event, insert, select, text

from handlers.desk import Desk
from handlers.requests import Command, Identity, Place, PlaceKind
from handlers.router import answer
from models.database import Database
from models.measures.measure import Measure, ProgressReport
from models.message import Message
from tests.benchmarks.apps import KEY, StandingClock

MEASURE = "FAR-009"
OWNER = "jonas.lindmark@polisen.example"
LONG = 1_000
MOST_SECONDS = 0.1
"""A report shall be committed and answered within so long."""
MOST_STATEMENTS = 8
"""And cost the database no more than so many, reading and writing taken together."""
CONTROL = ("BEGIN", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True)
class Cost:
    """The median time of a report in seconds, and the statements of one."""

    seconds: float
    reads: int
    writes: int


@dataclass(frozen=True)
class Growth:
    """The cost of a report on a young measure and on one with a thousand reports."""

    young: Cost
    old: Cost

    @property
    def ratio(self) -> float:
        """How many times as long it takes with the long history."""
        return self.old.seconds / self.young.seconds


def reporting(database: Database, times: int) -> Growth:
    """Measures so many reports on a measure before and after its history has grown."""
    reporter = _Reporter(database)
    young = reporter.cost(times)
    grow(database, LONG)
    return Growth(young, reporter.cost(times))


def grow(database: Database, reports: int) -> None:
    """Adds so many reports to the measure, one an hour back in time."""
    with database.write() as session:
        measure_id = session.scalars(select(Measure.id).where(Measure.code == MEASURE)).one()
        rows = [
            {
                "measure_id": measure_id,
                "at": StandingClock().now() - timedelta(days=1, hours=number),
                "status": "ongoing",
                "comment": f"Helg {number}",
                "source": "slack",
            }
            for number in range(reports)
        ]
        session.execute(insert(ProgressReport), rows)
        # What a server that runs does by itself within a minute of so many new rows.
        session.execute(text("ANALYZE"))


class _Reporter:
    """The measure's owner, who reports again and again, an hour apart."""

    def __init__(self, database: Database) -> None:
        self.desk = Desk(database, KEY.encode())
        self.number = 0
        self.says("hjälp")
        self.report()

    def cost(self, times: int) -> Cost:
        """The median of so many reports, and the statements of one more."""
        taken = []
        for _ in range(times):
            started = perf_counter()
            self.report()
            taken.append(perf_counter() - started)
        with _statements(self.desk.database) as sent:
            self.report()
        kept = [each for each in sent if not each.startswith(CONTROL)]
        reads = sum(each.startswith("SELECT") for each in kept)
        return Cost(median(taken), reads, len(kept) - reads)

    def report(self) -> None:
        """One report, with words of its own."""
        said = self.says(f"rapportera {MEASURE} pågår Helg {self.number} är genomförd")
        assert MEASURE in said.summary, said

    def says(self, line: str) -> Message:
        """One line as the owner, an hour after the last."""
        self.number += 1
        request = Command(
            who=Identity(platform="slack", workspace="T1", user="U1", email=OWNER),
            where=Place(kind=PlaceKind.DIRECT),
            at=StandingClock().now() + timedelta(hours=self.number),
            event=f"event-{self.number}",
            line=line,
        )
        reply = answer(request, self.desk).reply
        assert isinstance(reply, Message), reply
        return reply


@contextmanager
def _statements(database: Database) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(*arguments: object) -> None:
        sent.append(str(arguments[2]).lstrip())

    engines = {database.engine, database.reader}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
