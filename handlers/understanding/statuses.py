"""What is said of a measure: its status and its percentage, read from where they begin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from handlers.understanding.dates import days_named
from handlers.understanding.line import Line
from handlers.understanding.names import likeliest
from handlers.understanding.vocabulary import Kind, vocabulary
from handlers.understanding.word_tables import alternatives, keys
from models.measures.measure import MeasureStatus

_PERCENT = re.compile(
    r"(\d{1,3})\s?(?:%|procent\b|percent\b|pct\b|per cent\b)"
    r"(?:\s*(?:klart|klara|klar|done|complete|completed|fardigt|fardig|avklarat|genomfort)\b)?"
)
_BELOW_NOTHING = re.compile(r"(?:^|[\s:;,])[-−]$")
"""A minus before a number: a dash between words has a space on both sides or on none."""
_LIKE_A_FIGURE = re.compile(
    r"[\s:;,.=]*[-−]?\d+(?:[.,]\d+)?(?:\s?(?:%|procent\b|percent\b|pct\b)|\s(?:av|of)\s\d)"
)
"""A percentage, also one that cannot be, or so many of so many."""
_SOON = 5
_UNITS = ("procent", "percent", "pct", "per cent")
_LATER = re.compile(rf"[\s,]*{alternatives('about', 'later')}\b")


@dataclass(frozen=True)
class Said:
    """What was said, where it ends, and whether help is wanted."""

    status: MeasureStatus | None = None
    percent: int | None = None
    end: int = 0
    help_wanted: bool = False

    @property
    def is_something(self) -> bool:
        """Whether anything was said at all."""
        return self.status is not None or self.percent is not None


@lru_cache(maxsize=1)
def _phrases() -> dict[str, MeasureStatus]:
    found = {
        key: MeasureStatus(phrase.sense.value)
        for key, phrases in vocabulary().by_key.items()
        for phrase in phrases
        if phrase.sense.kind is Kind.STATUS
    }
    for status in MeasureStatus:
        found |= dict.fromkeys(keys("reports", status.value), status)
    return found


@lru_cache(maxsize=1)
def _single() -> list[str]:
    return [key for key in _phrases() if " " not in key and len(key) >= 4]


def said_at(line: Line, start: int, on: date) -> Said:
    """The status and percentage that stand at a place in a line, after words that lead to them."""
    said = Said(end=start)
    index = _first_word(line, start)
    while index < len(line.words):
        step = _percent_at(line, index, said) or _status_at(line, index, said, on)
        if step is None and line.words[index].key not in _leading(said):
            break
        said = step or said
        index = _first_word(line, max(line.words[index].end, said.end))
    return said


def _leading(said: Said) -> frozenset[str]:
    """The words that may stand before what is not yet said."""
    row = "leading to a percentage" if said.is_something else "leading to a status"
    return keys("reports", row)


def speaks_of_status(line: Line, start: int) -> bool:
    """Whether a status or a figure is named soon after a place, also one that cannot be kept."""
    if _LIKE_A_FIGURE.match(line.key, start):
        return True
    index = _first_word(line, start)
    return any(word.key in _phrases() for word in line.words[index : index + _SOON])


def _first_word(line: Line, start: int) -> int:
    return next((i for i, word in enumerate(line.words) if word.start >= start), len(line.words))


def _percent_at(line: Line, index: int, said: Said) -> Said | None:
    match = _PERCENT.match(line.key, line.words[index].start)
    if match is None or said.percent is not None or int(match[1]) > 100:
        return None
    if _BELOW_NOTHING.search(line.key, 0, match.start()):
        return None
    is_done = match[1] == "100" and match[0][-1].isalpha() and not match[0].endswith(_UNITS)
    status = said.status or (MeasureStatus.DONE if is_done else None)
    return Said(status, int(match[1]), match.end(), said.help_wanted)


def _status_at(line: Line, index: int, said: Said, on: date) -> Said | None:
    if said.status is not None:
        return None
    for last in range(min(len(line.words), index + 5), index, -1):
        key = " ".join(word.key for word in line.words[index:last])
        status = _phrases().get(key) or (_misspelt(line, index) if last == index + 1 else None)
        if status is None:
            continue
        end = line.words[last - 1].end
        if status is MeasureStatus.DONE and _lies_ahead(line, end, on):
            return None
        return Said(status, said.percent, end, "hjalp" in key or "help" in key or "support" in key)
    return None


def _misspelt(line: Line, index: int) -> MeasureStatus | None:
    word = line.words[index]
    if len(word.key) < 5 or not word.key.isalpha() or vocabulary().sense(word.low, word.key):
        return None
    found = likeliest(word.key, _single())
    return _phrases()[found[0]] if found else None


def _lies_ahead(line: Line, end: int, on: date) -> bool:
    """Whether what is called done is only expected to be: `klar nästa vecka`, `done by June`."""
    rest = line.key[end:]
    if _LATER.match(rest):
        return True
    named = days_named(rest, on)
    near = bool(named) and not any(
        sign.isalpha() for sign in rest[: named[0].start].replace("den", "")
    )
    return near and named[0].day is not None and named[0].day > on
