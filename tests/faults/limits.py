"""Several senders share a pace: nothing is asked for that Slack would have to refuse.

Here the clock runs as the world's does, since what is measured is time itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from models.database import Database
from tests.faults.killing import (
    Ground,
    Herd,
    Trial,
    await_answer,
    mass_sending,
    running_herd,
    wait_until_done,
)
from tests.faults.reckoning import waiting
from tests.faults.slack import SlackLog, Weather, running_slack

PERMITTED = 10
"""Posts a second that the fake Slack takes in a workspace; in a channel it takes one."""


CHANNELS = 9
"""So few that the pace of each binds as well as the workspace's."""

TIGHT = Weather(drops=0, errors=0, limits=5, rest=3.0)
"""A Slack that permits less than we think: it refuses for the workspace and for channels."""

Calls = list[dict[str, Any]]


@dataclass(frozen=True)
class Paced:
    """How a sending went: refusals with 429, posts a second, the smallest gap in a channel.

    One of the workers is stopped in the middle. `status` is how it ended, and `look_ups` what it
    had claimed and left for others to look for.
    """

    messages: int
    refused: int
    rate: float
    gap: float | None
    unfinished: int
    status: int
    look_ups: int


@dataclass(frozen=True)
class Slowed:
    """How a sending went that Slack slowed down.

    `in_pause` is the most calls that came for what Slack wanted left alone, between one refusal
    and the end of its Retry-After: what was under way already, which is one at most.
    """

    messages: int
    refusals_of_channels: int
    refusals_of_workspaces: int
    in_pause: int
    unfinished: int


def send_paced(ground: Ground, messages: int, workers: int, permitted: int = PERMITTED) -> Paced:
    """Sends to one workspace whose limits the fake Slack enforces, with several workers."""
    weather = Weather(drops=0, errors=0, limits=permitted)
    statuses: list[int] = []

    def stop_one(log: SlackLog, herd: Herd) -> None:
        log.wait_for_posts(messages // 3)
        statuses.append(herd.stop("worker"))

    log, unfinished = _sent(ground, weather, messages, workers, stop_one)
    calls = log.posts()
    posts = [call for call in calls if not call["error"]]
    return Paced(
        messages=len(posts),
        refused=len(log.refused()),
        rate=(len(posts) - 1) / (posts[-1]["at"] - posts[0]["at"]),
        gap=_smallest_gap(posts),
        unfinished=unfinished,
        status=statuses[0],
        look_ups=log.look_ups(),
    )


def send_slowed(ground: Ground, messages: int, workers: int) -> Slowed:
    """Sends faster than a workspace permits, with several workers that are told so by refusals."""
    log, unfinished = _sent(ground, TIGHT, messages, workers)
    calls = log.posts()
    refusals = [call for call in calls if call["status"] == 429]
    kinds = Counter(call["error"] for call in refusals)
    return Slowed(
        messages=sum(not call["error"] for call in calls),
        refusals_of_channels=kinds["ratelimited"],
        refusals_of_workspaces=kinds["message_limit_exceeded"],
        in_pause=max((_in_pause(calls, each) for each in refusals), default=0),
        unfinished=unfinished,
    )


def _sent(
    ground: Ground,
    weather: Weather,
    messages: int,
    workers: int,
    meanwhile: Callable[[SlackLog, Herd], None] = lambda *_: None,
) -> tuple[SlackLog, int]:
    """Sends to the channels of one workspace: what Slack was asked for, and how much is left."""
    trial = Trial(kills=0, messages=messages, workers=workers, teams=1, channels=CHANNELS)
    with (
        running_slack(ground.folder, ground.clock, weather) as log,
        Database.connect(ground.address) as database,
        running_herd(ground, log, trial) as herd,
    ):
        herd.start()
        await_answer(ground.url)
        mass_sending(database, trial, ground.clock)
        meanwhile(log, herd)
        wait_until_done(database, herd, trial.patience)
        return log, waiting(database)


def _smallest_gap(posts: Calls) -> float | None:
    """The smallest time between two posts in one channel, where any channel has two."""
    channels: dict[str, list[float]] = defaultdict(list)
    for call in posts:
        channels[call["channel"]].append(call["at"])
    gaps = (late - early for times in channels.values() for early, late in pairwise(times))
    return min(gaps, default=None)


def _in_pause(calls: Calls, refusal: dict[str, Any]) -> int:
    """The calls within a refusal's pause, in the channel or the workspace that it was about."""
    begins, ends = refusal["at"], refusal["at"] + refusal["wait"]
    of_channel = refusal["error"] == "ratelimited"
    return sum(
        begins < call["at"] < ends and (not of_channel or call["channel"] == refusal["channel"])
        for call in calls
    )
