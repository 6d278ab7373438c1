"""A platform that asks for a pause gets it from all workers at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery import pacing
from bot.delivery.claiming import Batch
from bot.delivery.errors import Scope, SlowDown
from bot.delivery.port import THREAD, Outgoing
from bot.delivery.sending import Drain
from models.database import Database
from tests.bot.sender import FakeSender
from tests.bot.test_delivery import queued

NOW = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
STEP, CALL, PAUSE = timedelta(milliseconds=60), timedelta(milliseconds=180), timedelta(seconds=2)
WORKERS, MESSAGES, NOTHING = 4, 12, Batch()


@dataclass
class Slow(FakeSender):
    """Asks for a pause at one of its calls, and remembers when each call came."""

    scope: Scope = Scope.WORKSPACE
    at: datetime = NOW
    calls: list[tuple[datetime, str]] = field(default_factory=list)

    def send(self, outgoing: Outgoing) -> str:
        self.calls.append((self.at, outgoing.channel))
        if len(self.calls) == 4:
            raise SlowDown(PAUSE.total_seconds(), self.scope)
        return super().send(outgoing)


@dataclass
class Worker:
    """Claims, and has the answer of its call a while later, as Slack's servers are far away."""

    drain: Drain
    batch: Batch = NOTHING
    answered_at: datetime = NOW

    def step(self, at: datetime) -> None:
        if self.batch and at >= self.answered_at:
            self.drain.finish(self.batch)
            self.batch = NOTHING
        elif not self.batch:
            self.batch, self.answered_at = self.drain.claim(), at + CALL


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("scope", "under_way"), [(Scope.CHANNEL, 0), (Scope.WORKSPACE, 1)])
def test_after_a_refusal_only_what_was_under_way_comes_before_its_end(
    database: Database, scope: Scope, under_way: int
) -> None:
    slack = Slow("slack", scope=scope)
    for number in range(MESSAGES):
        queued(database, f"m{number}", channel=f"C{number % 6}", platform="slack")
    workers = [Worker(Drain(database, {"slack": slack}, lambda: slack.at)) for _ in range(WORKERS)]
    while slack.at < NOW + 3 * PAUSE:
        slack.at += STEP
        for worker in workers:
            worker.step(slack.at)
    refused_at, channel = slack.calls[3]
    pause = [where for at, where in slack.calls if refused_at < at < refused_at + PAUSE]
    assert len([where for where in pause if scope is Scope.WORKSPACE or where == channel]) == (
        under_way
    )
    assert len(slack.sent) == MESSAGES


@pytest.mark.parametrize("place", ["C1", f"C1{THREAD}1718000000.000100"])
def test_a_channels_threads_are_paced_with_it(database: Database, place: str) -> None:
    slack = FakeSender("slack")
    drain = Drain(database, {"slack": slack}, lambda: NOW)
    queued(database, "first", channel=f"C1{THREAD}1718000000.000200", platform="slack")
    drain.finish(drain.claim())
    queued(database, "second", channel=place, platform="slack")
    later = NOW + pacing.PACES["slack"].channel
    assert not drain.claim()
    assert not Drain(database, {"slack": slack}, lambda: later - STEP).claim()
    assert Drain(database, {"slack": slack}, lambda: later).claim()
