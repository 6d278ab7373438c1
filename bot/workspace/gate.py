"""What stands before every request: where it came from, and what its answer may load."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Anything stricter makes browsers send an empty origin with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
READS = frozenset({"GET", "HEAD"})
FROM_ANYWHERE = "/answer/"
"""Where the address itself is the proof, and no cookie: mail programs post there to say stop."""


@dataclass(frozen=True)
class Gate:
    """Refuses what another site made a browser send; adds the headers that keep pages to us."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through, or refuses it with 403."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if not _may_come(scope):
            await PlainTextResponse("Not from this site.", 403)(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _may_come(scope: Scope) -> bool:
    """Whether a request only reads, goes where anybody may come from, or comes from us."""
    if scope["method"] in READS or scope["path"].startswith(FROM_ANYWHERE):
        return True
    return comes_from_us(Headers(scope=scope))


def comes_from_us(headers: Headers) -> bool:
    """Whether a request that changes something was made by a page of our own.

    Every browser of today says so in one of two headers; what says neither is no browser's form.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == headers.get("host")
