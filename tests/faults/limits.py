"""Several senders share a pace: nothing is asked for that Slack would have to refuse.

Here the clock runs as the world's does, since what is measured is time itself.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from models.database import Database
from tests.faults.killing import (
    Ground,
    Trial,
    await_answer,
    mass_sending,
    running_herd,
    wait_until_done,
)
from tests.faults.reckoning import waiting
from tests.faults.slack import POST, Weather, running_slack

PERMITTED = 10
"""Posts a second that the fake Slack takes in a workspace; in a channel it takes one."""


@dataclass(frozen=True)
class Paced:
    """How a sending went: refusals with 429, posts a second, the smallest gap in a channel."""

    messages: int
    refused: int
    rate: float
    gap: float
    unfinished: int


def send_paced(ground: Ground, messages: int, workers: int, permitted: int = PERMITTED) -> Paced:
    """Sends to one workspace whose limits the fake Slack enforces, with several workers."""
    weather = Weather(drops=0, errors=0, limits=permitted)
    trial = Trial(kills=0, messages=messages, workers=workers, teams=1)
    with (
        running_slack(ground.folder, ground.clock, weather) as log,
        Database.connect(ground.address) as database,
        running_herd(ground, log, trial) as herd,
    ):
        herd.start()
        await_answer(ground.url)
        mass_sending(database, trial, ground.clock)
        wait_until_done(database, herd, trial.patience)
        return _paced(log.calls(), len(log.refused()), waiting(database))


def _paced(calls: list[dict[str, Any]], refused: int, unfinished: int) -> Paced:
    posts = [call for call in calls if call["method"] == POST and not call["error"]]
    channels: dict[str, list[float]] = defaultdict(list)
    for call in posts:
        channels[call["channel"]].append(call["at"])
    gaps = [late - early for times in channels.values() for early, late in pairwise(times)]
    span = posts[-1]["at"] - posts[0]["at"]
    return Paced(len(posts), refused, (len(posts) - 1) / span, min(gaps, default=0), unfinished)
