"""The heart of a process: its threads say that they live, and a clean stop says goodbye."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import current_thread

import structlog
from sqlalchemy.exc import SQLAlchemyError

from models.database import Database
from models.delivery.pulses import (
    Part,
    Process,
    beat,
    forget,
    forget_lane,
    forget_old,
    processes_on,
)
from models.storage.sqlite_file import FileClaim

log = structlog.get_logger(__name__)

BEAT_EVERY = timedelta(seconds=10)


def this_process() -> Process:
    """The process that we are."""
    return Process(socket.gethostname(), os.getpid())


def is_running(pid: int) -> bool:
    """Whether a process of this machine lives."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@dataclass
class Heart:
    """Writes a thread's sign of life at most every `BEAT_EVERY`, and never fails because of it."""

    database: Database
    clock: Callable[[], datetime]
    process: Process = field(default_factory=this_process)
    runs: Callable[[int], bool] = is_running
    claim: FileClaim | None = None
    _last: dict[str, datetime] = field(default_factory=dict)

    def beat(self, part: Part, lane: str = "") -> None:
        """Says that the calling thread, or the lane, lives, and that SQLite's file is ours."""
        if self.claim is not None:
            self.claim.beat()
        lane, now = lane or current_thread().name, self.clock()
        last = self._last.get(lane)
        # The demo's clock may be moved, also back, when its database is thrown away.
        if last is not None and timedelta(0) <= now - last < BEAT_EVERY:
            return
        self._last[lane] = now
        try:
            with self.database.write() as session:
                beat(session, self.process, part, lane if part is Part.COURIER else part, now)
        except SQLAlchemyError:
            log.warning("heart_lost_database", part=part.value)

    def still(self) -> None:
        """Says that the calling thread ends, as it should."""
        lane = current_thread().name
        if self._last.pop(lane, None) is None:
            return
        try:
            with self.database.write() as session:
                forget_lane(session, self.process, lane)
        except SQLAlchemyError:
            log.warning("heart_lost_database", part="still")

    def start(self) -> None:
        """Clears away what processes left behind that were killed on this machine."""
        with self.database.write() as session:
            forget_old(session, self.clock())
            known = processes_on(session, self.process.host)
            gone = [each for each in known if each == self.process or not self.runs(each.pid)]
            forget(session, gone)

    def stop(self) -> None:
        """Says goodbye, so that nobody takes a process that was stopped for one that hangs."""
        try:
            with self.database.write() as session:
                forget(session, [self.process])
        except SQLAlchemyError:
            log.warning("heart_lost_database", part="stop")
