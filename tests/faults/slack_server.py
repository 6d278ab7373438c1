"""The fake Slack as a process of its own: `python -m tests.faults.slack_server CLOCK LOG …`.

It is `tests.slack` on 127.0.0.1, with the scene's workspaces and members. Each call that it was
asked is a line of JSON in the log, flushed before the answer leaves, so that the log is true
whatever becomes of either side. It ends when its standard input does.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TextIO

from tests.faults.clock import FastClock
from tests.faults.scene import CAST, HOME, SIGNING_SECRET, TEAMS, Member, Team
from tests.slack.clock import Clock
from tests.slack.fake import SCOPES, FakeSlack
from tests.slack.records import Account, Call, Room, Trouble, Workspace

POST = "chat.postMessage"


class SharedClock(Clock):
    """Slack's clock, as fast as everybody's in the trial."""

    def __init__(self, clock: FastClock) -> None:
        super().__init__()
        self.now = clock.now  # type: ignore[method-assign]


@dataclass
class Chance:
    """What happens to a post, drawn from a seed: lost answers and errors after it was taken."""

    drawn: random.Random
    drops: float
    errors: float

    def __call__(self, method: str) -> Trouble | None:
        if method != POST:
            return None
        number = self.drawn.random()
        if number < self.drops:
            return Trouble.DROP
        return Trouble.ERROR_AFTER if number < self.drops + self.errors else None


@dataclass
class Log:
    """Writes down each call that came, and for a post which delivery it was."""

    file: TextIO
    clock: FastClock

    def __call__(self, call: Call) -> None:
        metadata = call.args.get("metadata") or {}
        metadata = json.loads(metadata) if isinstance(metadata, str) else metadata
        line = {
            "at": self.clock.now().timestamp(),
            "method": call.method,
            "status": call.status,
            "error": call.answer.get("error", ""),
            "wait": call.wait,
            "team": call.team,
            "channel": call.answer.get("channel") or call.args.get("channel"),
            "id": metadata.get("event_payload", {}).get("id", ""),
        }
        self.file.write(json.dumps(line) + "\n")
        self.file.flush()


def main() -> None:
    """Serves until standard input ends; the first line on standard output is the API's address."""
    given = _arguments()
    clock = FastClock.read(given.clock)
    slack = FakeSlack()
    slack.clock = SharedClock(clock)
    slack.signing_secret, slack.echoes, slack.page_size = SIGNING_SECRET, False, 100
    slack.limits_rate, slack.posts_per_second = given.limits > 0, given.limits
    slack.channel_rest = timedelta(seconds=given.rest)
    slack.chance = Chance(random.Random(given.seed), given.drops, given.errors)
    _furnish(slack)
    with Path(given.log).open("a", encoding="utf-8") as file:
        slack.on_call = Log(file, clock)
        with slack:
            sys.stdout.write(f"{slack.api_url}\n")
            sys.stdout.flush()
            sys.stdin.read()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("clock")
    parser.add_argument("log")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--drops", type=float, default=0.0)
    parser.add_argument("--errors", type=float, default=0.0)
    parser.add_argument("--limits", type=int, default=0, help="posts a second in a workspace")
    parser.add_argument("--rest", type=float, default=1.0, help="seconds between a channel's posts")
    return parser.parse_args()


def _furnish(slack: FakeSlack) -> None:
    """The scene's workspaces with their channels, and the members at home."""
    for team in TEAMS:
        slack.workspaces[team.id] = _workspace(team)
        for channel in team.channels:
            slack.rooms[channel] = Room(channel, channel.lower(), team.id, {f"U{team.id}"})
    for member in CAST:
        slack.accounts[member.user] = Account(member.user, member.name, member.email, HOME.id)
        slack.rooms[member.direct] = _direct(member)


def _workspace(team: Team) -> Workspace:
    return Workspace(
        team_id=team.id,
        name=team.id,
        domain=team.id.lower(),
        bot_token=team.token,
        bot_id=f"B{team.id}",
        bot_user_id=f"U{team.id}",
        scopes=set(SCOPES),
    )


def _direct(member: Member) -> Room:
    members = {member.user, f"U{HOME.id}"}
    return Room(member.direct, "directmessage", HOME.id, members, is_im=True)


if __name__ == "__main__":
    main()
