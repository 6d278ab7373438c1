"""A door before the emulator: it keeps what the bot calls and what it is answered.

Slack takes the arguments of any method in the address, in the body, or in both, by GET and by
POST, and its own Python library makes use of that (`users.info` by GET, `auth.test` with the
arguments in the address). The emulator reads nothing but the body of a POST, so the door puts all
arguments there. Nothing else is changed on the way in or out.
"""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.emulator.emulator import SECONDS, Json

POLL = 0.02
"""Seconds within which the door notices that it is to close."""

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Call:
    """A call of the bot's, and the answer."""

    method: str
    args: Json
    answer: Json


@dataclass
class Door:
    """What the bot takes for Slack's Web API; `calls` holds every call, in order."""

    behind: str
    calls: list[Call] = field(default_factory=list)
    _called: threading.Condition = field(default_factory=threading.Condition)

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(POLL,), name="door", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join(SECONDS)
        self._server.server_close()

    @property
    def api_url(self) -> str:
        """What the bot takes as the base address of the Web API."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/api/"

    def called(self, method: str, times: int = 0) -> list[Call]:
        """The calls of one method; waits for so many of them, since the bot may answer first."""

        def found() -> list[Call]:
            return [call for call in self.calls if call.method == method]

        with self._called:
            came = self._called.wait_for(lambda: len(found()) >= times, SECONDS)
        assert came, f"{method} was called {len(found())} times of {times}"
        return found()

    def passes(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        """Asks the emulator, and keeps what it answered."""
        found = urlsplit(path)
        if found.query:
            in_address = parse_qsl(found.query, keep_blank_values=True)
            body = urlencode([*in_address, *parse_qsl(body.decode())]).encode()
            headers = {**headers, "Content-Type": FORM}
        status, answered = _post(f"{self.behind}{found.path}", headers, body)
        method = found.path.removeprefix("/api/")
        with self._called:
            self.calls.append(Call(method, _arguments(headers, body), json.loads(answered)))
            self._called.notify_all()
        return status, answered


def _post(url: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")
    try:
        with opener.open(request, timeout=SECONDS) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read()


def _arguments(headers: dict[str, str], body: bytes) -> Json:
    if "json" in headers.get("Content-Type", ""):
        found: Json = json.loads(body)
        return found
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _handler(door: Door) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            names = ("Authorization", "Content-Type")
            headers = {name: self.headers[name] for name in names if self.headers[name]}
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, answered = door.passes(self.path, headers, body)
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(answered)))
            self.end_headers()
            self.wfile.write(answered)

        do_GET = do_POST = _answer  # noqa: N815 - the standard library finds them by these names.

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its parent's name.
            """Says nothing beside the tests' own words."""

    return Handler
