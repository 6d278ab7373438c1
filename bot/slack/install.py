"""Installing the bot in a workspace: to Slack with a key that works once, and back with a token."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import structlog
from jinja2 import Environment, FileSystemLoader
from slack_sdk.errors import SlackApiError
from sqlalchemy import update
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.slack.installations import Installations, Installed
from bot.slack.manifest import COMMAND, REDIRECT_PATH, SCOPES
from bot.slack.settings import SlackSettings
from bot.slack.turns import Reception
from handlers import texts
from models.language import Language
from models.people.accounts import OneTimeKey

PURPOSE = "slack_install"
COOKIE = "samverkan_slack_install"
MINUTES = 10

PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Install:
    """The two addresses of Slack's OAuth, and the page that a coordinator sees at the end."""

    settings: SlackSettings
    installations: Installations
    reception: Reception

    async def begin(self, request: Request) -> Response:
        """Sends the browser to Slack, with a state that comes back once within ten minutes."""
        state = secrets.token_urlsafe(32)
        await self.reception.workers.run(self._remember, state, self.reception.clock.now())
        asked = urlencode(
            {
                "client_id": self.settings.client_id,
                "scope": ",".join(sorted(SCOPES)),
                "state": state,
                "redirect_uri": self._redirect_uri(request),
            }
        )
        site = self.settings.site_url.rstrip("/")
        response = RedirectResponse(f"{site}/oauth/v2/authorize?{asked}", status_code=302)
        # The same browser must come back, so that nobody can be led into finishing another's
        # installation.
        response.set_cookie(
            COOKIE,
            state,
            max_age=MINUTES * 60,
            httponly=True,
            samesite="lax",
            secure=self._redirect_uri(request).startswith("https:"),
        )
        return response

    async def finish(self, request: Request) -> Response:
        """Takes the code that Slack sends back, and shows what to do next."""
        language = _language(request)
        state, code = request.query_params.get("state", ""), request.query_params.get("code", "")
        same_browser = hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), state.encode())
        workers, at = self.reception.workers, self.reception.clock.now()
        if not (state and same_browser and await workers.run(self._redeem, state, at)):
            return _page("refused.html", language, 400, reason=_stale(language))
        if not code:
            return _page("refused.html", language, 400, reason=_stopped(language))
        try:
            installed, app_id = await self._exchange(code, self._redirect_uri(request))
        except (TimeoutError, SlackApiError, aiohttp.ClientError) as error:
            log.warning("slack_install_failed", error=type(error).__name__)
            return _page("refused.html", language, 502, reason=_failed(language))
        await workers.run(self.installations.save, installed, at)
        link = f"{self.settings.site_url}/app_redirect?" + urlencode(
            {"app": app_id, "team": installed.workspace}
        )
        response = _page("installed.html", language, 200, name=installed.name, link=link)
        response.delete_cookie(COOKIE)
        return response

    async def _exchange(self, code: str, redirect_uri: str) -> tuple[Installed, str]:
        """The code for a token; `auth.test` adds the bot's own id."""
        web = self.reception.web
        # Slack's library would sign in with a kind of header that aiohttp is about to drop.
        asked = {
            "client_id": self.settings.client_id,
            "client_secret": self.settings.client_secret,
            "code": code,
            "redirect_uri": redirect_uri,
        }
        answer = await web.client(None).api_call("oauth.v2.access", data=asked)
        tested = await web.client(str(answer["access_token"])).auth_test()
        return installed_from(answer.data, tested.data), str(answer.get("app_id") or "")

    def _redirect_uri(self, request: Request) -> str:
        base = self.settings.public_url or str(request.base_url)
        return f"{base.rstrip('/')}{REDIRECT_PATH}"

    def _digest(self, state: str) -> str:
        return hmac.new(
            self.reception.desk.secret, f"{PURPOSE}:{state}".encode(), sha256
        ).hexdigest()

    def _remember(self, state: str, at: datetime) -> None:
        with self.reception.desk.database.write() as session:
            ends_at = at + timedelta(minutes=MINUTES)
            session.add(OneTimeKey(purpose=PURPOSE, digest=self._digest(state), ends_at=ends_at))

    def _redeem(self, state: str, at: datetime) -> bool:
        """Whether the key was ours, unused and in time; it is used now."""
        with self.reception.desk.database.write() as session:
            used = session.execute(
                update(OneTimeKey)
                .where(
                    OneTimeKey.purpose == PURPOSE,
                    OneTimeKey.digest == self._digest(state),
                    OneTimeKey.used_at.is_(None),
                    OneTimeKey.ends_at > at,
                )
                .values(used_at=at)
                .returning(OneTimeKey.id)
            )
            return used.first() is not None


def installed_from(answer: Any, tested: Any) -> Installed:
    """The installation that Slack describes; an organisation-wide one is the organisation's."""
    wide = bool(answer.get("is_enterprise_install"))
    place = (answer.get("enterprise") if wide else answer.get("team")) or {}
    return Installed(
        workspace=str(place.get("id") or tested.get("team_id") or ""),
        token=str(answer["access_token"]),
        name=str(place.get("name") or tested.get("team") or ""),
        bot_id=str(tested.get("bot_id") or ""),
        bot_user=str(answer.get("bot_user_id") or tested.get("user_id") or ""),
        scopes=tuple(filter(None, str(answer.get("scope") or "").split(","))),
    )


def _language(request: Request) -> Language:
    wished = request.headers.get("accept-language", "sv")[:2].lower()
    return texts.language("en" if wished == "en" else "sv")


def _page(template: str, language: Language, status: int, **values: str) -> Response:
    help_verb = "help" if language.code == "en" else "hjälp"
    words = {"lang": language.code, "command": COMMAND, "help_verb": help_verb, **values}
    page = PAGES.get_template(template).render(_=language._, **words)
    return HTMLResponse(page, status_code=status, headers={"Cache-Control": "no-store"})


def _stale(language: Language) -> str:
    return language._("The link was used already, is too old, or was begun in another browser.")


def _stopped(language: Language) -> str:
    return language._("The installation was stopped in Slack.")


def _failed(language: Language) -> str:
    return language._("Slack did not accept the installation.")
