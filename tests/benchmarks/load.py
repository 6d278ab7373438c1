"""Signed slash commands over real HTTP, as Slack sends them."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from typing import Self
from urllib.parse import urlencode

import aiohttp

SECRET = "measured"
COMMAND = "/samverkan"
WORKSPACE = "T0MEASURED"
USER = "U0MEASURED"
CONNECTIONS = 16

NOBODY = "http://127.0.0.1:9/"
"""Where Slack would be: answers ride on the response, so nothing has to be sent there."""

TRIGGERS = count(1)
FORM = "application/x-www-form-urlencoded"


class WrongAnswer(Exception):
    """The server answered something else than what was to be measured."""


@dataclass(frozen=True)
class Signed:
    """A request that is ready to be sent."""

    body: bytes
    headers: dict[str, str]


def signed(line: str) -> Signed:
    """A slash command with a trigger of its own, signed now."""
    trigger = f"{next(TRIGGERS)}.1718000000.0123456789abcdef0123456789abcdef"
    fields = {
        "token": "not-looked-at",
        "team_id": WORKSPACE,
        "team_domain": "trygg-stad",
        "channel_id": "C0MEASURED",
        "channel_name": "farsta-beredning",
        "user_id": USER,
        "user_name": "karim.haddad",
        "command": COMMAND,
        "text": line,
        "api_app_id": "A0MEASURED",
        "is_enterprise_install": "false",
        "response_url": f"{NOBODY}commands/{WORKSPACE}/1/measured",
        "trigger_id": trigger,
    }
    body = urlencode(fields).encode()
    at = str(int(time.time()))
    sum_ = hmac.new(SECRET.encode(), b"v0:" + at.encode() + b":" + body, sha256).hexdigest()
    headers = {
        "Content-Type": FORM,
        "X-Slack-Request-Timestamp": at,
        "X-Slack-Signature": f"v0={sum_}",
    }
    return Signed(body, headers)


class Load:
    """One load generator, whose connections stay open from one batch to the next."""

    def __init__(self) -> None:
        self._loop = asyncio.Runner()
        self._session = self._loop.run(_session())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.run(self._session.close())
        self._loop.close()

    def send(self, url: str, requests: list[Signed], expected: bytes) -> None:
        """Sends all; raises `WrongAnswer` unless each answer holds what is expected."""
        self._loop.run(self._send_all(url, requests, expected))

    async def _send_all(self, url: str, requests: list[Signed], expected: bytes) -> None:
        waiting = iter(requests)
        async with asyncio.TaskGroup() as senders:
            for _ in range(CONNECTIONS):
                senders.create_task(self._send_some(url, waiting, expected))

    async def _send_some(self, url: str, waiting: Iterator[Signed], expected: bytes) -> None:
        """One connection's work: the next request goes when the last one is answered."""
        for request in waiting:
            async with self._session.post(url, data=request.body, headers=request.headers) as got:
                said = await got.read()
            if got.status != 200 or expected not in said:
                raise WrongAnswer(f"{got.status}: {said.decode(errors='replace')[:500]}")


async def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS))
