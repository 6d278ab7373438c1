"""Pictures and files, which Slack takes as uploads into a conversation and never in an answer.

What rides on a response only says that they come: they follow in the member's direct messages,
or in the channel where everyone sees the answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.drawing.studio import CannotDraw, Studio
from bot.slack.markup import escape
from bot.slack.turns import Turn, sentence
from bot.slack.workers import Followers
from handlers.requests import PlaceKind
from models.language import Language
from models.message import Audience, File, Image, Message, Note

PAUSE = 0.5
"""How long the answer gets to be shown before what belongs to it is sent."""

ALT = 1_000
"""The signs that Slack takes as the text alternative of a file."""

LOST = "The picture or file could not be sent. Ask again in a while."
TROUBLES = (TimeoutError, SlackClientError, aiohttp.ClientError)

Upload = dict[str, Any]
"""A file as the client takes it."""

Tell = Callable[[Message], Awaitable[object]]
"""Says something where the answer was said."""

log = structlog.get_logger(__name__)


def enclosed(message: Message) -> list[Image | File]:
    """What of a message has to be uploaded."""
    return [part for part in message.parts if isinstance(part, Image | File)]


def uploads(parts: list[Image | File], studio: Studio) -> list[Upload]:
    """The pictures as PNG and the files as they are; what cannot be drawn is left out.

    Drawing takes a second or two: never to be called on the event loop.
    """
    found = (_picture(part, studio) if isinstance(part, Image) else _file(part) for part in parts)
    return [upload for upload in found if upload is not None]


def _picture(part: Image, studio: Studio) -> Upload | None:
    try:
        content = studio.draw(part.drawing, "png")
    except CannotDraw:
        return None
    name, title = f"{part.name}.png", part.drawing.title
    return {"content": content, "filename": name, "title": title, "alt_txt": _alternative(part.alt)}


def _alternative(alt: str) -> str:
    """As much of it as Slack takes with a file; the message that was said has the whole."""
    return alt if len(alt) <= ALT else f"{alt[: ALT - 2].rsplit(' ', 1)[0]} …"


def _file(part: File) -> Upload:
    return {"content": part.content, "filename": part.name, "title": part.label}


@dataclass(frozen=True)
class Spot:
    """Where uploads go: a conversation, perhaps a thread in it, with words above them."""

    channel: str
    thread: str = ""
    said: str = ""


async def put(client: AsyncWebClient, found: list[Upload], spot: Spot) -> int:
    """Uploads together, else one by one where Slack refuses one of them; says how many came."""
    try:
        await client.files_upload_v2(
            file_uploads=found,
            channel=spot.channel,
            thread_ts=spot.thread or None,
            initial_comment=escape(spot.said) or None,
        )
    except SlackApiError as error:
        log.warning("slack_upload_refused", reason=_reason(error), number=len(found))
        return await _put_each(client, found, spot) if len(found) > 1 else 0
    except TROUBLES as error:
        log.warning("slack_upload_lost", error=type(error).__name__, number=len(found))
        return 0
    return len(found)


async def _put_each(client: AsyncWebClient, found: list[Upload], spot: Spot) -> int:
    came = 0
    for upload in found:
        came += await put(client, [upload], replace(spot, said="") if came else spot)
    return came


def _reason(error: SlackApiError) -> str:
    data = getattr(error.response, "data", error.response)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def promising(message: Message, language: Language) -> Message:
    """The message with a line that says where its pictures and files come."""
    parts = enclosed(message)
    if not parts or message.audience is Audience.EVERYONE:
        return message
    files = sum(isinstance(part, File) for part in parts)
    promise = Note(text=_promise(language, len(parts) - files, files))
    return message.model_copy(update={"parts": (*message.parts, promise)})


def _promise(language: Language, pictures: int, files: int) -> str:
    if pictures and files:
        return language.n(
            "The picture and the file come to you in a direct message.",
            "The picture and the files come to you in a direct message.",
            files,
        )
    if files:
        return language.n(
            "The file comes to you in a direct message.",
            "The files come to you in a direct message.",
            files,
        )
    return language._("The picture comes to you in a direct message.")


@dataclass(frozen=True)
class Enclosures:
    """Sends after an answer what belongs to it; a failure is logged, and told in a sentence."""

    followers: Followers
    studio: Studio = field(default_factory=Studio)

    def follow(self, turn: Turn, message: Message, tell: Tell, thread: str = "") -> None:
        """Starts what remains to be done when the message has been said at once."""
        parts = enclosed(message)
        if parts:
            self.followers.start(self._bring(turn, message, tell, thread))

    async def _bring(self, turn: Turn, message: Message, tell: Tell, thread: str) -> None:
        await asyncio.sleep(PAUSE)
        parts = enclosed(message)
        found = await self.studio.aside(uploads, parts, self.studio)
        spot = await self._spot(turn, message, thread) if found else None
        came = await put(turn.client, found, spot) if spot else 0
        if came < len(parts):
            await tell(sentence(turn.language, LOST))

    async def _spot(self, turn: Turn, message: Message, thread: str) -> Spot | None:
        """With everyone where everyone saw the answer, else with the member alone."""
        where = turn.request.where
        if message.audience is Audience.EVERYONE and where.kind is PlaceKind.CHANNEL:
            return Spot(where.channel, thread)
        try:
            opened = await turn.client.conversations_open(users=turn.user)
        except TROUBLES as error:
            log.warning("slack_upload_lost", error=type(error).__name__)
            return None
        return Spot(str(opened["channel"]["id"]), said=_apart(message))


def _apart(message: Message) -> str:
    """The words above uploads that stand apart: the summary, and alternatives too long for them."""
    alts = [part.alt for part in enclosed(message) if isinstance(part, Image)]
    long = [alt for alt in alts if len(alt) > ALT]
    summary = [] if any(alt.startswith(message.summary) for alt in long) else [message.summary]
    return "\n".join([*summary, *long])
