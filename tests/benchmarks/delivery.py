"""What sending costs: against a bare loop without limits, and against the pace that Slack permits.

The pace is Slack's own, on the real clock, with answers as slow as Slack's: of ten thousand direct
messages that wait the first are watched, since all of them would take twenty minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median
from threading import Condition
from time import perf_counter, sleep

from bot.clock import SystemClock
from bot.delivery import pacing
from bot.delivery.courier import Courier
from bot.delivery.distributed import Distributed
from bot.delivery.jobs import Waker
from bot.delivery.port import Outgoing
from bot.delivery.sending import drain
from models.database import Database
from models.delivery.outbox import Rank
from models.delivery.outgoing import Errand, queue
from models.message import Message, Text
from models.people.addresses import Address
from models.storage.schema import upgrade
from tests.benchmarks.apps import StandingClock

ROWS = 1_000
WAITING, MEASURED = 10_000, 300
"""So many direct messages wait, and so many of them are watched as they go out."""

ANSWER_SECONDS = 0.2
REPLIES = 25
THREADS = 4

LEAST_RATIO = 0.5
LEAST_SHARE = 0.98
MOST_WAIT = 0.2
"""The goals: of the bare loop's rows, of the permitted rate, and seconds that a reply waits."""

INSERT = "INSERT INTO bare (id, state, body) VALUES ({0}, 'queued', {0})"
UPDATE = "UPDATE bare SET state = 'sent' WHERE id = {0}"


@dataclass(frozen=True)
class Sending:
    """What was measured on one database.

    `bare` and `ours` are rows a second: inserted and updated by the driver alone, each committed,
    and messages from queued to sent. `share` is that of the permitted rate. `reply` and
    `slowest_reply` are seconds that one waits behind a large sending.
    """

    bare: float
    ours: float
    share: float
    reply: float
    slowest_reply: float

    @property
    def ratio(self) -> float:
        """How many messages are sent in the time of one of the bare loop's rows."""
        return self.ours / self.bare

    @property
    def is_reached(self) -> bool:
        """Whether all three goals are."""
        fast = self.ratio >= LEAST_RATIO and self.share >= LEAST_SHARE
        return fast and self.slowest_reply <= MOST_WAIT


@dataclass
class Watch:
    """A Slack that takes everything, and remembers when."""

    answer: float = 0.0
    platform: str = "slack"
    taken: list[float] = field(default_factory=list)
    replies: dict[str, float] = field(default_factory=dict)
    _bell: Condition = field(default_factory=Condition)

    def send(self, outgoing: Outgoing) -> str:
        with self._bell:
            self.taken.append(perf_counter())
            self.replies[outgoing.channel] = perf_counter()
            self._bell.notify_all()
        if self.answer:
            sleep(self.answer)
        return f"{outgoing.channel}:1"

    def find(self, _: Outgoing) -> str | None:
        return None

    def change(self, outgoing: Outgoing) -> str:
        return outgoing.replaces

    def wait_for(self, number: int) -> None:
        """Returns when so many have been taken."""
        with self._bell:
            self._bell.wait_for(lambda: len(self.taken) >= number, 300)

    def wait_for_reply(self, channel: str) -> float:
        """The moment at which a message to a channel was taken."""
        with self._bell:
            self._bell.wait_for(lambda: channel in self.replies, 30)
        return self.replies[channel]


def sending(database: Database) -> Sending:
    """Measures everything on one empty database, in one run."""
    upgrade(database)
    bare, ours = [], []
    for number in range(3):
        bare.append(ROWS / _bare_loop(database))
        ours.append(ROWS / _from_queued_to_sent(database, number))
    _queue_many(database, WAITING)
    share = _share(database)
    waits = _replies(database)
    return Sending(median(bare), median(ours), share, median(waits), max(waits))


def _bare_loop(database: Database) -> float:
    """Seconds for inserting and then updating each row, each committed, by the driver alone."""
    connection = database.engine.raw_connection()
    driver = connection.driver_connection
    assert driver is not None
    on_postgres = not database.is_sqlite
    _commit(driver, "DROP TABLE IF EXISTS bare", on_postgres=on_postgres)
    _commit(
        driver,
        "CREATE TABLE bare (id INTEGER PRIMARY KEY, state TEXT, body TEXT)",
        on_postgres=on_postgres,
    )
    began = perf_counter()
    for statement in (INSERT, UPDATE):
        for row in range(ROWS):
            _commit(driver, statement.format(row), on_postgres=on_postgres)
    took = perf_counter() - began
    connection.close()
    return took


def _commit(driver: object, statement: str, *, on_postgres: bool) -> None:
    """One statement in a transaction of its own; our SQLite connections commit by themselves."""
    driver.execute(statement)  # type: ignore[attr-defined]
    if on_postgres:
        driver.commit()  # type: ignore[attr-defined]


def _from_queued_to_sent(database: Database, number: int) -> float:
    """Seconds from queued to sent for as many messages, claimed in batches, without limits."""
    sender = Watch(platform=f"free{number}")
    now = StandingClock().now()
    _queue_many(database, ROWS, platform=sender.platform, at=now)
    began = perf_counter()
    assert drain(database, {sender.platform: sender}, now) == ROWS
    return perf_counter() - began


def _queue_many(
    database: Database, number: int, *, platform: str = "slack", at: datetime | None = None
) -> None:
    at = at or datetime.now(UTC) - timedelta(hours=1)
    message = Message(summary="Veckans fråga", parts=(Text(text="Hur går det med FAR-014?"),))
    for first in range(0, number, 500):
        with database.write() as session:
            for each in range(first, min(first + 500, number)):
                errand = Errand("asking", f"{platform}:{each}", at, rank=Rank.MASS)
                queue(session, message, Address(platform, "T1", f"D{each}"), errand)


def _share(database: Database) -> float:
    """The share of the permitted rate at which a large sending goes out."""
    gap, watch = pacing.PACES["slack"].workspace, Watch(ANSWER_SECONDS)
    with _carried(database, watch):
        watch.wait_for(MEASURED)
    taken = watch.taken[:MEASURED]
    return (len(taken) - 1) * gap.total_seconds() / (taken[-1] - taken[0])


def _replies(database: Database) -> list[float]:
    """Seconds that each reply waits behind the large sending, at the pace that Slack permits."""
    watch, waits = Watch(ANSWER_SECONDS), []
    with _carried(database, watch):
        watch.wait_for(3)
        for number in range(REPLIES):
            channel, at = f"REPLY{number}", datetime.now(UTC)
            message = Message(summary="Svar", parts=(Text(text="Svar"),))
            errand = Errand("reply", f"reply:{number}", at, rank=Rank.REPLY)
            with database.write() as session:
                queue(session, message, Address("slack", "T1", channel), errand)
            began = perf_counter()
            waits.append(watch.wait_for_reply(channel) - began)
            sleep(0.07 * (number % 4))
    return waits


@contextmanager
def _carried(database: Database, watch: Watch) -> Iterator[None]:
    """Senders as the installation has them: the courier's threads, or Procrastinate's jobs."""
    senders = {watch.platform: watch}
    if database.is_sqlite:
        courier = Courier(database, senders, SystemClock().now, threads=THREADS)
        courier.start()
        database.after_commit.append(lambda _: courier.wake())
        try:
            yield
        finally:
            database.after_commit.clear()
            courier.stop()
        return
    machines = Distributed(database, senders, SystemClock().now, THREADS)
    machines.start()
    Waker(database).attach()
    try:
        sleep(1)
        machines.look_after()
        yield
    finally:
        database.before_commit.clear()
        database.after_commit.clear()
        machines.stop()
