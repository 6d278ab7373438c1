"""What Slack tells of changes: the bot removed, a person deactivated, a channel archived."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from bot.slack import requests
from bot.slack.installations import Installations
from bot.slack.requests import PLATFORM
from bot.slack.turns import Body, Reception
from models.database import Database
from models.people.accounts import Account, Channel


@dataclass(frozen=True)
class Changes:
    """Keeps up with what Slack says has changed; each change may be told twice."""

    reception: Reception
    installations: Installations

    async def removed(self, body: Body) -> None:
        """The bot was removed from a workspace, or its token revoked."""
        event = body["event"]
        if event["type"] == "tokens_revoked" and not (event.get("tokens") or {}).get("bot"):
            return
        workspace, at = requests.workspace(body), self.reception.clock.now()
        await self.reception.workers.run(self.installations.remove, workspace, at)

    async def person(self, body: Body) -> None:
        """A deactivated person gets nothing more; anybody else may be somebody new to us."""
        person, reception = body["event"]["user"], self.reception
        reception.people.forget()
        if person.get("deleted"):
            database, at = reception.desk.database, reception.clock.now()
            workspace = requests.workspace(body)
            await reception.workers.run(person_gone, database, workspace, person["id"], at)

    async def channel_gone(self, body: Body) -> None:
        """An archived channel, or one that the bot has left, gets nothing more."""
        await self._mark(body, self.reception.clock.now())

    async def channel_back(self, body: Body) -> None:
        """A channel that was opened again gets what is posted there."""
        await self._mark(body, None)

    async def _mark(self, body: Body, gone_at: datetime | None) -> None:
        channel, database = body["event"]["channel"], self.reception.desk.database
        workspace = requests.workspace(body)
        await self.reception.workers.run(mark_channel, database, workspace, channel, gone_at)


CHANGES: dict[str, Callable[[Changes, Body], Awaitable[None]]] = {
    "app_uninstalled": Changes.removed,
    "tokens_revoked": Changes.removed,
    "user_change": Changes.person,
    "channel_archive": Changes.channel_gone,
    "channel_deleted": Changes.channel_gone,
    "channel_left": Changes.channel_gone,
    "group_archive": Changes.channel_gone,
    "group_deleted": Changes.channel_gone,
    "group_left": Changes.channel_gone,
    "channel_unarchive": Changes.channel_back,
    "group_unarchive": Changes.channel_back,
}
"""What is done at each kind of event that tells of a change."""


def person_gone(database: Database, workspace: str, user: str, at: datetime) -> None:
    """Notes that an account was deactivated."""
    with database.write() as session:
        session.execute(
            update(Account)
            .where(
                Account.platform == PLATFORM,
                Account.workspace == workspace,
                Account.user == user,
                Account.gone_at.is_(None),
            )
            .values(gone_at=at)
        )


def mark_channel(
    database: Database, workspace: str, channel: str, gone_at: datetime | None
) -> None:
    """Notes that a channel is gone since a time, or is there again."""
    with database.write() as session:
        session.execute(
            update(Channel)
            .where(
                Channel.platform == PLATFORM,
                Channel.workspace == workspace,
                Channel.channel == channel,
            )
            .values(gone_at=gone_at)
        )
