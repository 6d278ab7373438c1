"""Kill -9 at random instants, while members write and a mass sending runs.

On SQLite there is one process, `samverkan web`, which delivers by itself. On PostgreSQL there is
one `samverkan web` and as many `samverkan worker` as the trial has replicas. A controller picks a
process and a moment from a seed, kills it, and starts it again at once.
"""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from models.database import Database
from models.delivery.outgoing import Errand, queue
from models.message import Message, Text
from models.people.addresses import Address
from tests.faults.calling import Callers, is_alive
from tests.faults.children import Part, Starter
from tests.faults.clock import FastClock
from tests.faults.reckoning import Reckoning, reckon, waiting
from tests.faults.scene import CHANNELS, HOME, PLATFORM, SECRET_KEY, SIGNING_SECRET, TEAMS
from tests.faults.slack import SlackLog, Weather, running_slack

PORTION = 200
LOOK_EVERY = 0.2
AN_EVENT = 20.0
"""Seconds that a kill waits for an event to be handled, at most."""


@dataclass(frozen=True)
class Trial:
    """How much is sent, and how often something is killed."""

    kills: int
    messages: int
    workers: int = 1
    teams: int = len(TEAMS)
    channels: int = CHANNELS
    """In so many workspaces, and channels of each, the large sending goes."""
    seed: int = 1
    longest_life: float = 0.2
    """Seconds that the web process answers before something is killed, at most."""
    in_its_start: float = 0.25
    """The share of kills that do not wait until the web process answers."""
    after_an_event: float = 0.35
    """The share of kills that wait until a member's event has been handled."""
    patience: float = 300.0
    """Seconds after the last kill in which everything must have come to an end."""
    weather: Weather = field(default_factory=Weather)
    web: str = "web"
    """The role of the web process; another is for showing that the harness can fail."""


@dataclass(frozen=True)
class Ground:
    """Where a trial takes place: a filled database, a folder, and what starts the processes."""

    address: str
    folder: Path
    children: Starter
    clock: FastClock
    port: int

    @property
    def url(self) -> str:
        """Where the web process is reached."""
        return f"http://127.0.0.1:{self.port}"

    def part(self, role: str, api_url: str, number: int = 0) -> Part:
        """A process of the installation, with the settings that an operator would give."""
        environment = {
            "DATABASE_URL": self.address,
            "SECRET_KEY": SECRET_KEY,
            "BASE_URL": self.url,
            "PORT": str(self.port),
            "LOG_LEVEL": "warning",
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_BOT_TOKEN": HOME.token,
            "SLACK_API_URL": api_url,
            "FAULTS_CLOCK": str(self.clock),
        }
        return Part(role, self.folder / f"{role}{number}.log", environment)


@dataclass
class Herd:
    """The installation's running processes, each with what it was started as."""

    ground: Ground
    parts: list[Part]
    alive: dict[int, Part] = field(default_factory=dict)

    def start(self) -> None:
        """Starts what is not running."""
        running = [id(part) for part in self.alive.values()]
        for part in self.parts:
            if id(part) not in running:
                self.alive[self.ground.children.start(part)] = part

    def kill(self, pid: int) -> None:
        """Kills one process."""
        self.ground.children.kill(pid)
        del self.alive[pid]

    def stop(self, role: str) -> int:
        """Asks one process of a role to end, as a deployment does; returns its exit status."""
        pid = next(pid for pid, part in self.alive.items() if part.role == role)
        del self.alive[pid]
        return self.ground.children.stop(pid)

    def tend(self) -> dict[Path, int]:
        """Starts again what ended by itself, as an operator's supervisor would; tells which."""
        ended = self.ground.children.ended()
        found = {self.alive.pop(pid).log: status for pid, status in ended.items()}
        self.start()
        return found

    def kill_all(self) -> None:
        """Kills everything that runs."""
        for pid in list(self.alive):
            self.kill(pid)


def free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def kill_at_random(ground: Ground, trial: Trial) -> Reckoning:
    """Runs a whole trial and returns its reckoning; everything it started has ended."""
    with (
        running_slack(ground.folder, ground.clock, trial.weather) as log,
        Database.connect(ground.address) as database,
        running_herd(ground, log, trial) as herd,
    ):
        mass_sending(database, trial, ground.clock)
        herd.start()
        callers = Callers(ground.port, ground.clock)
        callers.start()
        _kill_and_tend(herd, trial, callers)
        callers.stop()
        wait_until_done(database, herd, trial.patience)
        return reckon(database, log, callers.answered)


@contextmanager
def running_herd(ground: Ground, log: SlackLog, trial: Trial) -> Iterator[Herd]:
    """The installation's processes, not yet started; none is left when the block ends."""
    parts = [ground.part(trial.web, log.api_url)]
    if not ground.address.startswith("sqlite"):
        parts += [ground.part("worker", log.api_url, each) for each in range(trial.workers)]
    herd = Herd(ground, parts)
    try:
        yield herd
    finally:
        herd.kill_all()


def mass_sending(database: Database, trial: Trial, clock: FastClock) -> None:
    """Queues most of the trial's messages, as a digest or a survey to everybody does."""
    now = clock.now()
    for start in range(0, trial.messages, PORTION):
        with database.write() as session:
            for number in range(start, min(start + PORTION, trial.messages)):
                team = TEAMS[number % trial.teams]
                channel = team.channels[number // trial.teams % trial.channels]
                words = f"Utskick {number}"
                message = Message(summary=words, parts=(Text(text=words),))
                address = Address(PLATFORM, team.id, channel)
                due = now + timedelta(milliseconds=number)
                queue(session, message, address, Errand("seat", f"mass:{number}", due))


def _kill_and_tend(herd: Herd, trial: Trial, callers: Callers) -> None:
    """Kills at random instants, some of them while a process is still starting.

    The others wait until the members are heard, or until one of them has got an answer, so that
    a slow machine is not only killed idle.
    """
    drawn = random.Random(trial.seed)
    for _ in range(trial.kills):
        chance = drawn.random()
        if chance >= trial.in_its_start:
            await_answer(herd.ground.url)
        if chance >= 1 - trial.after_an_event:
            callers.await_another(AN_EVENT)
        time.sleep(drawn.uniform(0, trial.longest_life))
        herd.tend()
        herd.kill(drawn.choice(sorted(herd.alive)))
        herd.start()


def wait_until_done(database: Database, herd: Herd, patience: float) -> None:
    """Waits until no delivery is on its way, or the patience has run out."""
    end = time.monotonic() + patience
    while waiting(database) and time.monotonic() < end:
        herd.tend()
        time.sleep(LOOK_EVERY)


def await_answer(url: str, seconds: float = 180.0) -> None:
    """Waits until the web process answers."""
    end = time.monotonic() + seconds
    while not is_alive(url):
        assert time.monotonic() < end, "the web process did not start"
        time.sleep(0.02)
