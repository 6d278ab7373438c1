"""What a member does by hand: commands, buttons, forms, shortcuts, and typing in a person field.

Slack waits three seconds. An answer that is ready within two rides on the response, or is said
before it; a later one follows by the way that the request left open.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot.slack import forms, home, requests
from bot.slack.blocks import payloads
from bot.slack.buttons import LINK
from bot.slack.enclosures import promising
from bot.slack.forms import Origin
from bot.slack.replies import Replies, shown_to, what_was_wrong
from bot.slack.turns import Body, MakesRequest, Reception, Turn
from bot.slack.workers import Followers
from handlers.requests import PlaceKind
from handlers.router import options
from models.message import FieldErrors, Form, Message

PATIENCE = 2.0
COURTESY = 0.7
"""How long an answer that goes its own way may hold up the response, so that it comes first."""

PAGE_PAUSE = 0.5

Ack = Callable[..., Awaitable[Any]]
Tells = Callable[[Turn], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Interactive:
    """Bolt's listeners for commands, actions, views, shortcuts and options."""

    reception: Reception
    replies: Replies
    followers: Followers

    async def command(self, ack: Ack, body: Body, context: AsyncBoltContext) -> None:
        """A slash command: its answer is the response."""
        turn = await self._in_time(body, context, requests.command, self._tell_command)
        if turn is None:
            await ack()
            return
        message = await self._message(turn, requests.origin(body))
        if message is None:
            await ack()
            return
        first, *rest = payloads(promising(message, turn.language))
        if rest:
            self.followers.start(self._after_the_first(turn, rest, message))
        self.replies.enclose(turn, message)
        await ack({**first, **shown_to(message)})

    async def shortcut(self, ack: Ack, body: Body, context: AsyncBoltContext) -> None:
        """The shortcut on a message opens the form for a report."""
        turn = await self._in_time(body, context, requests.shortcut, self._tell_command)
        if turn is not None:
            await self.followers.within(COURTESY, self._tell_command(turn))
        await ack()

    async def action(self, ack: Ack, body: Body, context: AsyncBoltContext) -> None:
        """A pressed button; links are opened by Slack itself."""
        action_id = body["actions"][0]["action_id"]
        if not action_id.startswith(LINK):
            turn = await self._in_time(body, context, requests.button, self._tell_button)
            if turn is not None:
                await self.followers.within(COURTESY, self._tell_button(turn))
        await ack()

    async def submission(self, ack: Ack, body: Body, context: AsyncBoltContext) -> None:
        """A form that was sent: errors keep it open, anything else closes it."""
        turn = await self._in_time(body, context, requests.form, self._tell_closed)
        if turn is None:
            await ack({"response_action": "clear"})
            return
        wrong = _wrong(turn, body["view"])
        if wrong is not None:
            await ack(wrong)
        elif isinstance(turn.answer.reply, Form):
            view = forms.view(turn.answer.reply, _origin(body), turn.language)
            await ack({"response_action": "update", "view": view})
        else:
            await self.followers.within(COURTESY, self._tell_closed(turn))
            await ack({"response_action": "clear"})

    async def suggestion(self, ack: Ack, body: Body, context: AsyncBoltContext) -> None:
        """The names that fit what is typed."""
        client = self.reception.web.client(context.bot_token)
        asker = await self.reception.people.asker(requests.sender(body), client)
        asked = requests.options(body, asker.who, self.reception.clock.now())
        found = await self.reception.workers.run(options, asked, self.reception.desk)
        await ack(forms.options(found[:100]))

    async def closed(self, ack: Ack) -> None:
        """What needs no answer."""
        await ack()

    async def _after_the_first(
        self, turn: Turn, rest: list[dict[str, Any]], message: Message
    ) -> None:
        """The pages that come when the first has had the time to be shown."""
        await asyncio.sleep(PAGE_PAUSE)
        await self.replies.respond_all(turn.response_url, rest, message)

    async def _in_time(
        self, body: Body, context: AsyncBoltContext, make: MakesRequest, late: Tells
    ) -> Turn | None:
        """The answered request; nothing when it takes too long, and then `late` tells it."""
        asking = self.reception.turn(body, context.bot_token, make)
        task = await self.followers.within(PATIENCE, asking)
        if task.done():
            turn = task.result()
            if turn.answer.queued:
                self.replies.wake()
            return turn

        async def follow() -> None:
            turn = await task
            if turn.answer.queued:
                self.replies.wake()
            await late(turn)

        self.followers.start(follow())
        return None

    async def _message(self, turn: Turn, origin: Origin) -> Message | None:
        """The message to say; nothing when the reply was a form and it opened."""
        reply = turn.answer.reply
        if isinstance(reply, Form):
            return await self.replies.open(turn, reply, origin)
        if isinstance(reply, FieldErrors):
            return what_was_wrong(turn.language, reply.errors)
        return reply

    async def _tell_command(self, turn: Turn) -> None:
        message = await self._message(turn, requests.origin(turn.body))
        if message is not None:
            await self.replies.answer(turn, message)

    async def _tell_button(self, turn: Turn) -> None:
        message = await self._message(turn, requests.origin(turn.body))
        if message is None:
            return
        replaces = message.replaces and requests.may_be_replaced(turn.body)
        await self.replies.answer(turn, message, replaces=replaces)
        if not turn.response_url:
            await self._renew_home(turn)

    async def _tell_closed(self, turn: Turn) -> None:
        origin = _origin(turn.body)
        message = await self._message(turn, origin)
        if message is not None:
            await self.replies.confirm(turn, message, origin)
        if origin.kind is PlaceKind.HOME:
            await self._renew_home(turn)

    async def _renew_home(self, turn: Turn) -> None:
        """Shows the home anew after something was done in it."""
        renewed = await self.reception.turn(turn.body, turn.client.token, requests.home)
        if isinstance(renewed.answer.reply, Message):
            await home.publish(renewed.client, renewed.user, renewed.answer.reply)


def _origin(body: Body) -> Origin:
    return forms.state_and_origin(body["view"].get("private_metadata") or "")[1]


def _wrong(turn: Turn, view: Body) -> dict[str, Any] | None:
    """What keeps the form open: errors, or a failure after which it may be sent again."""
    names = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    reply = turn.answer.reply
    if isinstance(reply, FieldErrors):
        return forms.errors(reply, names)
    if turn.answer.failed and isinstance(reply, Message):
        return forms.errors(FieldErrors(errors={names[0]: reply.summary}), names)
    return None
