"""The worker's process: it ticks the timetable and sends, until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Event

from bot.courier import Courier
from bot.delivery import Senders
from bot.ticker import Ticker
from models.database import Database

THREADS = 4
"""Senders at once; a platform's answer takes a tenth of a second or more."""


class NeedsPostgres(Exception):
    """With SQLite there is no worker of its own: `samverkan web` sends. Use PostgreSQL for more."""

    def __str__(self) -> str:
        return str(self.__doc__)


def work(
    database: Database, senders: Senders, clock: Callable[[], datetime], told_to_stop: Event
) -> None:
    """Works until told to stop, and lets what is under way be finished."""
    if database.is_sqlite:
        raise NeedsPostgres
    courier = Courier(database, senders, clock, threads=THREADS)
    ticker = Ticker(database, clock, after=courier.wake)
    courier.start()
    ticker.start()
    try:
        told_to_stop.wait()
    finally:
        ticker.stop()
        courier.stop()
