"""The fake Slack's process as the harness sees it: where it is, and what it has been told."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.faults.clock import FastClock

POST = "chat.postMessage"
HISTORY = frozenset({"conversations.history", "conversations.replies"})
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Weather:
    """How Slack behaves: the share of answers lost and of errors, and posts a second (0: any).

    `rest` is how many seconds a channel has to itself after each post.
    """

    drops: float = 0.05
    errors: float = 0.05
    limits: int = 0
    rest: float = 1.0
    seed: int = 1


@dataclass(frozen=True)
class SlackLog:
    """The address of a running fake Slack, and the log that outlives it."""

    api_url: str
    path: Path

    def calls(self) -> list[dict[str, Any]]:
        """Every call so far, in the order in which Slack took it."""
        lines = self.path.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def arrived(self) -> Counter[str]:
        """How many times each delivery was posted, also where the answer was lost."""
        return Counter(call["id"] for call in self.calls() if _is_taken(call))

    def posts(self) -> list[dict[str, Any]]:
        """Every call that was to post a message, taken or refused."""
        return [call for call in self.calls() if call["method"] == POST]

    def wait_for_posts(self, number: int, seconds: float = 60.0) -> None:
        """Returns when so many messages have been taken."""
        end = time.monotonic() + seconds
        while sum(self.arrived().values()) < number:
            assert time.monotonic() < end, "too few messages arrive"
            time.sleep(0.1)

    def look_ups(self) -> int:
        """How many times a conversation's history was read."""
        return sum(call["method"] in HISTORY for call in self.calls())

    def refused(self) -> list[dict[str, Any]]:
        """The calls that were answered with 429."""
        return [call for call in self.calls() if call["status"] == 429]


def _is_taken(call: dict[str, Any]) -> bool:
    return bool(call["method"] == POST and call["id"] and not call["error"])


@contextmanager
def running_slack(folder: Path, clock: FastClock, weather: Weather) -> Iterator[SlackLog]:
    """A fake Slack of one's own; it ends with the block, and also when this process dies."""
    log = folder / "slack.jsonl"
    log.touch()
    options = [f"--{name}={value}" for name, value in asdict(weather).items()]
    command = [sys.executable, "-m", "tests.faults.slack_server", str(clock), str(log), *options]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address, "the fake Slack did not start"
            yield SlackLog(address, log)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    """Waits for a process that was asked to end, and kills it where it does not."""
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
