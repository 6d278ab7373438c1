"""Who is behind a Slack account: a linked member, or somebody whose e-mail Slack vouches for."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import select

from bot.slack.requests import PLATFORM, Sender
from bot.slack.workers import Workers
from handlers.requests import Identity
from models.database import Database
from models.people.accounts import Account
from models.people.organisations import Person

KEPT_SECONDS = 60.0
MOST_KEPT = 5_000

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Asker:
    """A sender as the handlers know them, and the language the edge itself answers in."""

    who: Identity
    language: str


class People:
    """Asks the database who is linked, and Slack about the others; keeps answers for a minute."""

    def __init__(
        self,
        database: Database,
        workers: Workers,
        language: str,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._workers = workers
        self._language = language
        self._ticks = ticks
        self._kept: dict[Sender, tuple[float, Asker]] = {}

    async def asker(self, sender: Sender, client: AsyncWebClient) -> Asker:
        """Who sent something."""
        read_at, kept = self._kept.get(sender, (float("-inf"), None))
        if kept is not None and self._ticks() - read_at < KEPT_SECONDS:
            return kept
        language = await self._workers.run(self._language_of_linked, sender)
        if language is not None:
            asker = Asker(identity(sender), language)
        else:
            asker = Asker(await _vouched_for(sender, client), self._language)
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[sender] = (self._ticks(), asker)
        return asker

    def forget(self) -> None:
        """Asks anew, because somebody has changed."""
        self._kept.clear()

    def _language_of_linked(self, sender: Sender) -> str | None:
        query = (
            select(Person.language)
            .join(Account, Account.person_id == Person.id)
            .where(
                Account.platform == PLATFORM,
                Account.workspace == sender.workspace,
                Account.user == sender.user,
                Account.gone_at.is_(None),
            )
        )
        with self._database.read() as session:
            return session.scalars(query).first()


def identity(sender: Sender) -> Identity:
    """The sender as the payload alone tells."""
    return Identity(
        platform=PLATFORM, workspace=sender.workspace, user=sender.user, guest=sender.foreign
    )


async def _vouched_for(sender: Sender, client: AsyncWebClient) -> Identity:
    """The sender with the e-mail that Slack has verified; without it when Slack cannot be asked."""
    found = identity(sender)
    try:
        answer = await client.users_info(user=sender.user)
    except (TimeoutError, SlackApiError, aiohttp.ClientError) as error:
        log.warning("slack_person_unknown", error=type(error).__name__)
        return found
    return with_profile(found, answer["user"])


def with_profile(found: Identity, user: Mapping[str, Any]) -> Identity:
    """The identity with what `users.info` says: name, confirmed e-mail, and whether a guest."""
    profile = user.get("profile") or {}
    confirmed = user.get("is_email_confirmed") is not False
    guest = any(user.get(flag) for flag in ("is_restricted", "is_ultra_restricted", "is_stranger"))
    email = str(profile.get("email") or "").lower() if confirmed else ""
    return found.model_copy(
        update={
            "email": email or None,
            "name": profile.get("real_name") or user.get("name") or None,
            "guest": found.guest or guest,
        }
    )
