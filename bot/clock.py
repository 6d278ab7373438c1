"""What time it is: the real time, or the demo's, which can be moved forward."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol

from models.database import Database
from models.records import SmallFact

FACT = "demo_now"


class Clock(Protocol):
    """Tells the time, once at the edge of each request."""

    def now(self) -> datetime:
        """The aware time, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The aware time, in UTC."""
        return datetime.now(UTC)


class DemoClock:
    """The demo's clock: it stands in the database, runs with real time, and is moved forward."""

    def __init__(self, database: Database, real: Clock | None = None) -> None:
        self._database = database
        self._real = real or SystemClock()
        self._start = self._real.now()
        self._demo = stored_time(database) or self._start

    def now(self) -> datetime:
        """The demo's time, aware, in UTC."""
        return self._demo + (self._real.now() - self._start)

    def move_to(self, at: datetime) -> None:
        """Moves the clock forward; a time that has passed leaves it as it is."""
        if at <= self.now():
            return
        self._demo, self._start = at, self._real.now()
        self.keep()

    def keep(self) -> None:
        """Writes the time down, so that a restart goes on from it."""
        with self._database.write() as session:
            session.merge(SmallFact(name=FACT, value=self.now().isoformat()))


def stored_time(database: Database) -> datetime | None:
    """The demo's time as its database has it; a real installation has none.

    Nor has one that was moved from the demo: on a server every process goes by the real time.
    """
    if not database.is_sqlite:
        return None
    with database.read() as session:
        fact = session.get(SmallFact, FACT)
        return datetime.fromisoformat(fact.value) if fact else None
