"""What a forked child is: the commands of `samverkan`, and loops that do one thing of theirs."""

from __future__ import annotations

import os
from importlib import import_module

import holidays
from sqlalchemy.orm import configure_mappers

import bot.clock
from bot import processes
from bot.commands import running
from bot.delivery import courier, distributed
from bot.slack.sender import SlackSender
from handlers import texts
from models.storage import schema
from tests.faults import replicas
from tests.faults.clock import FastClock

QUICKER = 2
"""How much sooner a worker that is gone is noticed, which is measured in real time."""

AFTER = "LOOK_AFTER_EVERY"

LATE = (
    "apscheduler.triggers.interval",
    "httptools",
    "procrastinate",
    "slack_bolt.listener_matcher.async_builtins",
    "uvicorn.lifespan.on",
    "uvicorn.protocols.http.httptools_impl",
    "uvicorn.protocols.websockets.auto",
    "uvloop",
)
"""What the processes import when they start, and need not import for each that is killed."""


def warm() -> None:
    """Imports and reads what every child would have to, before the first is forked."""
    for name in LATE:
        import_module(name)
    holidays.country_holidays("SE", years=2024)
    schema.newest()
    texts.language("sv")
    configure_mappers()


def web() -> None:
    """`samverkan web`, with a faster clock."""
    _hurry()
    running.web()


def web_that_never_looks() -> None:
    """A broken engine, which sends again what is in doubt without looking: it must be caught."""
    setattr(SlackSender, "find", lambda *_: None)  # noqa: B010 - mypy wants it so.
    web()


def worker() -> None:
    """`samverkan worker`, with a faster clock."""
    _hurry()
    running.worker()


def _hurry() -> None:
    """Lets the system's clock run faster, and rests that are measured by it be as much shorter."""
    clock = FastClock.read(os.environ["FAULTS_CLOCK"])
    setattr(bot.clock.SystemClock, "now", lambda _: clock.now())  # noqa: B010 - mypy wants it so.
    for name in ("HEARTBEAT", "STALLED", "RESTART", "PATIENCE"):
        setattr(distributed, name, getattr(distributed, name) / QUICKER)
    setattr(processes, AFTER, getattr(processes, AFTER) / QUICKER)
    rest = courier.Courier._rest

    def rest_less(self: courier.Courier, heard: int, seconds: float) -> None:
        rest(self, heard, seconds / clock.speed)

    courier.Courier._rest = rest_less  # type: ignore[method-assign]


def ticking(address: str, path: str, slot: int, slots: int) -> None:
    """A process that does nothing but tick."""
    replicas.ticking(address, path, slot, slots)
