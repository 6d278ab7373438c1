"""The HTTP side: the Web API's methods, response_urls, uploads and the Socket Mode endpoint."""

import asyncio
import base64
import json
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from tests.slack.records import Call, Json, Trouble, Workspace
from tests.slack.state import ApiError, State

WHOLE_SECOND, WHOLE_MINUTE = timedelta(seconds=1), timedelta(minutes=1)
SLOW = frozenset({"ratelimited", "message_limit_exceeded"})


@dataclass(frozen=True)
class Asked:
    """A call that has been let in: in which workspace, with what arguments."""

    workspace: Workspace
    args: Json

    def text(self, name: str, missing: str = "invalid_arguments") -> str:
        value = self.args.get(name)
        if not value:
            raise ApiError(missing, response_metadata={"messages": [f"[ERROR] missing {name}"]})
        return str(value)

    def object(self, name: str) -> Json:
        """An argument that is an object, or the JSON of one."""
        value = self.args.get(name)
        try:
            value = json.loads(value) if isinstance(value, str) else value
        except ValueError as bad:
            raise ApiError("invalid_arguments") from bad
        if not isinstance(value, dict):
            raise ApiError("invalid_arguments")
        return value

    def items(self, name: str) -> list[Any]:
        """An argument that is a list, or the JSON of one."""
        value = self.args.get(name) or []
        try:
            value = json.loads(value) if isinstance(value, str) else value
        except ValueError as bad:
            raise ApiError("invalid_arguments") from bad
        if not isinstance(value, list):
            raise ApiError("invalid_arguments")
        return value


@dataclass(frozen=True)
class Method:
    """A Web API method: what it does, which scope it takes, how often it may be called."""

    run: Callable[[State, Asked], Json]
    scope: str = ""
    per_minute: int = 0
    takes_json: bool = True
    token: str = "bot"


METHODS: dict[str, Method] = {}


def method(
    name: str, scope: str = "", per_minute: int = 0, *, takes_json: bool = True, token: str = "bot"
) -> Callable[[Callable[[State, Asked], Json]], Callable[[State, Asked], Json]]:
    """Give a function a name in the Web API."""

    def register(run: Callable[[State, Asked], Json]) -> Callable[[State, Asked], Json]:
        METHODS[name] = Method(run, scope, per_minute, takes_json, token)
        return run

    return register


class Limits:
    """How often a method, and a channel, may be written to; in Slack's time."""

    def __init__(self) -> None:
        self._calls: dict[tuple[str, str], deque[datetime]] = defaultdict(deque)
        self._next: dict[str, datetime] = {}

    def wait(self, key: tuple[str, str], per_minute: int, at: datetime) -> int:
        """Seconds to wait before this call may be made; 0 takes a place."""
        calls = self._calls[key]
        while calls and at - calls[0] >= WHOLE_MINUTE:
            calls.popleft()
        if per_minute and len(calls) >= per_minute:
            return int((calls[0] + WHOLE_MINUTE - at).total_seconds()) + 1
        calls.append(at)
        return 0

    def wait_for_workspace(self, team: str, per_second: int, at: datetime) -> int:
        """Seconds to wait before anything more may be posted in a workspace; 0 takes a place."""
        posts = self._calls[team, "a second"]
        while posts and at - posts[0] >= WHOLE_SECOND:
            posts.popleft()
        if per_second and len(posts) >= per_second:
            return 1
        posts.append(at)
        return 0

    def wait_for_channel(self, channel: str, rest: timedelta, at: datetime) -> int:
        free = self._next.get(channel)
        if free is not None and at < free:
            return max(1, round((free - at).total_seconds()))
        self._next[channel] = at + rest
        return 0


class WebSide:
    """Slack's servers, as one aiohttp application on a port of its own."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.limits = Limits()
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="fake-slack", daemon=True)
        self.app = web.Application(client_max_size=4 * 1024 * 1024)
        self.app.router.add_route("*", "/api/{method}", self.call)

    def start(self) -> None:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self.loop).result(10)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._wind_up(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()

    async def _wind_up(self) -> None:
        """Let go of what is still on its way, then of the port."""
        await self._runner.cleanup()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    async def _listen(self) -> None:
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.state.base_url = f"http://{host}:{port}"

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One call of a Web API method."""
        name = request.match_info["method"]
        known = METHODS.get(name)
        try:
            args = await arguments(request, takes_json=known is None or known.takes_json)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_json"})
        call = Call(name, args, self.state.clock.now())
        self.state.calls.append(call)
        trouble = self._trouble(name)
        if trouble is Trouble.ERROR:
            call.status = 500
            return web.json_response({"ok": False, "error": "internal_error"}, status=500)
        response = self._answer(call, known, token_of(request, args))
        self.state.on_call(call)
        self.state.bell.ring()
        if trouble is Trouble.DROP and request.transport is not None:
            request.transport.abort()
        if trouble is Trouble.ERROR_AFTER:
            return web.json_response({"ok": False, "error": "internal_error"}, status=500)
        return response

    def _trouble(self, name: str) -> Trouble | None:
        if name == "chat.postMessage" and self.state.trouble:
            return self.state.trouble.popleft()
        return self.state.chance(name)

    def _answer(self, call: Call, known: Method | None, token: str) -> web.Response:
        headers = {}
        try:
            if known is None:
                self.state.fault("unknown_method", call.method, "Slack knows no such method")
                raise ApiError("unknown_method")
            asked = self._let_in(call, known, token)
            call.team = asked.workspace.team_id
            headers["X-OAuth-Scopes"] = ",".join(sorted(asked.workspace.scopes))
            call.wait, refusal = self._wait(call, known, asked)
            if call.wait:
                headers["Retry-After"] = str(call.wait)
                raise ApiError(refusal)
            call.answer = {"ok": True, **known.run(self.state, asked)}
        except ApiError as error:
            call.answer = {"ok": False, "error": error.code, **error.extra}
        call.status = 429 if call.answer.get("error") in SLOW else 200
        return web.json_response(call.answer, status=call.status, headers=headers)

    def _let_in(self, call: Call, known: Method, token: str) -> Asked:
        """Is the token of the right kind, of a workspace, and may it do this?"""
        if known.token == "none":
            return Asked(NOWHERE, call.args)
        if known.token == "app":
            if token != self.state.app_token:
                raise ApiError("not_allowed_token_type" if token else "not_authed")
            return Asked(NOWHERE, call.args)
        workspace = self.state.workspace_of(token)
        if known.scope and known.scope not in workspace.scopes:
            provided = ",".join(sorted(workspace.scopes))
            raise ApiError("missing_scope", needed=known.scope, provided=provided)
        return Asked(workspace, call.args)

    def _wait(self, call: Call, known: Method, asked: Asked) -> tuple[int, str]:
        """How many seconds to wait, and what Slack calls it: the method's, the room's or all's."""
        if not self.state.limits_rate:
            return 0, ""
        at = self.state.clock.now()
        wait = self.limits.wait((call.team, call.method), known.per_minute, at)
        if wait or call.method != "chat.postMessage":
            return wait, "ratelimited"
        room = self.state.room_to_write_in(asked.workspace, call.args.get("channel"))
        if wait := self.limits.wait_for_channel(room.channel_id, self.state.channel_rest, at):
            return wait, "ratelimited"
        per_second = self.state.posts_per_second
        return self.limits.wait_for_workspace(call.team, per_second, at), "message_limit_exceeded"


NOWHERE = Workspace("", "", "", "", "", "", set())


async def arguments(request: web.Request, *, takes_json: bool) -> Json:
    """The arguments of a call, from the address, a form or JSON (where the method takes JSON)."""
    args: Json = dict(request.query)
    kind = request.content_type
    if kind == "application/json":
        body = await request.read()
        sent = json.loads(body) if body and takes_json else {}
        args.update(sent if isinstance(sent, dict) else {})
    elif request.body_exists:
        args.update(await request.post())
    return args


def token_of(request: web.Request, args: Json) -> str:
    """The token of a call; an app's own id and secret (Basic) become arguments instead."""
    sort, _, token = request.headers.get("Authorization", "").partition(" ")
    if sort.lower() == "basic":
        names = base64.b64decode(token).decode().partition(":")
        args.setdefault("client_id", names[0])
        args.setdefault("client_secret", names[2])
        return ""
    return token if sort.lower() == "bearer" else str(args.pop("token", ""))
