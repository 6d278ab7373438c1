"""The ways a reply reaches a member on Slack, each as sure as Slack lets it be.

What can wait and must arrive is queued as a delivery. What only the member sees, and forms, are
sent at most once: Slack gives no way to ask whether they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import IntegrityError

from bot.slack import forms
from bot.slack.blocks import payloads
from bot.slack.enclosures import Enclosures, promising
from bot.slack.forms import Origin
from bot.slack.requests import PLATFORM
from bot.slack.turns import Turn, sentence
from bot.slack.web import Web
from bot.slack.workers import Workers
from handlers.requests import Command, PlaceKind
from models.database import Database
from models.delivery.outbox import Rank
from models.delivery.outgoing import Errand, queue
from models.language import Language
from models.message import Actions, Audience, Button, Form, Message, Text, Weight
from models.people.addresses import Address

TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id"})
SAY = "say"
"""The router's action that asks a line anew: with a button Slack gives a trigger to open with."""

LONGEST_VALUE = 1_500

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Replies:
    """Says replies; `wake` tells the senders that something was queued."""

    database: Database
    workers: Workers
    web: Web
    wake: Callable[[], None]
    enclosures: Enclosures

    async def open(self, turn: Turn, form: Form, origin: Origin) -> Message | None:
        """Opens a form; gives a sentence to say when Slack does not take it any more."""
        view = forms.view(form, origin, turn.language)
        try:
            await turn.client.views_open(trigger_id=str(turn.body["trigger_id"]), view=view)
        except SlackApiError as error:
            reason = str(error.response.get("error", ""))
            log.warning("slack_form_refused", form=form.name, reason=reason)
            return sentence(turn.language, _not_opened(reason))
        except (TimeoutError, aiohttp.ClientError) as error:
            log.warning("slack_form_lost", form=form.name, error=type(error).__name__)
            return sentence(turn.language, NOT_OPENED)
        return None

    async def respond(self, url: str, message: Message, *, replaces: bool = False) -> bool:
        """Answers at a response_url: in place of the message, in the channel, or to one alone."""
        return await self.respond_all(url, payloads(message), message, replaces=replaces)

    async def respond_all(
        self, url: str, pages: Iterable[dict[str, Any]], message: Message, *, replaces: bool = False
    ) -> bool:
        """The same for pages already made; only the first stands in another's place."""
        taken = True
        for page in pages:
            seen = {"replace_original": True} if replaces else {**shown_to(message)}
            taken = await self.web.respond(url, {"replace_original": False, **page, **seen})
            replaces = False
            if not taken:
                return False
        return taken

    async def ephemeral(self, turn: Turn, channel: str, message: Message, thread: str = "") -> bool:
        """Says something in a channel that only the member sees."""
        try:
            for page in payloads(message):
                await turn.client.chat_postEphemeral(
                    channel=channel, user=turn.user, thread_ts=thread or None, **page
                )
        except (TimeoutError, SlackApiError, aiohttp.ClientError) as error:
            log.warning("slack_ephemeral_refused", error=_reason(error))
            return False
        return True

    async def post(self, turn: Turn, channel: str, message: Message, thread: str = "") -> None:
        """Says something in a conversation at once, without keeping it anywhere."""
        for page in payloads(message):
            await turn.client.chat_postMessage(
                channel=channel, thread_ts=thread or None, unfurl_links=False, **page
            )

    async def direct(self, turn: Turn, message: Message, channel: str = "") -> None:
        """Queues a direct message; the same event a second time queues nothing."""
        await self.workers.run(self._queue, turn, message, channel)
        self.wake()

    async def answer(self, turn: Turn, message: Message, *, replaces: bool = False) -> None:
        """Answers where the request left a way back, else in a direct message."""
        url = turn.response_url
        if not url:
            await self.direct(turn, message)
        elif await self.respond(url, promising(message, turn.language), replaces=replaces):
            self.enclose(turn, message)

    async def confirm(self, turn: Turn, message: Message, origin: Origin) -> None:
        """Says how it went with a form, where the form was opened."""
        promised, url = promising(message, turn.language), origin.response_url
        if url and await self.respond(url, promised):
            self.enclosures.follow(turn, message, partial(self.respond, url))
            return
        in_channel = bool(origin.channel) and origin.kind is PlaceKind.CHANNEL
        if in_channel and await self.ephemeral(turn, origin.channel, promised):
            self.enclosures.follow(turn, message, partial(self.ephemeral, turn, origin.channel))
            return
        await self.direct(turn, message)

    def enclose(self, turn: Turn, message: Message) -> None:
        """Lets pictures and files follow an answer that went to the response_url."""
        self.enclosures.follow(turn, message, partial(self.respond, turn.response_url))

    async def mentioned(self, turn: Turn, channel: str, message: Message, thread: str) -> None:
        """Answers a mention: to the member alone, unless the answer is for everyone."""
        tell = partial(self.ephemeral, turn, channel, thread=thread)
        if message.audience is Audience.EVERYONE:
            await self.post(turn, channel, message, thread)
        elif not await tell(promising(message, turn.language)):
            return
        self.enclosures.follow(turn, message, tell, thread)

    def offer(self, turn: Turn, form: Form) -> Message:
        """A button that opens the form, for where Slack gives no trigger to open it with."""
        language, request = turn.language, turn.request
        line = request.line if isinstance(request, Command) else ""
        if len(line) > LONGEST_VALUE:
            return sentence(language, "That is a long line. Use /samverkan with a shorter one.")
        again = Button(
            label=language._("Open the form"),
            action=SAY,
            value=line,
            weight=Weight.PRIMARY,
        )
        words = "\n".join(each for each in (f"**{form.title}**", form.intro) if each)
        return Message(
            summary=form.title, parts=(Text(text=words[: forms.TEXT]), Actions(buttons=(again,)))
        )

    def _queue(self, turn: Turn, message: Message, channel: str) -> None:
        who, request = turn.request.who, turn.request
        errand = Errand("reply", f"reply:{request.event}", request.at, rank=Rank.REPLY)
        address = Address(PLATFORM, who.workspace, channel, who.user)
        try:
            with self.database.write() as session:
                queue(session, message, address, errand)
        except IntegrityError:
            # Another copy of the event, at the same time, has queued the same reply.
            log.info("slack_reply_queued_twice")


NOT_OPENED = "The form could not be opened. Try again in a minute."
OPENED_TOO_LATE = "The form could not be opened in time. Try once more."


def shown_to(message: Message) -> dict[str, str]:
    """Whether everyone in the channel sees it, in Slack's words."""
    everyone = message.audience is Audience.EVERYONE
    return {"response_type": "in_channel" if everyone else "ephemeral"}


def for_one(message: Message) -> Message:
    """The message for the member alone, whatever it was meant to be."""
    return message.model_copy(update={"audience": Audience.YOU})


def what_was_wrong(language: Language, errors: dict[str, str]) -> Message:
    """Errors of a form that is closed already, as a message."""
    heading = language._("This was not saved")
    lines = "\n".join(f"- {error}" for error in errors.values())
    return Message(summary=heading, parts=(Text(text=f"**{heading}**\n{lines}"),))


def _not_opened(reason: str) -> str:
    return OPENED_TOO_LATE if reason in TOO_LATE else NOT_OPENED


def _reason(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return str(error.response.get("error", ""))
    return type(error).__name__
