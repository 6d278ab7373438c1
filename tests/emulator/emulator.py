"""Starting and stopping somebody else's Slack: npm's `emulate`, on 127.0.0.1.

What it is: the Web API's methods with state, scopes, triggers and the OAuth pages, written by
people who do not know our code. What it is not: no commands, buttons, events, Socket Mode, rate
limits or checks of blocks; `tests/slack` has those.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import pytest

Json = dict[str, Any]

HERE = Path(__file__).parent
INSTALLED = HERE.parents[1] / ".emulator"
"""Where `make emulator` installs what `package-lock.json` pins; git ignores it."""

SECONDS = 10


@dataclass(frozen=True)
class Emulator:
    """A running emulator."""

    url: str

    def asks(self, method: str, token: str, **arguments: str | int) -> Json:
        """Calls a Web API method as somebody else than the bot does; the answer must be ok."""
        body = urlencode(arguments).encode()
        headers = {"Authorization": f"Bearer {token}"}
        request = Request(f"{self.url}/api/{method}", data=body, headers=headers)
        with build_opener(ProxyHandler({})).open(request, timeout=SECONDS) as response:
            answer: Json = json.loads(response.read())
        assert answer["ok"], f"{method}: {answer}"
        return answer


@contextmanager
def running_emulator(seed: Json) -> Iterator[Emulator]:
    """An emulator that starts from a seed, and has ended when this does."""
    node = shutil.which("node")
    if node is None or not (INSTALLED / "node_modules" / "emulate").is_dir():
        pytest.skip("the Slack emulator is not here; `make emulator` fetches it, and needs Node")
    script = (HERE / "emulator.mjs").read_text(encoding="utf-8")
    # A script given this way finds its packages in the folder where it is run.
    command = [node, "--input-type=module", "--eval", script, "--", json.dumps(seed)]
    with subprocess.Popen(
        command, cwd=INSTALLED, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Emulator(_address(process))
        finally:
            _stop(process)


def _address(process: subprocess.Popen[str]) -> str:
    """Where it listens, by number: a name could mean another address family."""
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    assert line, "the Slack emulator ended before it began; its error stands above"
    return f"http://127.0.0.1:{urlsplit(line).port}"


def _stop(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
