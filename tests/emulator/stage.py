"""The real bot between a person's browser and keyboard and somebody else's Slack."""

from __future__ import annotations

import asyncio
import html
import json
import re
import secrets
import time
import urllib.request
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

from starlette.applications import Starlette

from bot.delivery.courier import Courier
from bot.slack.app import Surroundings, assemble
from bot.slack.manifest import REDIRECT_PATH, SCOPES
from bot.slack.sender import SlackSender
from bot.slack.settings import SlackSettings
from handlers.desk import Desk
from models.database import Database
from tests.conversations.slack_stage import KEY, Bot, MovedClock, Server
from tests.emulator.door import Door
from tests.emulator.emulator import SECONDS, Emulator, Json
from tests.slack.courier import signature
from tests.slack.installing import NoRedirects, Page, fetched

PUBLIC = "https://samverkan.example"
"""The bot's own address as Slack knows it; the tests' browser finds the bot behind it."""

TEAM = "T000000001"
SIGNING_SECRET = "a signing secret for tests"
CLIENT_ID, CLIENT_SECRET = "4711.1147", "a client secret for tests"
ADMIN = "xoxp-administrator"
"""The token of the workspace's administrator, by whom others than the bot act."""

NARROW = {"xoxb-posts-only": ["chat:write"], "xoxb-no-addresses": ["chat:write", "users:read"]}
"""Tokens of a bot that was given fewer scopes than it asked for."""

MEMBERS = {
    "Maja Ekvall": "maja.ekvall@farsta.stockholm.example",
    "Karim Haddad": "karim.haddad@trafik.stockholm.example",
    "Jonas Lindmark": "jonas.lindmark@polisen.example",
    "Eva Nordin": "eva.nordin@slk.stockholm.example",
    "Nils Okänd": "nils@nagonstans.example",
}
CONSENT = re.compile(r'<form[^>]*action="([^"]*)".*?</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"')


def seed() -> Json:
    """A workspace with people of the demo, a public and a private channel, and our app."""
    handles = {name: email.partition("@")[0] for name, email in MEMBERS.items()}
    return {
        "team": {"name": "Stockholms stad", "domain": "stockholms-stad"},
        "users": [
            {"name": handles[name], "real_name": name, "email": email}
            for name, email in MEMBERS.items()
        ],
        "channels": [
            {"name": "farsta-beredning"},
            {"name": "farsta-stangd", "is_private": True},
        ],
        "oauth_apps": [
            {
                "client_id": CLIENT_ID,
                "client_secret": CLIENT_SECRET,
                "app_id": "A000000001",
                "name": "Samverkansbot",
                "redirect_uris": [f"{PUBLIC}{REDIRECT_PATH}"],
                "scopes": sorted(SCOPES),
            }
        ],
        "tokens": [
            {"token": ADMIN, "type": "user", "user": "admin"},
            *(
                {"token": token, "type": "bot", "user": "samverkansbot", "scopes": scopes}
                for token, scopes in NARROW.items()
            ),
        ],
        "strict_scopes": True,
    }


@dataclass(frozen=True)
class Member:
    """Somebody with an account in the emulator's workspace."""

    stage: Stage
    user: str

    def commands(self, line: str, trigger: str = "") -> Json:
        """Types `/samverkan …` in the channel; the answer is the response's JSON, or empty."""
        return self.stage.delivers(
            {
                "team_id": TEAM,
                "channel_id": self.stage.channel,
                "channel_name": "farsta-beredning",
                "user_id": self.user,
                "command": "/samverkan",
                "text": line,
                "is_enterprise_install": "false",
                "trigger_id": trigger or self.trigger(),
            }
        )

    def presses(self, action: str, value: str = "") -> Json:
        """Presses a button on a message of the bot's in the channel."""
        pressed = {"type": "button", "action_id": action, "value": value}
        return self._interacts(
            type="block_actions",
            channel={"id": self.stage.channel, "name": "farsta-beredning"},
            container={"type": "message", "is_ephemeral": True},
            actions=[pressed],
        )

    def sends(self, view: Json, values: Json) -> Json:
        """Sends a form, which the emulator has given back, with what was filled in."""
        state = {"values": values}
        return self._interacts(type="view_submission", view={**view, "state": state})

    def event(self, kind: str, **more: object) -> Json:
        """Something that Slack tells of this person."""
        return self.stage.tells({"type": kind, "user": self.user, **more})

    def trigger(self) -> str:
        """A fresh trigger, good for one form within three seconds."""
        made = self.stage.emulator.asks(
            "views.generateTriggerId", self.stage.token, user_id=self.user
        )
        return str(made["trigger_id"])

    def _interacts(self, **what: object) -> Json:
        who = {"id": self.user, "team_id": TEAM}
        payload = {"team": {"id": TEAM}, "user": who, "trigger_id": self.trigger(), **what}
        return self.stage.delivers({"payload": json.dumps(payload)})


@dataclass
class Stage:
    """The bot, the emulator, and the door between them."""

    bot: Bot
    emulator: Emulator
    door: Door
    _users: dict[str, str] = field(default_factory=dict)

    @property
    def sender(self) -> SlackSender:
        """What posts the queued messages."""
        return self.bot.slack.sender

    @property
    def token(self) -> str:
        """The bot's token, as the installation left it."""
        installed = self.bot.slack.installations.find(TEAM)
        assert installed is not None
        return installed.token

    @property
    def channel(self) -> str:
        """The id of the public channel."""
        return self.room("farsta-beredning")

    def room(self, name: str) -> str:
        """The id of a channel."""
        kinds = "public_channel,private_channel"
        found = self.emulator.asks("conversations.list", ADMIN, types=kinds)["channels"]
        return next(str(room["id"]) for room in found if room["name"] == name)

    def member(self, name: str) -> Member:
        """Somebody by their name."""
        found = self.emulator.asks("users.lookupByEmail", ADMIN, email=MEMBERS[name])
        return Member(self, str(found["user"]["id"]))

    def history(self, channel: str) -> list[Json]:
        """What stands in a conversation, the newest first, as the bot may read it."""
        found: list[Json] = self.emulator.asks(
            "conversations.history", self.token, channel=channel, limit=200
        )["messages"]
        return found

    def begins_installing(self) -> tuple[str, dict[str, str]]:
        """From the bot's own page through Slack's consent: the way back, and the cookies."""
        first = fetched(f"{self.bot.url}/slack/install")
        return self.consents(first.location), first.cookies

    def consents(self, consent_url: str) -> str:
        """Somebody presses their name on the emulator's page, which answers with the way back."""
        page = fetched(consent_url)
        form = CONSENT.search(page.text)
        assert form is not None, page.text
        hidden = {name: html.unescape(value) for name, value in HIDDEN.findall(form[0])}
        return _location(f"{self.emulator.url}{form[1]}", hidden)

    def comes_back(self, way: str, cookies: dict[str, str]) -> Page:
        """The browser follows Slack's way back to the bot."""
        assert way.startswith(f"{PUBLIC}{REDIRECT_PATH}?"), way
        return fetched(way.replace(PUBLIC, self.bot.url, 1), cookies)

    def installs(self) -> Page:
        """The whole installation; the page at its end."""
        return self.comes_back(*self.begins_installing())

    def tells(self, event: Json) -> Json:
        """Sends an event as Slack does."""
        envelope = {"type": "event_callback", "team_id": TEAM, "event": event}
        body = json.dumps({**envelope, "event_id": f"Ev{secrets.token_hex(5)}"})
        return self._signed(body.encode(), "application/json")

    def delivers(self, form: dict[str, str]) -> Json:
        """Sends a command or a pressed button as Slack does."""
        return self._signed(urlencode(form).encode(), "application/x-www-form-urlencoded")

    def _signed(self, body: bytes, content_type: str) -> Json:
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(SIGNING_SECRET, timestamp, body),
        }
        request = urllib.request.Request(f"{self.bot.url}/slack/events", body, headers)
        with urllib.request.urlopen(request, timeout=SECONDS) as response:
            return json.loads(response.read() or b"{}") or {}


def _location(url: str, form: dict[str, str]) -> str:
    """Where a form that is sent leads."""
    opener = urllib.request.build_opener(NoRedirects, urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, urlencode(form).encode(), timeout=SECONDS):
            raise AssertionError("the emulator did not lead back")
    except HTTPError as led:
        with led:
            return str(led.headers["Location"])


@contextmanager
def running_stage(
    emulator: Emulator, database: Database, client_secret: str = CLIENT_SECRET
) -> Iterator[Stage]:
    """The bot, not yet installed, with the emulator as its Slack; it has stopped when this ends."""
    with Door(emulator.url) as door:
        settings = SlackSettings(
            signing_secret=SIGNING_SECRET,
            client_id=CLIENT_ID,
            client_secret=client_secret,
            public_url=PUBLIC,
            encryption_keys=(KEY,),
            api_url=door.api_url,
            site_url=emulator.url,
        )
        with _serving(settings, database) as bot:
            yield Stage(bot, emulator, door)


@contextmanager
def _serving(settings: SlackSettings, database: Database) -> Iterator[Bot]:
    desk, clock = Desk(database=database, secret=KEY.encode()), MovedClock()
    couriers: list[Courier] = []

    def wake() -> None:
        for courier in couriers:
            courier.wake()

    slack = assemble(settings, Surroundings(desk, clock, wake))
    couriers.append(Courier(database, {"slack": slack.sender}, clock.now, threads=2))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> Any:
        async with slack.running():
            couriers[0].start()
            yield
            await asyncio.to_thread(couriers[0].stop)

    with Server(Starlette(routes=list(slack.routes), lifespan=lifespan)) as server:
        yield Bot(slack, database, desk, clock, couriers[0], server.url)
