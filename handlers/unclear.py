"""What a line names that there is not: such a question is told so, never answered half."""

from __future__ import annotations

from handlers.errors import NotFound
from handlers.understanding import Intent, Understanding
from handlers.visit import Visit
from models.message import Message, Text

HARMLESS = frozenset({Intent.REPORT, Intent.UNKNOWN, Intent.HELP, Intent.HOME, Intent.LINK})
"""What is not about a day or a place, or takes the rest of the line as a member's own words."""


def answer(visit: Visit, wish: Understanding) -> Message | None:
    """What is said of a day or a place that is not there; nothing when the line names neither."""
    if wish.intent in HARMLESS:
        return None
    if wish.bad_date:
        raise NotFound(
            visit.language._(
                "There is no day {text}. Write a date such as 2024-03-01.", text=wish.bad_date
            )
        )
    if not wish.unknown_place:
        return None
    sentence = _place(visit, wish.unknown_place, is_municipality=wish.is_municipality)
    return Message(summary=sentence, parts=(Text(text=sentence),))


def nobody(visit: Visit, name: str) -> NotFound:
    """That a name is unknown, in the same words whether it is a place's or a person's."""
    return NotFound(_place(visit, name, is_municipality=False))


def _place(visit: Visit, name: str, *, is_municipality: bool) -> str:
    """Which municipality a place is, or that the name is unknown and what is near to it."""
    _ = visit.language._
    example = _("Write for example `vem Farsta styrgrupp`.")
    if is_municipality:
        known = _("{place} is a municipality of its own, not a district of the city.", place=name)
        return f"{known}\n{example}"
    near = visit.registry.nearest_places(name)
    hint = _("Nearest names that I know: {names}.", names=visit.language.join(near)) if near else ""
    sentence = _("I find nothing called {place}.", place=name)
    return "\n".join(line for line in (sentence, hint, example) if line)
