"""What a line names that there is not: such a question is told so, never answered half."""

from __future__ import annotations

import re

from handlers.errors import NotFound
from handlers.measures.places import is_said_by_some
from handlers.strangers import nobody, unknown
from handlers.understanding import Intent, Understanding
from handlers.visit import Visit
from models.message import Actions, Button, Message, Part, Text

WEEK = re.compile(r"(?:veckan?|week|wk|[vw])\W*\d", re.IGNORECASE)
"""How a week begins, as members write it."""

HARMLESS = frozenset({Intent.REPORT, Intent.UNKNOWN, Intent.HELP, Intent.HOME, Intent.LINK})
"""What is not about a day or a place, or takes the rest of the line as a member's own words."""

FORMS = frozenset({Intent.APPOINT, Intent.REPLACE_SEAT, Intent.END_SEAT, Intent.DEPUTISE})
"""What opens a form, which keeps the rest of the line and tells what was not understood."""


def answer(visit: Visit, wish: Understanding) -> Message | None:
    """What is said of a day or a place that is not there; nothing when the line names neither."""
    if wish.intent in HARMLESS:
        return None
    opens_form = wish.intent in FORMS
    if wish.bad_date and not opens_form:
        sentence = "There is no day {text}. Write a date such as 2024-03-01."
        if WEEK.match(wish.bad_date):
            sentence = "There is no {text}. Write a week such as week 24."
        raise NotFound(visit.language._(sentence, text=wish.bad_date))
    if wish.intent is Intent.MEASURES and _is_function_only(visit, wish.person):
        raise nobody(visit, wish.person or "")
    if not wish.unknown_place or (opens_form and (wish.district or wish.group_code)):
        return None
    if wish.intent is Intent.MEASURES and is_said_by_some(visit, wish.unknown_place):
        return None
    near = _near(visit, wish)
    sentence = _outside(visit, wish, near) or unknown(visit, wish.unknown_place, near)
    parts: list[Part] = [Text(text=sentence)]
    if near and wish.intent is Intent.REPRESENTATION:
        lines = (f"{visit.language._('who')} {name}" for name in near)
        buttons = tuple(Button(label=line[:40], action="say", value=line) for line in lines)
        parts.append(Actions(buttons=buttons))
    return Message(summary=sentence, parts=tuple(parts))


def _is_function_only(visit: Visit, name: str | None) -> bool:
    """Whether a name is of somebody who is shown as a function, and so owns nothing by name."""
    bearers = [each for each in visit.registry.people if each.name == name]
    return bool(bearers) and not any(each.is_shown for each in bearers)


def _near(visit: Visit, wish: Understanding) -> list[str]:
    """The city's districts beside a municipality, or the known names most like an unknown one."""
    if wish.municipality:
        return visit.registry.beside(wish.municipality, wish.on or visit.on)
    return visit.registry.nearest_places(wish.unknown_place or "")


def _outside(visit: Visit, wish: Understanding, near: list[str]) -> str:
    """Which municipality a place outside the city is or lies in, and what is near in the city."""
    _ = visit.language._
    if not wish.municipality:
        return ""
    place = wish.unknown_place
    if wish.is_municipality:
        known = _("{place} is a municipality of its own, not a district of the city.", place=place)
    else:
        known = _(
            "{place} lies in the municipality of {municipality}, not in the city.",
            place=place,
            municipality=wish.municipality,
        )
    names = visit.language.join(near)
    hint = _("Nearest in the city: {names}.", names=names) if near else ""
    example = _("Write for example `who Farsta steering group`.")
    return "\n".join(line for line in (known, hint, example) if line)
