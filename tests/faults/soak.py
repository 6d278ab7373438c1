"""A long run of everything at once: what is held on to does not grow, and nothing waits.

The real processes send to all workspaces at four fifths of the permitted rate while members write.
After each round, when nothing is under way, handles, threads, memory, connections and passing rows
are counted; the first rounds warm up.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, text

from bot.delivery.pacing import PACES
from models.database import Database
from models.delivery.outbox import Bucket, Delivery
from models.delivery.outgoing import Errand, queue
from models.delivery.pulses import Pulse
from models.message import Message, Text
from models.people.addresses import Address
from tests.faults.calling import Callers
from tests.faults.killing import Ground, Trial, await_answer, running_herd, wait_until_done
from tests.faults.reckoning import reckon
from tests.faults.scene import PLATFORM, TEAMS
from tests.faults.slack import Weather, running_slack

ROUNDS, WARMING = 10, 3
EVENTS = 10
"""So many events of members are handled in each round besides, at least."""

USED = 0.8
"""The share of the permitted rate at which messages fall due."""

KEY = "soak:"


@dataclass(frozen=True)
class Held:
    """What the processes and the database hold on to between two rounds."""

    handles: int
    threads: int
    memory: int
    connections: int
    rows: int


@dataclass(frozen=True)
class Soaked:
    """How a long run went; `lag` is the 99th percentile in seconds from due to sent.

    `before` and `after` are the most that was held in the rounds after the warming up, and in the
    last ones; memory in megabytes.
    """

    messages: int
    events: int
    lost: int
    doubled: int
    unfinished: int
    lag: float
    before: dict[str, int]
    after: dict[str, int]


def soak(ground: Ground, messages: int, workers: int) -> Soaked:
    """Sends round after round, and counts what is held on to after each."""
    trial, held = Trial(kills=0, messages=0, workers=workers), []
    with (
        running_slack(ground.folder, ground.clock, Weather(drops=0, errors=0)) as log,
        Database.connect(ground.address) as database,
        running_herd(ground, log, trial) as herd,
    ):
        herd.start()
        await_answer(ground.url)
        answered: set[str] = set()
        portion = messages // ROUNDS
        for number in range(ROUNDS):
            _queue(database, range(number * portion, (number + 1) * portion), ground.clock.now())
            answered |= _members_write(ground, number)
            wait_until_done(database, herd, trial.patience)
            # What a job waits for before it ends, and an idle connection before it is closed.
            time.sleep(1)
            held.append(_held(database, herd.alive))
        found = reckon(database, log, answered)
        middle = (WARMING + ROUNDS) // 2
        return Soaked(
            messages=found.messages,
            events=found.events,
            lost=found.lost,
            doubled=found.doubled,
            unfinished=found.unfinished,
            lag=_lag(database),
            before=_most(held[WARMING:middle]),
            after=_most(held[middle:]),
        )


def _queue(database: Database, numbers: range, now: datetime) -> None:
    """Messages to channels of all workspaces in turn, due one after the other."""
    gap = PACES[PLATFORM].workspace / len(TEAMS) / USED
    with database.write() as session:
        for place, number in enumerate(numbers):
            team = TEAMS[number % len(TEAMS)]
            channel = team.channels[number // len(TEAMS) % len(team.channels)]
            words = f"Utskick {number}"
            message = Message(summary=words, parts=(Text(text=words),))
            errand = Errand("seat", f"{KEY}{number}", now + place * gap)
            queue(session, message, Address(PLATFORM, team.id, channel), errand)


def _members_write(ground: Ground, number: int) -> set[str]:
    """Some events, each round others; the names of those that were answered."""
    callers = Callers(ground.port, ground.clock, _next=number * 10_000)
    callers.start(2)
    while len(callers.answered) < EVENTS:
        callers.await_another(5)
    callers.stop()
    return callers.answered


def _held(database: Database, pids: Iterable[int]) -> Held:
    processes = [Path("/proc") / str(pid) for pid in pids]
    status = [(each / "status").read_text(encoding="ascii") for each in processes]
    return Held(
        handles=sum(len(list((each / "fd").iterdir())) for each in processes),
        threads=sum(_figure(each, "Threads") for each in status),
        memory=sum(_figure(each, "VmRSS") for each in status) // 1024,
        connections=_connections(database),
        rows=_passing_rows(database),
    )


def _figure(status: str, name: str) -> int:
    line = next(line for line in status.splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1])


def _connections(database: Database) -> int:
    """The server's connections to this database; SQLite has handles only."""
    if database.is_sqlite:
        return 0
    count = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
    with database.read() as session:
        return int(session.scalar(count) or 0)


def _passing_rows(database: Database) -> int:
    """Rows that come and go: places that are paced, signs of life, jobs."""
    jobs = "" if database.is_sqlite else "procrastinate_jobs procrastinate_workers"
    tables = [Bucket.__tablename__, Pulse.__tablename__, *jobs.split()]
    with database.read() as session:
        counts = (text(f"SELECT count(*) FROM {table}") for table in tables)
        return sum(int(session.scalar(count) or 0) for count in counts)


def _lag(database: Database) -> float:
    with database.read() as session:
        sent = select(Delivery.due_at, Delivery.sent_at).where(Delivery.key.like(f"{KEY}%"))
        lags = sorted((at - due).total_seconds() for due, at in session.execute(sent) if at)
    return round(lags[int(len(lags) * 0.99)], 2)


def _most(held: list[Held]) -> dict[str, int]:
    figures = [asdict(each) for each in held]
    return {name: max(each[name] for each in figures) for name in figures[0]}
