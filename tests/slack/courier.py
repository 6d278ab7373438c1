"""What Slack sends to the app: signed HTTP or Socket Mode, three seconds, retries of events."""

import asyncio
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import WSMsgType, web

from tests.slack.records import Delivery, Json
from tests.slack.state import State
from tests.slack.web import WebSide

AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"
RETRY_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
OK = range(200, 300)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's signature, version 0, of the raw bytes of a body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


@dataclass
class Due:
    """An event that will be sent again."""

    at: datetime
    retry: int
    reason: str
    payload: Json


class Courier:
    """Carries what people do to the app, and what the app answers back."""

    def __init__(self, state: State, side: WebSide) -> None:
        self.state = state
        self.side = side
        self.app_url = ""
        self.patience = 3.0
        self.signs_at: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.due: list[Due] = []
        self._sockets: list[web.WebSocketResponse] = []
        self._acks: dict[str, asyncio.Future[Any]] = {}
        side.app.router.add_get("/link/", self.link)

    def send(self, kind: str, payload: Json, *, retry: int = 0, reason: str = "") -> Delivery:
        """Send one request and wait for the answer, from the test's own thread."""
        sending: Future[Delivery] = asyncio.run_coroutine_threadsafe(
            self._carry(kind, payload, retry, reason), self.side.loop
        )
        return sending.result(self.patience + 10)

    def send_soon(self, payload: Json) -> None:
        """Send an event without waiting for it, from any thread."""
        asyncio.run_coroutine_threadsafe(self.carry_event(payload), self.side.loop)

    def send_event(self, payload: Json) -> Delivery:
        """Send an event, at once again if it fails, and later when the clock says so."""
        sending = asyncio.run_coroutine_threadsafe(self.carry_event(payload), self.side.loop)
        return sending.result(2 * self.patience + 10)

    async def carry_event(self, payload: Json, retry: int = 0, reason: str = "") -> Delivery:
        delivery = await self._carry(f"event:{payload['event']['type']}", payload, retry, reason)
        stop = delivery.headers.get("answer:X-Slack-No-Retry") == "1"
        if delivery.status in OK or stop:
            return delivery
        if retry >= len(RETRY_AFTER):
            self.state.fault("event_lost", delivery.kind, delivery.error)
            return delivery
        again = Due(self.state.clock.now() + RETRY_AFTER[retry], retry + 1, delivery.error, payload)
        if RETRY_AFTER[retry] == timedelta(0):
            return await self.carry_event(payload, again.retry, again.reason)
        self.due.append(again)
        return delivery

    def send_due(self) -> list[Delivery]:
        """Send the events again whose time has come."""
        now = self.state.clock.now()
        ready = [due for due in self.due if due.at <= now]
        self.due = [due for due in self.due if due.at > now]
        sending = [
            asyncio.run_coroutine_threadsafe(
                self.carry_event(due.payload, due.retry, due.reason), self.side.loop
            )
            for due in ready
        ]
        return [sent.result(2 * self.patience + 10) for sent in sending]

    async def _carry(self, kind: str, payload: Json, retry: int, reason: str) -> Delivery:
        delivery = Delivery(kind, payload, retry=retry)
        self.state.deliveries.append(delivery)
        if self.app_url:
            await self._carry_by_http(delivery, reason)
        else:
            await self._carry_by_socket(delivery, reason)
        self.state.bell.ring()
        return delivery

    # HTTP

    async def _carry_by_http(self, delivery: Delivery, reason: str) -> None:
        body, content_type = encoded(delivery)
        delivery.headers = self.signed(body, content_type)
        if delivery.retry:
            delivery.headers |= {
                "X-Slack-Retry-Num": str(delivery.retry),
                "X-Slack-Retry-Reason": reason,
            }
        limit = aiohttp.ClientTimeout(total=self.patience)
        try:
            async with (
                aiohttp.ClientSession(timeout=limit) as session,
                session.post(self.app_url, data=body, headers=delivery.headers) as response,
            ):
                await self._take(delivery, response)
        except TimeoutError:
            delivery.error = "http_timeout"
        except aiohttp.ClientError as broken:
            delivery.error = "connection_failed"
            delivery.answer = str(broken)

    async def _take(self, delivery: Delivery, response: aiohttp.ClientResponse) -> None:
        delivery.status = response.status
        body = await response.text()
        is_json = response.content_type == "application/json" and body
        delivery.answer = json.loads(body) if is_json else body
        stop = response.headers.get("X-Slack-No-Retry")
        if stop:
            delivery.headers["answer:X-Slack-No-Retry"] = stop
        if response.status not in OK:
            delivery.error = "http_error"

    def signed(self, body: bytes, content_type: str) -> dict[str, str]:
        timestamp = str(int(self.signs_at().timestamp()))
        return {
            "Content-Type": content_type,
            "User-Agent": AGENT,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self.state.signing_secret, timestamp, body),
        }

    # Socket Mode

    async def link(self, request: web.Request) -> web.StreamResponse:
        """The app's end of Socket Mode: a ticket opens it once, a hello greets it."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.state.tickets:
            return web.Response(status=401)
        self.state.tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.append(socket)
        await socket.send_json(self._hello())
        self.state.bell.ring()
        async for frame in socket:
            if frame.type == WSMsgType.TEXT:
                self._acknowledged(frame.data)
        self._sockets.remove(socket)
        return socket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._sockets),
            "debug_info": {"host": "fake", "approximate_connection_time": 18060},
            "connection_info": {"app_id": self.state.app_id},
        }

    def _acknowledged(self, data: str) -> None:
        ack = json.loads(data) if data.startswith("{") else {}
        waiting = self._acks.pop(str(ack.get("envelope_id")), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(ack.get("payload") or "")

    async def _carry_by_socket(self, delivery: Delivery, reason: str) -> None:
        if not self._sockets:
            delivery.error = "connection_failed"
            return
        envelope = envelope_of(delivery, reason)
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._acks[envelope["envelope_id"]] = waiting
        await self._sockets[-1].send_json(envelope)
        try:
            delivery.answer = await asyncio.wait_for(waiting, self.patience)
            delivery.status = 200
        except TimeoutError:
            delivery.error = "http_timeout"

    @property
    def connections(self) -> int:
        return len(self._sockets)

    def refresh_sockets(self) -> None:
        """Ask the app to connect anew, as Slack does every few hours."""
        asyncio.run_coroutine_threadsafe(self._refresh(), self.side.loop).result(5)

    async def _refresh(self) -> None:
        for socket in list(self._sockets):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self.side.loop).result(5)

    async def _close(self) -> None:
        for socket in list(self._sockets):
            await socket.close()


def encoded(delivery: Delivery) -> tuple[bytes, str]:
    """The body of a request: events are JSON, commands a form, the rest JSON in a form."""
    if delivery.kind.startswith("event:") or delivery.kind == "url_verification":
        return json.dumps(delivery.payload).encode(), "application/json"
    form = delivery.payload
    if delivery.kind != "command":
        form = {"payload": json.dumps(delivery.payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def envelope_of(delivery: Delivery, reason: str) -> Json:
    """What Socket Mode wraps a request in."""
    kind = delivery.kind.partition(":")[0]
    names = {"command": "slash_commands", "event": "events_api"}
    envelope: Json = {
        "envelope_id": secrets.token_hex(16),
        "type": names.get(kind, "interactive"),
        "accepts_response_payload": kind != "event",
        "payload": delivery.payload,
    }
    if kind == "event":
        envelope |= {"retry_attempt": delivery.retry, "retry_reason": reason}
    return envelope
