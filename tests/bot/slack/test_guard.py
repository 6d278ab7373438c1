"""What is forged, late, too large or malformed does not get past the gate, nor into a log."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.slack.guard import FORM, JSON, MOST_BYTES, Guard

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
COMMAND = urlencode({"command": "/samverkan", "text": "vem Farsta hemlig-text"}).encode()


@dataclass
class Inside:
    """Stands where Bolt stands, and keeps what it is given."""

    seen: list[str] = field(default_factory=list)

    async def __call__(self, body: str, _: Request) -> Response:
        self.seen.append(body)
        return PlainTextResponse("inside")


def signed(body: bytes, *, at: int | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers that Slack gives a request."""
    stamp = str(int(NOW.timestamp()) if at is None else at)
    base = b"v0:" + stamp.encode() + b":" + body
    mark = "v0=" + hmac.new(secret.encode(), base, sha256).hexdigest()
    return {
        "content-type": FORM,
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": mark,
    }


async def sent(inside: Inside, body: Any, headers: Any, method: str = "POST") -> httpx.Response:
    guard = Guard(inside, SECRET, lambda: NOW)
    transport = httpx.ASGITransport(app=guard)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot.example") as client:
        return await client.request(method, "/slack/events", content=body, headers=headers)


@pytest.fixture
def inside() -> Inside:
    return Inside()


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    with structlog.testing.capture_logs() as lines:
        yield lines


async def test_what_slack_has_signed_gets_in_as_text(inside: Inside) -> None:
    response = await sent(inside, COMMAND, signed(COMMAND))
    assert (response.status_code, response.text) == (200, "inside")
    assert inside.seen == [COMMAND.decode()]


@pytest.mark.parametrize("seconds", [-300, 300])
async def test_five_minutes_either_way_are_in_time(inside: Inside, seconds: int) -> None:
    headers = signed(COMMAND, at=int(NOW.timestamp()) + seconds)
    assert (await sent(inside, COMMAND, headers)).status_code == 200


JSON_HEADERS = {"content-type": JSON}
REFUSED = {
    "forged": (COMMAND, signed(COMMAND, secret="another"), 401),
    "changed on the way": (COMMAND + b"x", signed(COMMAND), 401),
    "too old": (COMMAND, signed(COMMAND, at=int(NOW.timestamp()) - 301), 401),
    "from the future": (COMMAND, signed(COMMAND, at=int(NOW.timestamp()) + 301), 401),
    "not signed": (COMMAND, {"content-type": FORM}, 401),
    "time in letters": (
        COMMAND,
        signed(COMMAND) | {"x-slack-request-timestamp": "nyss"},
        401,
    ),
    "time in other digits": (
        COMMAND,
        [
            (b"content-type", FORM.encode()),
            (b"x-slack-request-timestamp", "١٧١٨".encode()),
            (b"x-slack-signature", b"v0=0"),
        ],
        401,
    ),
    "time without end": (
        COMMAND,
        signed(COMMAND) | {"x-slack-request-timestamp": "9" * 5000},
        401,
    ),
    "signature not ASCII": (
        COMMAND,
        [
            (b"content-type", FORM.encode()),
            (b"x-slack-request-timestamp", str(int(NOW.timestamp())).encode()),
            (b"x-slack-signature", "v0=åäö".encode()),
        ],
        401,
    ),
    "two signatures": (
        COMMAND,
        [*signed(COMMAND).items(), ("x-slack-signature", "v0=0")],
        401,
    ),
    "not UTF-8": (b"text=\xff\xfe", signed(b"text=\xff\xfe"), 400),
    "not UTF-8 once decoded": (b"text=%ff%fe", signed(b"text=%ff%fe"), 400),
    "broken JSON": (b"{not json", signed(b"{not json") | JSON_HEADERS, 400),
    "a list": (b"[1, 2]", signed(b"[1, 2]") | JSON_HEADERS, 400),
    "deep as a well": (b"[" * 90_000, signed(b"[" * 90_000) | JSON_HEADERS, 400),
    "payload is a list": (b"payload=%5B%5D", signed(b"payload=%5B%5D"), 400),
    "payload is broken": (b"payload={", signed(b"payload={"), 400),
    "another content type": (COMMAND, signed(COMMAND) | {"content-type": "text/xml"}, 400),
    "no content type": (COMMAND, signed(COMMAND) | {"content-type": ""}, 400),
    "oversized": (b"a" * (MOST_BYTES + 1), signed(b"a" * (MOST_BYTES + 1)), 400),
    "length that is no number": (COMMAND, signed(COMMAND) | {"content-length": "många"}, 400),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_refused_never_gets_in_and_leaves_no_body_in_a_log(
    name: str, inside: Inside, logged: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    body, headers, status = REFUSED[name]
    if isinstance(headers, dict):
        headers = [(key.encode(), value.encode()) for key, value in headers.items()]
    response = await sent(inside, body, headers)
    assert response.status_code == status
    assert inside.seen == []
    told = json.dumps(logged) + caplog.text + response.text
    assert "hemlig" not in told
    assert logged[0]["event"] == "slack_request_refused"


async def test_a_body_that_grows_on_the_way_is_cut_off(inside: Inside) -> None:
    async def growing() -> Any:
        for _ in range(20):
            yield b"a" * 100_000

    response = await sent(inside, growing(), signed(b"a"))
    assert (response.status_code, response.text) == (400, "too large")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_only_posts_get_in(inside: Inside, method: str) -> None:
    assert (await sent(inside, COMMAND, signed(COMMAND), method)).status_code == 400


@given(st.binary(max_size=300), st.sampled_from([FORM, JSON]))
async def test_any_bytes_with_any_signature_are_answered_and_not_let_in(
    body: bytes, content_type: str
) -> None:
    inside = Inside()
    headers = signed(body, secret="another") | {"content-type": content_type}
    assert (await sent(inside, body, headers)).status_code == 401
    assert inside.seen == []


@given(st.binary(max_size=300), st.sampled_from([FORM, JSON]))
async def test_what_gets_in_is_always_an_object_for_bolt(body: bytes, content_type: str) -> None:
    inside = Inside()
    response = await sent(inside, body, signed(body) | {"content-type": content_type})
    assert response.status_code in (200, 400)
    if content_type == JSON and inside.seen:
        assert isinstance(json.loads(inside.seen[0]), dict)
