"""What Slack tells of: direct messages, mentions, opened homes, and changes of people and places.

Slack sends an event again until it hears 2xx, so what failed is answered with 503, and what was
done is done once: a reply to a direct message is a delivery with the event as its key.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import structlog
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.delivery.port import THREAD
from bot.slack import home, requests
from bot.slack.changes import CHANGES, Changes
from bot.slack.prompts import prompts
from bot.slack.replies import Replies, for_one, what_was_wrong
from bot.slack.turns import Body, Reception, Turn
from handlers import texts
from handlers.requests import Command, Identity
from models.message import FieldErrors, Form, Message

REMEMBERED = 2_000

Outcome = BoltResponse | None
Listener = Callable[["Events", Body, AsyncBoltContext], Awaitable[Outcome]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Events:
    """Bolt's one listener for events, and a table that says what each kind is for."""

    reception: Reception
    replies: Replies
    changes: Changes
    said: OrderedDict[str, None] = field(default_factory=OrderedDict)

    async def event(self, body: Body, context: AsyncBoltContext) -> Outcome:
        """Any event; those we do not know need nothing."""
        kind = body["event"]["type"]
        if kind in CHANGES:
            await CHANGES[kind](self.changes, body)
            return None
        return await KINDS[kind](self, body, context) if kind in KINDS else None

    async def message(self, body: Body, context: AsyncBoltContext) -> Outcome:
        """A direct message: the reply is queued with the event as its key."""
        if body["event"].get("channel_type") != "im" or not requests.is_for_us(body):
            return None
        turn = await self._asked(body, context)
        if turn.answer.failed:
            return AGAIN
        message, channel = self._sayable(turn), turn.request.where.channel
        thread = body["event"].get("thread_ts") or ""
        if turn.answer.refused:
            await self._at_most_once(turn, self.replies.post(turn, channel, message, thread))
        else:
            place = f"{channel}{THREAD}{thread}" if thread else channel
            await self.replies.direct(turn, for_one(message), place)
        return None

    async def mention(self, body: Body, context: AsyncBoltContext) -> Outcome:
        """A mention in a channel: whoever asks sees the answer, the others do not."""
        if not requests.is_for_us(body):
            return None
        turn = await self._asked(body, context)
        if turn.answer.failed:
            return AGAIN
        event, message = body["event"], self._sayable(turn)
        thread = event.get("thread_ts") or ""
        saying = self.replies.mentioned(turn, event["channel"], message, thread)
        await self._at_most_once(turn, saying)
        return None

    async def home_opened(self, body: Body, context: AsyncBoltContext) -> Outcome:
        """The home tab is published anew; the Messages tab gets suggestions."""
        event = body["event"]
        if event.get("tab") == "messages":
            await self._suggest(body, context, event["channel"])
            return None
        turn = await self.reception.turn(body, context.bot_token, requests.home)
        if isinstance(turn.answer.reply, Message):
            await self._at_most_once(turn, home.publish(turn.client, turn.user, turn.answer.reply))
        return None

    async def _asked(self, body: Body, context: AsyncBoltContext) -> Turn:
        def make(found: Body, who: Identity, at: Any) -> Command:
            return requests.message(found, who, at, context.bot_user_id or "")

        turn = await self.reception.turn(body, context.bot_token, make)
        if turn.answer.queued:
            self.replies.wake()
        return turn

    def _sayable(self, turn: Turn) -> Message:
        """The reply as a message: without a trigger a form becomes a button that opens it."""
        reply = turn.answer.reply
        if isinstance(reply, Form):
            return self.replies.offer(turn, reply)
        if isinstance(reply, FieldErrors):
            return what_was_wrong(turn.language, reply.errors)
        return reply

    async def _at_most_once(self, turn: Turn, saying: Coroutine[Any, Any, object]) -> None:
        """Says it unless this event has been answered; Slack's refusal is only noted."""
        event = turn.request.event
        if event in self.said:
            saying.close()
            return
        self.said[event] = None
        if len(self.said) > REMEMBERED:
            self.said.popitem(last=False)
        try:
            await saying
        except (TimeoutError, SlackApiError, aiohttp.ClientError) as error:
            log.warning("slack_reply_refused", error=type(error).__name__)

    async def _suggest(self, body: Body, context: AsyncBoltContext, channel: str) -> None:
        """Suggests questions in the conversation; naming a thread would make Slack ignore it."""
        client = self.reception.web.client(context.bot_token)
        asker = await self.reception.people.asker(requests.sender(body), client)
        title, suggestions = prompts(texts.language(asker.language))
        try:
            await client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, title=title, prompts=suggestions
            )
        except SlackApiError as error:
            log.info("slack_prompts_refused", reason=str(error.response.get("error", "")))


AGAIN = BoltResponse(status=503, body="")

KINDS: dict[str, Listener] = {
    "message": Events.message,
    "app_mention": Events.mention,
    "app_home_opened": Events.home_opened,
}
"""What is answered at each kind of event."""
