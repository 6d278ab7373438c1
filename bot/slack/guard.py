"""The gate before Bolt: size, form, age and signature of the raw bytes, and no body in a log."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import parse_qsl

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

MOST_BYTES = 1_000_000
OLDEST_SECONDS = 300
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"

log = structlog.get_logger(__name__)

Inside = Callable[[str, Request], Awaitable[Response]]
"""What stands behind the gate: gets the body as text, already known to be Slack's."""


@dataclass(frozen=True)
class Turned:
    """A request that is not let in: the status, and the reason that the log may hold."""

    status: int
    reason: str


@dataclass(frozen=True)
class Guard:
    """An ASGI app that lets in what Slack has signed within the last five minutes."""

    inside: Inside
    signing_secret: str
    now: Callable[[], datetime]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await self.answer(request)
        await response(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        """Slack's answer, or 400 or 401 with a word and nothing of the body."""
        turned = self._at_the_door(request)
        if turned is None:
            found = await self._body(request)
            if isinstance(found, str):
                return await self.inside(found, request)
            turned = found
        log.warning("slack_request_refused", status=turned.status, reason=turned.reason)
        return PlainTextResponse(turned.reason, status_code=turned.status)

    def _at_the_door(self, request: Request) -> Turned | None:
        """What can be said before a byte of the body is read."""
        if request.method != "POST":
            return Turned(400, "only POST")
        if _content_type(request) not in (FORM, JSON):
            return Turned(400, "unknown content type")
        length = request.headers.get("content-length", "0")
        if not _digits(length) or int(length) > MOST_BYTES:
            return Turned(400, "too large")
        timestamp = _only(request, "x-slack-request-timestamp")
        if not _digits(timestamp) or not _only(request, "x-slack-signature"):
            return Turned(401, "not signed")
        if abs(self.now().timestamp() - int(timestamp)) > OLDEST_SECONDS:
            return Turned(401, "too old")
        return None

    async def _body(self, request: Request) -> str | Turned:
        try:
            body = await _read(request)
        except ClientDisconnect:
            return Turned(400, "cut off")
        if body is None:
            return Turned(400, "too large")
        if not self._is_signed(request, body):
            return Turned(401, "signature does not match")
        try:
            text = body.decode()
        except UnicodeDecodeError:
            return Turned(400, "not UTF-8")
        return text if _well_formed(text, _content_type(request)) else Turned(400, "malformed")

    def _is_signed(self, request: Request, body: bytes) -> bool:
        timestamp = _only(request, "x-slack-request-timestamp").encode()
        signed = hmac.new(self.signing_secret.encode(), b"v0:" + timestamp + b":" + body, sha256)
        given = _only(request, "x-slack-signature").encode("latin-1", "replace")
        return hmac.compare_digest(b"v0=" + signed.hexdigest().encode(), given)


async def _read(request: Request) -> bytes | None:
    """The body, or nothing as soon as it is larger than may be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def _well_formed(text: str, content_type: str) -> bool:
    """Whether Bolt will find an object where it looks for one."""
    try:
        if content_type == JSON:
            return isinstance(json.loads(text), dict)
        fields = dict(parse_qsl(text, keep_blank_values=True, errors="strict"))
        return "payload" not in fields or isinstance(json.loads(fields["payload"]), dict)
    except (ValueError, RecursionError):
        return False


def _content_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _only(request: Request, name: str) -> str:
    """A header that stands once; one that stands twice is as good as none."""
    found = request.headers.getlist(name)
    return found[0] if len(found) == 1 else ""


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 12
