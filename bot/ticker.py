"""The clockwork: every process ticks the timetable; the database decides who does what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler

from bot.heart import Heart
from bot.timetable import tick
from models.database import Database
from models.delivery.pulses import Part

EVERY = 20
"""Seconds between two ticks."""


class Ticker:
    """Ticks in the background, and calls `after` whenever something was done."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        after: Callable[[], object] = lambda: None,
        every: float = EVERY,
        heart: Heart | None = None,
    ) -> None:
        self._database = database
        self._heart = heart
        self._clock = clock
        self._after = after
        # Jobs stay in memory: a shared job store fires twice, and the database decides anyway.
        self._scheduler = BackgroundScheduler(timezone=UTC)
        self._scheduler.add_job(
            self.tick,
            "interval",
            seconds=every,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def tick(self) -> None:
        """Does what has fallen due by now."""
        if self._heart is not None:
            self._heart.beat(Part.TICKER)
        if tick(self._database, self._clock()):
            self._after()

    def also(self, work: Callable[[datetime], object], every: float = EVERY) -> None:
        """Does other work as often, in a thread of its own, so that no tick waits for it."""
        self._scheduler.add_job(
            lambda: work(self._clock()),
            "interval",
            seconds=every,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Ticks at once, and then again and again."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stops after the tick that is under way."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
