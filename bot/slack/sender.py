"""Sending queued messages to Slack, and finding out afterwards whether one has arrived.

Slack has no idempotency key: each message carries its delivery's id as metadata, which says
nothing to anyone else, and the history of the conversation answers whether it is there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.errors import CannotTell, DeliveryError, MaybeSent, Refused, SlowDown
from bot.delivery.port import THREAD, Outgoing
from bot.drawing.studio import Studio
from bot.slack.blocks import payloads
from bot.slack.bridge import Bridge
from bot.slack.enclosures import LOST, TROUBLES, Spot, Upload, enclosed, put, uploads
from bot.slack.installations import Installations, Installed
from bot.slack.refusals import code, named
from bot.slack.requests import PLATFORM
from bot.slack.web import Web
from handlers import texts
from models.delivery.trouble import Trouble
from models.message import File

EVENT_TYPE = "samverkan_delivery"
EARLIER = timedelta(seconds=60)
SECONDS = 45.0
"""No send outlives this, which is shorter than a sender's lease on its delivery."""

PAUSE = 1.1
PAGE, MOST_PAGES = 100, 5

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class SlackSender:
    """The Sender port for Slack; its methods are called from worker threads."""

    installations: Installations
    web: Web
    bridge: Bridge
    studio: Studio = field(default_factory=Studio)
    language: str = "sv"
    platform: str = PLATFORM

    def send(self, outgoing: Outgoing) -> str:
        """Posts the message; the receipt is `channel:ts` of its first page.

        Raises Refused (nobody can get it there), SlowDown, or MaybeSent.
        """
        installed = self.installations.find(outgoing.workspace)
        if installed is None:
            raise Refused(Trouble.NOT_INSTALLED, "not_installed")
        try:
            receipt = self.bridge.run(self._send(outgoing, installed), SECONDS)
        except TimeoutError as late:
            raise MaybeSent("timeout") from late
        self._enclose(outgoing, installed, receipt)
        return receipt

    def change(self, outgoing: Outgoing) -> str:
        """Puts the message in the place of the one that it replaces; the receipt stays the same.

        Raises as `send` does; what is too long for one message is refused.
        """
        installed = self.installations.find(outgoing.workspace)
        if installed is None:
            raise Refused(Trouble.NOT_INSTALLED, "not_installed")
        pages = payloads(outgoing.message)
        if len(pages) > 1:
            raise Refused(Trouble.MESSAGE_REFUSED, "too long to stand in one message")
        channel, _, ts = outgoing.replaces.partition(":")
        page = {**pages[0], "channel": channel, "ts": ts}
        try:
            self.bridge.run(_post(self.web.client(installed.token), page), SECONDS)
        except TimeoutError as late:
            raise MaybeSent("timeout") from late
        return outgoing.replaces

    def find(self, outgoing: Outgoing) -> str | None:
        """The receipt of a message that may have been sent; nothing when it surely was not.

        Raises CannotTell where the history may not be read, or holds a part of the message, and
        MaybeSent or SlowDown where only this look has failed, so that another may tell.
        """
        installed = self.installations.find(outgoing.workspace)
        if installed is None:
            raise CannotTell("not_installed")
        try:
            return self.bridge.run(self._find(outgoing, installed), SECONDS)
        except SlackApiError as error:
            raise _not_read(error) from error
        except aiohttp.ClientConnectorError as error:
            raise SlowDown(10, "workspace") from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise MaybeSent(f"history: {type(error).__name__}") from error

    def _enclose(self, outgoing: Outgoing, installed: Installed, receipt: str) -> None:
        """Adds pictures and files below the message, which has arrived and stands without them."""
        parts = enclosed(outgoing.message)
        found = uploads(parts, self.studio) if parts else []
        if found:
            try:
                self.bridge.run(self._put(outgoing, installed, receipt, found), SECONDS)
            except TimeoutError:
                log.warning("slack_upload_lost", error="TimeoutError", number=len(found))

    async def _put(
        self, outgoing: Outgoing, installed: Installed, receipt: str, found: list[Upload]
    ) -> None:
        """Below the message: in its thread in a channel, next to it in a direct conversation."""
        client = self.web.client(installed.token)
        channel, _, ts = receipt.partition(":")
        thread = outgoing.channel.partition(THREAD)[2] or ("" if outgoing.user else ts)
        came = await put(client, found, Spot(channel, thread))
        if came < len(found) and any(isinstance(part, File) for part in outgoing.message.parts):
            lost = texts.language(self.language)._(LOST)
            with suppress(*TROUBLES):
                await client.chat_postMessage(channel=channel, thread_ts=thread or None, text=lost)

    async def _send(self, outgoing: Outgoing, installed: Installed) -> str:
        client = self.web.client(installed.token)
        pages = payloads(outgoing.message)
        direct = bool(outgoing.user)
        first = await _post(client, _addressed(outgoing, pages, 0), to_person=direct)
        channel, ts = str(first["channel"]), str(first["ts"])
        try:
            for number in range(1, len(pages)):
                await asyncio.sleep(PAUSE)
                await _post(client, _addressed(outgoing, pages, number))
        except (SlowDown, Refused) as error:
            raise MaybeSent(f"only {number} of {len(pages)} pages") from error
        return f"{channel}:{ts}"

    async def _find(self, outgoing: Outgoing, installed: Installed) -> str | None:
        client = self.web.client(installed.token)
        channel, _, thread = outgoing.channel.partition(THREAD)
        if not channel:
            opened = await client.conversations_open(users=outgoing.user)
            channel = str(opened["channel"]["id"])
        pages = len(payloads(outgoing.message))
        found = {number: ts async for number, ts in _marked(client, outgoing, channel, thread)}
        if found and len(found) < pages:
            raise CannotTell(f"{len(found)} of {pages} pages are there")
        return f"{channel}:{found[0]}" if found else None


def _addressed(
    outgoing: Outgoing, pages: tuple[dict[str, Any], ...], number: int
) -> dict[str, Any]:
    """A page with where it goes and the mark by which it is found again."""
    channel, _, thread = outgoing.channel.partition(THREAD)
    payload = {"id": outgoing.id, "page": number} if len(pages) > 1 else {"id": outgoing.id}
    return {
        **pages[number],
        "channel": channel or outgoing.user,
        "thread_ts": thread or None,
        "unfurl_links": False,
        "unfurl_media": False,
        "metadata": {"event_type": EVENT_TYPE, "event_payload": payload},
    }


async def _post(
    client: AsyncWebClient, page: dict[str, Any], *, to_person: bool = False
) -> Mapping[str, Any]:
    """Posts one page; a page with a `ts` is put in the place of that message.

    Whatever goes wrong becomes a named situation.
    """
    call = client.chat_update if "ts" in page else client.chat_postMessage
    try:
        answer = await call(**page)
    except SlackApiError as error:
        raise named(error, to_person=to_person) from error
    except aiohttp.ClientConnectorError as error:
        # Nothing was listening, so nothing can have been posted.
        raise SlowDown(10, "workspace") from error
    except (TimeoutError, aiohttp.ClientError) as error:
        raise MaybeSent(type(error).__name__) from error
    return answer.data if isinstance(answer.data, dict) else {}


def _not_read(error: SlackApiError) -> DeliveryError:
    """A history that Slack will not show says nothing; trouble on the way will pass."""
    found = named(error)
    return CannotTell(code(error)) if isinstance(found, Refused) else found


async def _marked(client: AsyncWebClient, outgoing: Outgoing, channel: str, thread: str) -> Any:
    """The pages of this delivery that stand in the conversation, as number and timestamp."""
    oldest = f"{(outgoing.started_at - EARLIER).timestamp():.6f}"
    asked: dict[str, Any] = {"channel": channel, "oldest": oldest, "limit": PAGE}
    read: Any = client.conversations_history
    if thread:
        read, asked["ts"] = client.conversations_replies, thread
    for _ in range(MOST_PAGES):
        answer = await read(include_all_metadata=True, **asked)
        for message in answer["messages"]:
            mark = _mark(message)
            if mark.get("id") == outgoing.id:
                yield int(mark.get("page", 0)), str(message["ts"])
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
        asked["cursor"] = cursor
    raise CannotTell("too much was written since")


def _mark(message: Mapping[str, Any]) -> Mapping[str, Any]:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return payload if metadata.get("event_type") == EVENT_TYPE else {}
