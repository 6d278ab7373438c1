"""Sending round after round holds on to nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import active_count

import pytest
from sqlalchemy import func, select

from bot.delivery import pacing
from bot.delivery.courier import Courier
from bot.heart import Heart
from models.database import Database
from models.delivery.outbox import Bucket
from models.delivery.outgoing import Errand, queue
from models.delivery.pulses import Part, Process, Pulse
from models.message import Message, Text
from models.people.addresses import Address
from tests.bot.sender import FakeSender
from tests.bot.test_health import NOW, Standing

ROUNDS, WARMING, MESSAGES = 6, 2, 10


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_rounds_of_sending_leave_no_handle_thread_or_row_behind(database: Database) -> None:
    clock, slack, held = Standing(NOW), FakeSender("slack"), []
    heart = Heart(database, clock.now, Process("ada", 7))
    courier = Courier(database, {"slack": slack}, clock.now, 2, heart, patience=0)
    for number in range(ROUNDS):
        clock.at += timedelta(hours=2)
        for each in range(MESSAGES):
            queued_in_a_workspace_of_its_own(database, f"{number}-{each}")
        heart.beat(Part.TICKER)
        courier.run_until_idle()
        pacing.forget(database, clock.at)
        handles = len(list(Path("/proc/self/fd").iterdir()))
        held.append((handles, active_count(), rows(database)))
    assert len(slack.sent) == ROUNDS * MESSAGES
    assert held[-1] == held[WARMING]


def queued_in_a_workspace_of_its_own(database: Database, name: str) -> None:
    message = Message(summary=name, parts=(Text(text=name),))
    with database.write() as session:
        queue(session, message, Address("slack", f"T{name}", "C1"), Errand("digest", name, NOW))


def rows(database: Database) -> int:
    """Rows that come and go."""
    with database.read() as session:
        tables = (Bucket.key, Pulse.lane)
        return sum(session.scalar(select(func.count(each))) or 0 for each in tables)
