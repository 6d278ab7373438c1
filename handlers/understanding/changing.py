"""Lines that begin with a word for changing something: who sits where, and who is one person."""

from __future__ import annotations

import re
from functools import cache

from handlers.understanding.line import Line
from handlers.understanding.marks import Marked
from handlers.understanding.meaning import Intent
from handlers.understanding.vocabulary import Kind
from handlers.understanding.word_tables import alternatives, keys
from models.representation.involvement import Degree

CHANGES = (
    Intent.APPOINT,
    Intent.REPLACE_SEAT,
    Intent.END_SEAT,
    Intent.DEPUTISE,
    Intent.CO_OPT,
    Intent.MERGE,
    Intent.SEAT_CHANGES,
)
"""The intents that a line's first words say, and no word further on."""

_OF_SEATS = (
    Kind.GROUP,
    Kind.GROUPS,
    Kind.LEVEL,
    Kind.ROLE,
    Kind.SEAT,
    Kind.SEATED,
    Kind.PARTY,
    Kind.OFFICE,
    Kind.ME,
)
_NAMED = ("district", "police_area", "organisation", "person", "group_code")
_STRANGERS = 3
"""So many words may be unknown beside a seat: they may be the name of somebody new."""


@cache
def _patterns() -> tuple[tuple[Intent, re.Pattern[str]], ...]:
    """For each change any of its words, after words of politeness."""
    polite = alternatives("about", "polite")
    showing = alternatives("changes", "showing")
    before = rf"(?:(?:{polite}|{showing})[ ,!.:]+)*"
    return tuple(
        (intent, re.compile(rf"{before}{alternatives('changes', intent.value)}(?!\w)"))
        for intent in CHANGES
    )


def leading_change(line: Line) -> tuple[Intent, int] | None:
    """The change that a line begins with, and where its words end; the longest words win."""
    matches = ((pattern.match(line.key), intent) for intent, pattern in _patterns())
    found = [(match.end(), intent) for match, intent in matches if match]
    if not found:
        return None
    end, intent = max(found, key=lambda each: each[0])
    return intent, end


def is_fit(intent: Intent, marked: Marked, named: dict[str, object], end: int) -> bool:
    """Whether the rest of the line can be about seats or people, or says nothing at all."""
    if marked.alien or marked.has(Kind.LANGUAGE, Kind.STATUS, Kind.WHO) or _says_other_verb(marked):
        return False
    if intent is Intent.DEPUTISE and marked.line.text.endswith("?"):
        return False
    strangers = [word for word in marked.leftover if word.start >= end]
    if intent is Intent.MERGE:
        return "person" in named or "@" in marked.line.text or not strangers
    is_about_seats = marked.has(*_OF_SEATS) or any(name in named for name in _NAMED)
    return len(strangers) <= (_STRANGERS if is_about_seats else 0)


def _says_other_verb(marked: Marked) -> bool:
    """Whether the line is about measures, meetings and the like: `avsluta enkäten`."""
    verbs = {mark.sense.value for mark in marked.of(Kind.VERB) if mark.sense}
    return bool(verbs - {Intent.MY_ROLE.value, *(each.value for each in CHANGES)})


def degree_said(line: Line) -> Degree | None:
    """How far a district is said to be involved."""
    for degree in reversed(Degree):
        if re.search(rf"(?<!\w){alternatives('changes', degree.value)}(?!\w)", line.key):
            return degree
    return None


def change_named(key: str) -> Intent | None:
    """The change that a few words name: `hjälp utse`."""
    return next((each for each in CHANGES if key in keys("changes", each.value)), None)
