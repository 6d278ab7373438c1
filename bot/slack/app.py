"""The Slack edge put together: guard, Bolt, listeners, sender, installation and Socket Mode.

Bolt runs as `AsyncApp` with `process_before_response`, so that no answer waits for a poll, and
with one listener for each kind of request, since it asks its listeners one after the other.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import OperationalError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.clock import Clock, SystemClock
from bot.drawing.studio import Studio
from bot.settings import BadSetting
from bot.slack import socket
from bot.slack.bridge import Bridge
from bot.slack.changes import Changes
from bot.slack.enclosures import Enclosures
from bot.slack.events import Events
from bot.slack.guard import Guard
from bot.slack.install import Install, installed_from
from bot.slack.installations import Installations, Installed, cipher
from bot.slack.interactive import Interactive
from bot.slack.manifest import EVENTS_PATH, REDIRECT_PATH
from bot.slack.people import People
from bot.slack.replies import Replies
from bot.slack.sender import SlackSender
from bot.slack.settings import SlackSettings
from bot.slack.turns import Ask, Reception
from bot.slack.web import Web
from bot.slack.workers import Followers, Workers
from handlers import texts
from handlers.desk import Desk
from handlers.router import DATABASE_AWAY, UNEXPECTED, answer

ANYTHING = re.compile(".*", re.DOTALL)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Slack:
    """What the rest of the program sees: routes, a sender, and a span of running."""

    settings: SlackSettings
    app: AsyncApp
    sender: SlackSender
    reception: Reception
    installations: Installations
    followers: Followers
    routes: tuple[Route, ...]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """From the first request to the last; also holds the Socket Mode connection."""
        web = self.reception.web
        self.sender.bridge.attach(asyncio.get_running_loop())
        self.app.client.session = web.session
        handler = None
        try:
            if self.settings.bot_token:
                await self._introduce()
            if self.settings.app_token:
                handler = await socket.connected(self.app, web, self.settings.app_token)
            yield
        finally:
            if handler is not None:
                await handler.close_async()
            await self.followers.close()
            await web.close()
            self.reception.workers.close()

    async def _introduce(self) -> None:
        """Keeps the one workspace's token as an installation like any other."""
        token, web = self.settings.bot_token, self.reception.web
        try:
            tested = await web.client(token).auth_test()
        except SlackApiError as error:
            reason = error.response.get("error")
            raise BadSetting(f"SLACK_BOT_TOKEN is refused by Slack ({reason}).") from error
        except (TimeoutError, aiohttp.ClientError) as error:
            log.warning("slack_not_reached_at_start", error=type(error).__name__)
            return
        workers, at = self.reception.workers, self.reception.clock.now()
        installed = _introduced(token, tested.data, tested.headers)
        if await workers.run(self.installations.find, installed.workspace) != installed:
            await workers.run(self.installations.save, installed, at)


@dataclass(frozen=True)
class Surroundings:
    """What the edge stands in; `wake` is called when a message was queued.

    `clock` is the bot's and may be moved; what Slack has signed is judged by `real_clock`.
    """

    desk: Desk
    clock: Clock
    wake: Callable[[], None]
    real_clock: Clock = field(default_factory=SystemClock)
    ask: Ask = answer
    studio: Studio = field(default_factory=Studio)


def assemble(settings: SlackSettings, around: Surroundings) -> Slack:
    """The parts joined: what comes in is asked of `around`, what goes out is sent to Slack."""
    web, workers, followers = Web(settings.api_url), Workers(), Followers()
    database = around.desk.database
    installations = Installations(database, cipher(settings.encryption_keys))
    people = People(database, workers, around.desk.language)
    reception = Reception(around.desk, around.clock, workers, people, web, around.ask)
    enclosures = Enclosures(followers, around.studio)
    replies = Replies(database, workers, web, around.wake, enclosures)
    app = _app(settings, around.desk.language, installations, workers)
    events = Events(reception, replies, Changes(reception, installations))
    _listen(app, Interactive(reception, replies, followers), events)
    app.error(_on_error(around.desk))
    guard = Guard(_into(app), settings.signing_secret, around.real_clock.now)
    return Slack(
        settings=settings,
        app=app,
        sender=SlackSender(installations, web, Bridge(), around.studio, around.desk.language),
        reception=reception,
        installations=installations,
        followers=followers,
        routes=_routes(settings, guard, Install(settings, installations, reception)),
    )


def _routes(settings: SlackSettings, guard: Guard, install: Install) -> tuple[Route, ...]:
    routes = [Route(EVENTS_PATH, guard)] if settings.signing_secret else []
    if settings.client_id:
        routes.append(Route("/slack/install", install.begin, methods=["GET"]))
        routes.append(Route(REDIRECT_PATH, install.finish, methods=["GET"]))
    return tuple(routes)


NOT_INSTALLED = "The bot is not installed in this workspace. Ask whoever looks after it."


def _app(
    settings: SlackSettings, language: str, installations: Installations, workers: Workers
) -> AsyncApp:
    """Bolt with our own authorisation; the guard has verified the signature already."""
    # Bolt's verification logs the whole body of what it refuses, should it ever be asked.
    for name in ("RequestVerification", "AsyncRequestVerification"):
        logging.getLogger(f"slack_bolt.{name}").setLevel(logging.CRITICAL)

    async def authorize(context: AsyncBoltContext) -> Any:
        found = await _installed(installations, workers, context)
        return _authorized(found, context) if found is not None else None

    return AsyncApp(
        name="samverkan",
        signing_secret=settings.signing_secret,
        client=AsyncWebClient(base_url=settings.api_url, retry_handlers=[]),
        authorize=authorize,
        user_facing_authorize_error_message=texts.language(language)._(NOT_INSTALLED),
        process_before_response=True,
        request_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )


async def _installed(
    installations: Installations, workers: Workers, context: AsyncBoltContext
) -> Installed | None:
    """The installation that a request belongs to: the workspace's, else the organisation's."""
    wide = context.is_enterprise_install
    for workspace in (None if wide else context.team_id, context.enterprise_id):
        if not workspace:
            continue
        found = installations.at_hand(workspace)
        found = found or await workers.run(installations.find, workspace)
        if found is not None:
            return found
    return None


def _authorized(found: Installed, context: AsyncBoltContext) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=context.enterprise_id,
        team_id=context.team_id,
        bot_token=found.token,
        bot_id=found.bot_id or None,
        bot_user_id=found.bot_user or None,
        bot_scopes=list(found.scopes),
    )


def _listen(app: AsyncApp, by_hand: Interactive, events: Events) -> None:
    """One listener for each kind of request."""
    app.command(ANYTHING)(by_hand.command)
    app.action(ANYTHING)(by_hand.action)
    app.view(ANYTHING)(by_hand.submission)
    app.view_closed(ANYTHING)(by_hand.closed)
    app.options(ANYTHING)(by_hand.suggestion)
    app.shortcut(ANYTHING)(by_hand.shortcut)
    app.event(ANYTHING)(events.event)


def _into(app: AsyncApp) -> Callable[[str, Request], Any]:
    """What stands behind the guard: Bolt."""

    async def dispatch(body: str, request: Request) -> Response:
        asked = AsyncBoltRequest(body=body, headers=dict(request.headers))
        answer = await app.async_dispatch(asked)
        return Response(answer.body, answer.status, headers=answer.first_headers())

    return dispatch


def _on_error(desk: Desk) -> Callable[..., Any]:
    """What a member is told when the edge itself fails; Slack sends an event again."""

    async def failed(error: Exception, body: dict[str, Any]) -> BoltResponse:
        log.error("slack_request_failed", kind=body.get("type"), exc_info=error)
        if "event" in body:
            return BoltResponse(status=503, body="")
        text = DATABASE_AWAY if isinstance(error, OperationalError) else UNEXPECTED
        words = texts.language(desk.language)._(text, number="-")
        if body.get("type") == "view_submission":
            names = [row["block_id"] for row in body["view"]["blocks"] if row["type"] == "input"]
            return BoltResponse(
                status=200, body={"response_action": "errors", "errors": {names[0]: words}}
            )
        return BoltResponse(status=200, body={"response_type": "ephemeral", "text": words})

    return failed


def _introduced(token: str, tested: Any, headers: Any) -> Installed:
    """The installation that one workspace's token stands for."""
    scopes = str((headers or {}).get("X-OAuth-Scopes") or "")
    return installed_from({"access_token": token, "scope": scopes.replace(" ", "")}, tested)
