"""Lines that begin with a word for working with measures: make, follow, ask, approve, plan."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from handlers.understanding.arguments import KEYS, Keys, keys_of
from handlers.understanding.dates import days_named
from handlers.understanding.line import Line, read
from handlers.understanding.marks import Marked, mark
from handlers.understanding.meaning import VIEWS, Intent, Understanding, View
from handlers.understanding.moving import OF_MEETINGS, times_of_meeting
from handlers.understanding.registry import Registry
from handlers.understanding.reports import MeasureId, measure_ids
from handlers.understanding.statuses import said_at
from handlers.understanding.vocabulary import Kind
from handlers.understanding.word_tables import alternatives, keys

OF_ONE = frozenset(
    {Intent.MEASURE_CHANGE, Intent.FOLLOW, Intent.QUESTION, Intent.TIMELINE}
)  # fmt: skip
"""What is about one measure, whose id follows the verb, or nothing does."""

ABOUT_PLACES = frozenset(
    {
        *(Intent.APPROVALS, Intent.CALENDAR, Intent.CHAIN),
        *(Intent.DELIVERIES, Intent.FUNDING, Intent.PLAN),
        *(Intent.INPUTS, Intent.MEETING_CHANGE, Intent.MEETING_NEW, Intent.YEAR),
        *(Intent.ACTION_POINTS, Intent.DECISION_NEW, Intent.POINT_NEW),
    }
)
"""What is about a place, a group, an area or a year, or the whole; no more may be in the line."""

OF_A_YEAR = frozenset({Intent.FUNDING, Intent.YEAR})
"""What is about the year of a day that is named."""

_HAVE_NO_YEAR = frozenset({"area", "organisation", "party", "person", "police_area"})
"""What may be named and has no year of its own: a line with it is not understood."""

WORKING = (Intent.MEASURE_NEW, Intent.ABSENCE, *sorted(OF_ONE), *sorted(ABOUT_PLACES))
UNFOLLOW = "unfollow"
_STRANGERS = 3
_WEEK = timedelta(days=6)
_ENDS = frozenset({"av", "slut", "avsluta", "avbryt", "ta", "off", "over", "end", "ended"})
"""Words that take an absence back, where no days are named."""

_CALLS_OFF = frozenset({"stall", "stalla", "avboka", "cancel"})
"""What a line begins with that calls a meeting off and does not move it."""

_MONTH = "(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*"
_DAYS = re.compile(rf"(?<![\w/])(\d{{1,2}})\s?[-–—]\s?(\d{{1,2}}\s?({_MONTH}))", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<![\w/])(\d{1,2}/\d{1,2})\s?[-–—]\s?(\d{1,2}/\d{1,2})(?![\w/])")
_WEEKS = re.compile(
    r"(?<!\w)(v\.?|vecka|week)\s?(\d{1,2})\s?[-–—]\s?(\d{1,2})(?!\w)", re.IGNORECASE
)
_A_CODE = re.compile(r"[a-z]{1,4}-[a-z]?-?\d{1,4}")
_OF_A_LINK = re.compile(
    r"(?:(?P<card>visa|show|varfor|why|andra|change|redigera|edit)"
    r"|(?P<approval>historik|historiken for|history|history of)\s)?"
    r"\s*(?P<code>[a-z]{3}-[poim]\d{1,3})[.!?]*"
)
"""A link of the chain by its code: `FAR-M1`, `varför FAR-M1`; its card leads on."""


def about_work(line: Line, registry: Registry, on: date) -> Understanding | None:
    """What a line that begins with a word for working with measures means; else None."""
    if (link := _OF_A_LINK.fullmatch(line.key)) is not None:
        past = link["approval"] is not None
        intent = Intent.APPROVALS if past else Intent.CHAIN
        return Understanding(intent=intent, rest=link["code"].upper(), past=past)
    leading = _leading(line)
    if leading is None:
        return None
    name, end = leading
    intent = Intent.FOLLOW if name == UNFOLLOW else Intent(name)
    ids = measure_ids(line, registry.measure_codes)
    if intent in OF_ONE:
        return _of_one(line, end, ids, name, on)
    if ids:
        return _approval_of(line, end, ids[0]) if intent is Intent.APPROVALS else None
    if intent is Intent.ABSENCE:
        return _absence(_spelt_out(line), registry, on)
    return _beside(line, end, intent, registry, on)


def _approval_of(line: Line, end: int, measure: MeasureId) -> Understanding | None:
    """`att godkänna FAR-014`: the approval of a measure, where the line says nothing more."""
    beside = line.text[end : measure.start] + line.text[measure.end :]
    if beside.strip(" .!?"):
        return None
    return Understanding(intent=Intent.APPROVALS, measure=measure.code)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    before = rf"(?:{alternatives('about', 'polite')}[ ,!.:]+|visa |show |lista |list )*?"
    return tuple(
        (name, re.compile(rf"{before}{alternatives('work', name)}(?!\w)"))
        for name in (*(intent.value for intent in WORKING), UNFOLLOW)
    )


def _leading(line: Line) -> tuple[str, int] | None:
    """What the line begins with, and where its words end; the longest words win."""
    matches = ((pattern.match(line.key), name) for name, pattern in _patterns())
    found = [(match.end(), name) for match, name in matches if match]
    if not found:
        return None
    end, name = max(found)
    return name, end


def _of_one(
    line: Line, end: int, ids: list[MeasureId], name: str, on: date
) -> Understanding | None:
    """A wish about one measure: nothing but its id, or else what is asked of it or to change."""
    stop = name == UNFOLLOW
    intent = Intent.FOLLOW if stop else Intent(name)
    if not ids:
        alone = not any(word.start >= end for word in line.words)
        return Understanding(intent=intent, stop=stop) if alone else None
    between = {word.key for word in line.words if end <= word.start < ids[0].start}
    if not between <= keys("work", "between"):
        return None
    rest = line.text[ids[0].end :].strip(" :;,.!-–—\n")
    if intent is Intent.MEASURE_CHANGE and said_at(line, ids[0].end, on).is_something:
        # `ändra FAR-014 till pågår` is a report.
        return None
    if intent in (Intent.FOLLOW, Intent.TIMELINE):
        return None if rest else Understanding(intent=intent, measure=ids[0].code, stop=stop)
    return Understanding(intent=intent, measure=ids[0].code, comment=rest or None)


def _beside(
    line: Line, end: int, intent: Intent, registry: Registry, on: date
) -> Understanding | None:
    """A wish about a place, a group, an area or a year, or about a measure that is not yet."""
    marked, found = _read(line, end, intent, registry, on)
    strangers = [word for word in marked.leftover if word.start >= end]
    rest = line.text[end:].strip(" :;,.!-–—\n") or None
    if intent is Intent.MEASURE_NEW:
        return Understanding(intent=intent, rest=rest, **_fitting(intent, found))
    is_code = rest is not None and _A_CODE.fullmatch(rest.lower()) is not None
    if not is_code and (strangers or _says_more(marked)):
        return None
    if intent is Intent.ACTION_POINTS and _is_of_mine(line.key[:end]):
        found["whose"] = "mine"
    if intent is Intent.YEAR and not found.keys().isdisjoint(_HAVE_NO_YEAR):
        return None
    if intent in OF_A_YEAR and (day := found.get("on")) is not None:
        found["year"] = day.year
    if intent is Intent.CALENDAR and line.key[:end] in keys("work", "calendar of the year"):
        return Understanding(intent=intent, whole_year=True, **_fitting(intent, found))
    if intent is Intent.CHAIN and (view := _view(line.key[:end])):
        return Understanding(intent=intent, rest=rest, view=view, **_fitting(intent, found))
    stop = intent is Intent.MEETING_CHANGE and not _CALLS_OFF.isdisjoint(line.key[:end].split())
    return Understanding(intent=intent, rest=rest, stop=stop, **_fitting(intent, found))


def _read(
    line: Line, end: int, intent: Intent, registry: Registry, on: date
) -> tuple[Marked, Keys]:
    """The names and days of a line; of a meeting also its hours, and where it is moved to."""
    if intent in OF_MEETINGS:
        moving = times_of_meeting(line.key, on)
        marked = mark(line, registry.names, [(0, end), *moving.spans])
        return marked, keys_of(marked, moving.times, registry, on) | moving.keys
    times = days_named(line.key, on)
    marked = mark(line, registry.names, [(0, end), *((when.start, when.end) for when in times)])
    return marked, keys_of(marked, times, registry, on)


def _is_of_mine(led_by: str) -> bool:
    return not {"mina", "my"}.isdisjoint(led_by.split())


def _view(led_by: str) -> View | None:
    """Which links of the chain a line begins with; none where it is all of them."""
    views = [view for view in VIEWS for key in keys("work", view) if led_by.endswith(key)]
    return max(views, key=VIEWS.index, default=None)


def _says_more(marked: Marked) -> bool:
    others = (
        Kind.VERB,
        Kind.LANGUAGE,
        Kind.STATUS,
        Kind.WHO,
        Kind.LACK,
        Kind.GOAL,
        Kind.CREATE,
        Kind.SEATED,
    )
    return bool(marked.alien) or marked.has(*others)


def _absence(line: Line, registry: Registry, on: date) -> Understanding | None:
    """When somebody is away, and who; a whole week ends with its Sunday."""
    leading = _leading(line)
    assert leading is not None
    end = leading[1]
    times = days_named(line.key, on)
    marked = mark(line, registry.names, [(0, end), *((when.start, when.end) for when in times)])
    found = keys_of(marked, times, registry, on)
    strangers = [word for word in marked.leftover if word.start >= end]
    if len(strangers) > _STRANGERS or marked.has(Kind.STATUS, Kind.WHO):
        return None
    days = [when for when in times if when.day is not None]
    if days and days[-1].week and days[-1].day is not None:
        found["last_day"] = days[-1].day + _WEEK
    rest = " ".join(line.said(word.start, word.end) for word in strangers) or None
    stop = not times and any(word.key in _ENDS for word in line.words)
    return Understanding(
        intent=Intent.ABSENCE, rest=rest, stop=stop, **_fitting(Intent.ABSENCE, found)
    )


def _spelt_out(line: Line) -> Line:
    """`1–14 juli` with the month twice, and weeks and numbered days apart, so that both count."""
    text = _DAYS.sub(r"\1 \3 - \2", line.text)
    text = _NUMBERS.sub(r"\1 - \2", text)
    return read(_WEEKS.sub(r"\1 \2 - \1 \3", text))


def _fitting(intent: Intent, found: Keys) -> Keys:
    return {name: found[name] for name in KEYS[intent] if name in found}


def work_named(key: str) -> Intent | None:
    """The work that a few words name: `hjälp följ`."""
    return next((each for each in WORKING if key in keys("work", each.value)), None)
