"""What else a line asked for: only the first is answered, the others are one press away."""

from __future__ import annotations

from handlers.understanding import Understanding
from handlers.visit import Visit
from models.message import Actions, Button, Message, Note
from models.wording import KINDS, ROLES

MOST = 5


def with_others(visit: Visit, wish: Understanding, reply: Message) -> Message:
    """The answer, with a button for each other place or person that the line named."""
    if not wish.also:
        return reply
    shown = wish.also[:MOST]
    buttons = tuple(
        Button(label=name[:40], action="say", value=_line(visit, wish, name)) for name in shown
    )
    more = len(wish.also) - len(shown)
    told = visit.language._("You also asked about:")
    if more:
        told = visit.language._("You also asked about these, and {number} more:", number=more)
    parts = (*reply.parts, Note(text=told), Actions(buttons=buttons))
    return reply.model_copy(update={"parts": parts})


def _line(visit: Visit, wish: Understanding, name: str) -> str:
    """The same question about somebody or somewhere else, as a line."""
    _ = visit.language._
    words = [_("who"), name]
    if wish.role is not None:
        words.append(_(ROLES[wish.role]).lower())
    if wish.group is not None:
        words.append(_(KINDS[wish.group]))
    if wish.on is not None:
        words.append(wish.on.isoformat())
    if wish.known_on is not None:
        words.append(f"{_('known')} {wish.known_on.isoformat()}")
    return " ".join(words)
