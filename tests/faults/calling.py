"""Members who write to the bot through Slack, and Slack that sends again what was not answered.

Each call is an event with an id of its own: a direct message in which a member asks another one
about a measure. Its commit carries a question, an event's key, and a delivery to whoever is asked.
"""

from __future__ import annotations

import http.client
import json
import time
from collections import Counter
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.faults.clock import FastClock
from tests.faults.scene import CAST, HOME, SIGNING_SECRET, Member
from tests.slack.courier import signature

PATH = "/slack/events"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
PATIENCE, LONG_PATIENCE = 3.0, 60.0
"""Seconds that Slack waits for an answer; and what asks for the answer itself."""

PAUSE = 0.05
"""Seconds until an event is sent again; Slack's own pauses are longer and as many as it takes."""


@dataclass
class Callers:
    """Threads that call the bot one event after the other until they are told to stop.

    `answered` holds the ids of the events that got 2xx; `statuses` counts all answers (0: none).
    """

    port: int
    clock: FastClock
    copies: int = 1
    answered: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    _enough: Event = field(default_factory=Event)
    _threads: list[Thread] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)
    _next: int = 0

    def start(self, threads: int = 3) -> None:
        """Lets the members write."""
        for number in range(threads):
            thread = Thread(target=self._call, name=f"caller-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self, timeout: float = 180.0) -> None:
        """Begins nothing new, and waits until everything begun has been answered."""
        self._enough.set()
        for thread in self._threads:
            thread.join(timeout)
            assert not thread.is_alive(), "an event was never answered with 2xx"

    def await_another(self, seconds: float) -> None:
        """Waits until one more event has been answered, or so many seconds have gone."""
        before, end = len(self.answered), time.monotonic() + seconds
        while len(self.answered) == before and time.monotonic() < end:
            time.sleep(0.005)

    def _call(self) -> None:
        while not self._enough.is_set():
            with self._lock:
                number, self._next = self._next, self._next + 1
            self._insist(number)

    def _insist(self, number: int) -> None:
        """Sends one event until it is answered with 2xx, as often as that takes."""
        pause = Event()
        for retry in range(2_000):
            status = post(self.port, question(number), self.clock, retry)
            with self._lock:
                self.statuses[status] += 1
            if 200 <= status < 300:
                self.answered.add(name(number))
                return
            pause.wait(PAUSE)


def name(number: int) -> str:
    """The id of an event."""
    return f"Ev0FAULT{number:07}"


def question(number: int) -> dict[str, Any]:
    """A direct message: one member asks about the next one's measure."""
    asker = CAST[number % len(CAST)]
    asked = CAST[(number + 1) % len(CAST)]
    return envelope(number, asker, f"fråga {asked.measure} Hur går det med del {number}?")


def envelope(number: int, member: Member, text: str) -> dict[str, Any]:
    """A member's direct message as Slack sends it."""
    said = {
        "type": "message",
        "user": member.user,
        "ts": f"{1_700_000_000 + number}.000100",
        "team": HOME.id,
        "text": text,
        "channel": member.direct,
        "event_ts": f"{1_700_000_000 + number}.000100",
        "channel_type": "im",
    }
    return {
        "team_id": HOME.id,
        "api_app_id": "A0SAMVERKAN",
        "event": said,
        "type": "event_callback",
        "event_id": name(number),
        "event_time": 1_700_000_000 + number,
        "authorizations": [{"team_id": HOME.id, "user_id": f"U{HOME.id}", "is_bot": True}],
        "is_ext_shared_channel": False,
    }


def command(number: int) -> dict[str, str]:
    """A slash command: a member reports on their measure."""
    member = CAST[number % len(CAST)]
    return {
        "team_id": HOME.id,
        "team_domain": HOME.id.lower(),
        "channel_id": member.direct,
        "channel_name": "directmessage",
        "user_id": member.user,
        "user_name": member.name,
        "command": "/samverkan",
        "text": f"rapportera {member.measure} pågår",
        "api_app_id": "A0SAMVERKAN",
        "is_enterprise_install": "false",
        "response_url": f"http://127.0.0.1:9/commands/{number}",
        "trigger_id": f"{number}.fault",
    }


def post(port: int, payload: dict[str, Any], clock: FastClock, retry: int = 0) -> int:
    """Sends an event to the bot; the status, or 0 where no answer came in time."""
    body = json.dumps(payload).encode()
    return _posted(port, body, signed(body, JSON, clock, retry), PATIENCE)[0]


def post_patiently(port: int, payload: dict[str, Any], clock: FastClock) -> int:
    """The same, and waits for the answer longer than Slack would, on however slow a machine."""
    body = json.dumps(payload).encode()
    return _posted(port, body, signed(body, JSON, clock), LONG_PATIENCE)[0]


def post_command(port: int, fields: dict[str, str], clock: FastClock) -> tuple[int, str]:
    """Sends a command to the bot; the status (0 without an answer) and the words of the answer."""
    body = urlencode(fields).encode()
    status, answer = _posted(port, body, signed(body, FORM, clock), LONG_PATIENCE)
    return status, str(json.loads(answer).get("text", "")) if answer else ""


def signed(body: bytes, kind: str, clock: FastClock, retry: int = 0) -> dict[str, str]:
    """The headers with which Slack sends a body."""
    stamp = str(int(clock.now().timestamp()))
    headers = {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature(SIGNING_SECRET, stamp, body),
    }
    return headers | ({"X-Slack-Retry-Num": str(retry)} if retry else {})


def _posted(port: int, body: bytes, headers: dict[str, str], patience: float) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        connection.request("POST", PATH, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


def is_alive(address: str) -> bool:
    """Whether the web process answers at all."""
    found = urlsplit(address)
    connection = http.client.HTTPConnection(str(found.hostname), found.port, timeout=1)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
