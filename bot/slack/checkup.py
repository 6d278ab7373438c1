"""Asking Slack, for `samverkan doctor`, whether it still lets the bot into its channels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from slack_sdk.errors import SlackApiError
from slack_sdk.web import WebClient
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bot.slack.installations import Installations, Installed, cipher
from bot.slack.requests import PLATFORM
from bot.slack.settings import SlackSettings
from models.database import Database
from models.people.accounts import Channel, Installation

SECONDS = 10
REVOKED = "has withdrawn the bot's access ({reason}): install the app there again."
UNREADABLE = (
    "has a token that this SECRET_KEY does not open: give the key that it was made with, "
    "or install the app there again."
)
AWAY = "cannot be asked, since Slack cannot be reached from here."
CHANNELS = {
    "not_in_channel": "does not have the bot in it: write `/invite @Samverkansbot` there.",
    "is_archived": "is archived: open it again, or link the group to another one (`koppla`).",
    "channel_not_found": (
        "is gone, or is private and without the bot: invite the bot there, or link the group "
        "to another one (`koppla`)."
    ),
}


@dataclass(frozen=True)
class Trouble:
    """A workspace or a channel that something is wrong with, and what to do."""

    name: str
    sentence: str


def troubles(database: Database, settings: SlackSettings) -> Iterator[Trouble]:
    """Asks Slack about each living installation, and then about each of its linked channels."""
    installations = Installations(database, cipher(settings.encryption_keys))
    for workspace, name in _workspaces(database):
        try:
            installed = installations.find(workspace)
        except InvalidToken:
            yield Trouble(f"workspace {name}", UNREADABLE)
            continue
        if installed is not None:
            yield from _of_one(installed, name, settings.api_url, _channels(database, workspace))


def _workspaces(database: Database) -> list[tuple[str, str]]:
    """The living installations by id and name."""
    query = select(Installation).where(
        Installation.platform == PLATFORM, Installation.removed_at.is_(None)
    )
    with database.read() as session:
        rows = session.scalars(query.order_by(Installation.id)).all()
    return [(row.workspace, row.name or row.workspace) for row in rows]


def _channels(database: Database, workspace: str) -> Sequence[Channel]:
    """The channels that groups are told in."""
    query = (
        select(Channel)
        .where(Channel.platform == PLATFORM, Channel.workspace == workspace)
        .where(Channel.gone_at.is_(None))
        .options(joinedload(Channel.group))
    )
    with database.read() as session:
        return session.scalars(query.order_by(Channel.id)).all()


def _of_one(
    installed: Installed, name: str, api_url: str, channels: Sequence[Channel]
) -> Iterator[Trouble]:
    client = WebClient(installed.token, base_url=api_url, timeout=SECONDS, retry_handlers=[])
    try:
        client.auth_test()
        for number, channel in enumerate(channels):
            wrong = _wrong_with(client, channel)
            if wrong == "ratelimited":
                left = f"and {len(channels) - number} more were not looked at: ask in a minute."
                yield Trouble(f"channel of {channel.group.name}", left)
                return
            if wrong:
                said = CHANNELS.get(wrong, f"is refused by Slack ({wrong}).")
                yield Trouble(f"channel of {channel.group.name}", said)
    except SlackApiError as error:
        reason = error.response.get("error")
        yield Trouble(f"workspace {name}", REVOKED.format(reason=reason))
    except OSError:
        yield Trouble(f"workspace {name}", AWAY)


def _wrong_with(client: WebClient, channel: Channel) -> str:
    """What is wrong with a channel, in Slack's words; nothing where all is well."""
    try:
        answer = client.conversations_info(channel=channel.channel)
    except SlackApiError as error:
        return str(error.response.get("error"))
    found: dict[str, Any] = answer.get("channel") or {}
    if found.get("is_archived"):
        return "is_archived"
    return "" if found.get("is_member") else "not_in_channel"
