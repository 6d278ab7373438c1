"""A small app for the fake Slack's own tests: it checks signatures and answers as it is told."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from tests.slack.fake import FakeSlack
from tests.slack.records import Json


@dataclass(frozen=True)
class Reply:
    """What the app answers: by default nothing, at once, with 200."""

    body: Any = ""
    status: int = 200
    after: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Heard:
    """A request as the app got it."""

    payload: Json
    headers: dict[str, str]


class StubApp:
    """An app at an address of its own; `answers` is what it does with each request."""

    def __init__(self, slack: FakeSlack) -> None:
        self.slack = slack
        self.heard: list[Heard] = []
        self.answers: Callable[[Json], Reply] = lambda _: Reply()
        self.dispatches: Callable[[dict[str, str], bytes], Reply] | None = None
        self.pages: dict[str, Reply] = {}
        self.asked: dict[str, dict[str, str]] = {}
        self._verifier = SignatureVerifier(slack.signing_secret)
        self._server = StubServer(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"
        slack.sends_to(self.url)

    @property
    def client(self) -> WebClient:
        """The Web API, as the bot of the first workspace, without second tries."""
        token = self.slack.workspace.bot_token
        return WebClient(token, base_url=self.slack.api_url, retry_handlers=[])

    def take(self, headers: dict[str, str], body: bytes) -> Reply:
        if not self._verifier.is_valid_request(body, headers):
            return Reply("forged", 401)
        payload = read(headers["Content-Type"], body)
        self.heard.append(Heard(payload, headers))
        if self.dispatches is not None:
            return self.dispatches(headers, body)
        return self.answers(payload)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class StubServer(ThreadingHTTPServer):
    """The server, which knows the app that it serves."""

    daemon_threads = True

    def __init__(self, app: StubApp) -> None:
        self.app = app
        super().__init__(("127.0.0.1", 0), StubHandler)


class StubHandler(BaseHTTPRequestHandler):
    """One request: read, answered by the app, written."""

    server: StubServer

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        self.server.app.asked[address.path] = dict(parse_qsl(address.query))
        self.answer(self.server.app.pages.get(address.path, Reply(status=404)))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        reply = self.server.app.take(dict(self.headers), body)
        time.sleep(reply.after)
        try:
            self.answer(reply)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self, reply: Reply) -> None:
        is_text = isinstance(reply.body, str)
        content = (reply.body if is_text else json.dumps(reply.body)).encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", "text/plain" if is_text else "application/json")
        self.send_header("Content-Length", str(len(content)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def read(content_type: str, body: bytes) -> Json:
    """A request as Slack documents it: JSON, or a form that may hold JSON."""
    if content_type == "application/json":
        event: Json = json.loads(body)
        return event
    form = dict(parse_qsl(body.decode(), keep_blank_values=True))
    held: Json = json.loads(form["payload"]) if "payload" in form else form
    return held
