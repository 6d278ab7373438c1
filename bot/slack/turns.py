"""One request on its way through the edge: who asked, what was answered, which ways lead back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import OperationalError

from bot.clock import Clock
from bot.slack.people import Asker, People
from bot.slack.requests import sender
from bot.slack.web import Web
from bot.slack.workers import Workers
from handlers import texts
from handlers.desk import Desk
from handlers.requests import AnyRequest, Identity
from handlers.router import DATABASE_AWAY, Answer
from models.language import Language
from models.message import Message, Text

Body = Mapping[str, Any]
MakesRequest = Callable[[Body, Identity, datetime], AnyRequest]
Ask = Callable[[AnyRequest, Desk], Answer]


@dataclass(frozen=True)
class Turn:
    """A request that has been answered, and what is needed to say the answer."""

    body: Body
    request: AnyRequest
    answer: Answer
    language: Language
    client: AsyncWebClient

    @property
    def response_url(self) -> str:
        """Where Slack takes up to five answers within half an hour; empty for events and homes."""
        return str(self.body.get("response_url") or "")

    @property
    def user(self) -> str:
        """Slack's id of the member."""
        return self.request.who.user


@dataclass(frozen=True)
class Reception:
    """Takes requests to the router, in a worker thread, and brings the answers."""

    desk: Desk
    clock: Clock
    workers: Workers
    people: People
    web: Web
    ask: Ask

    async def turn(self, body: Body, token: str | None, make: MakesRequest) -> Turn:
        """Asks who it is, then what to answer; a database that is away becomes a sentence."""
        client = self.web.client(token)
        at = self.clock.now()
        try:
            asker = await self.people.asker(sender(body), client)
        except OperationalError:
            asker = self._nobody(body)
            away = Answer(sentence(self.speech(asker), DATABASE_AWAY), failed=True)
            return self._turn(body, client, make(body, asker.who, at), away)
        request = make(body, asker.who, at)
        found = await self.workers.run(self.ask, request, self.desk)
        return Turn(body, request, found, self.speech(asker), client)

    def speech(self, asker: Asker) -> Language:
        """The language in which the edge itself speaks to somebody."""
        return texts.language(asker.language)

    def _nobody(self, body: Body) -> Asker:
        found = sender(body)
        who = Identity(platform="slack", workspace=found.workspace, user=found.user, guest=True)
        return Asker(who, self.desk.language)

    def _turn(self, body: Body, client: AsyncWebClient, request: AnyRequest, found: Answer) -> Turn:
        return Turn(body, request, found, texts.language(self.desk.language), client)


def sentence(language: Language, text: str, **values: object) -> Message:
    """One sentence as a message."""
    words = language._(text, **values)
    return Message(summary=words, parts=(Text(text=words),))
