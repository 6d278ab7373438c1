"""Sharing an answer in the channel: what you see is yours until you choose to share it."""

from __future__ import annotations

from handlers.requests import PlaceKind
from handlers.understanding import Intent
from handlers.visit import Visit
from models.message import Actions, Audience, Button, Message, Note, Reply
from models.rights import Action

SHAREABLE = frozenset(
    {
        Intent.REPRESENTATION,
        Intent.COVERAGE,
        Intent.INVOLVEMENT,
        Intent.MEASURES,
        Intent.WHY,
        Intent.PLAN,
        Intent.MEETINGS,
        Intent.DECISIONS,
        Intent.DIGEST,
        Intent.SURVEY_RESULT,
        Intent.INDICATOR,
    }
)


def may_be_shared(visit: Visit, intent: Intent) -> bool:
    """Whether an answer to this may be shown to everyone where it was asked."""
    return visit.where.kind is PlaceKind.CHANNEL and intent in SHAREABLE


def offered(visit: Visit, intent: Intent, line: str, reply: Reply) -> Reply:
    """The reply for the asker alone, with a button that shares it where there is a channel."""
    if isinstance(reply, Message):
        reply = reply.model_copy(update={"audience": Audience.YOU})
    if not may_be_shared(visit, intent):
        return reply
    if not isinstance(reply, Message) or not line.strip() or len(line) > 1000:
        return reply
    label = visit.language._("Share in the channel")
    button = Button(label=label, action="share", value=line)
    return reply.model_copy(update={"parts": (*reply.parts, Actions(buttons=(button,)))})


def shared(visit: Visit, reply: Reply) -> Reply:
    """The reply for everyone in the channel, with the name of whoever shared it."""
    visit.demand(Action.SHARE)
    if not isinstance(reply, Message):
        return reply
    note = Note(text=visit.language._("Shared by {name}", name=visit.person.shown_as()))
    parts = (*reply.parts, note)
    return reply.model_copy(
        update={"parts": parts, "audience": Audience.EVERYONE, "replaces": False}
    )
