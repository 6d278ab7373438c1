"""When a meeting is to be: `till 19 juni kl 14`, `to Thursday at 2 pm`, `13–14.30`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from handlers.understanding.dates import When, coming_weekday, days_named
from handlers.understanding.meaning import Intent

OF_MEETINGS = frozenset({Intent.MEETING_NEW, Intent.MEETING_CHANGE})
"""What may say from when to when beside the day."""

_TO = re.compile(r"(?<!\w)(?:till|to)\s*$")
_CLOCK = r"{lead}(?P<hour{n}>\d{{1,2}})(?:[.:](?P<minute{n}>\d\d))?(?: ?(?P<half{n}>am|pm)\b)?"
_NAMED = re.compile(
    r"(?<![\w.:/-])"
    + _CLOCK.format(n=1, lead=r"(?P<said>(?:fran )?(?:kl(?:ockan)?\.?|at|@) ?)?")
    + rf"(?: ?(?:-|till|to) ?{_CLOCK.format(n=2, lead='(?:kl(?:ockan)?[.]? ?)?')})?"
    + r"(?![\w:/-])(?!\.\d)"
)


@dataclass(frozen=True)
class Moving:
    """The days that a line names, the places of all that says when, and what that is."""

    times: list[When]
    spans: list[tuple[int, int]]
    keys: dict[str, date | time]


def times_of_meeting(key: str, on: date) -> Moving:
    """Reads a line without dots: which day a meeting has, and the day and time it is to have."""
    times = sorted([*days_named(key, on), *_weekdays(key, on)], key=lambda when: when.start)
    days = [(when.start, when.end) for when in times]
    keys: dict[str, date | time] = {}
    for when in times:
        if when.day is not None:
            name = "to_day" if _TO.search(key[: when.start]) else "on"
            keys.setdefault(name, when.day)
    if "to_day" in keys:
        keys.setdefault("on", keys["to_day"])
    clock = next(_clocks(key, days), None)
    if clock is None:
        return Moving(times, days, keys)
    span, clocks = clock
    return Moving(times, [*days, span], {**keys, **clocks})


def _weekdays(key: str, on: date) -> Iterator[When]:
    """A weekday right after `till`, which says no more than where to."""
    for when in coming_weekday(key, on):
        if _TO.search(key[: when.start]):
            yield when


def _clocks(
    key: str, days: list[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], dict[str, time]]]:
    """The times of day: `kl 14`, `14.00`, `2 pm` or `14-15`; a number alone is none."""
    for match in _NAMED.finditer(key):
        start, end = match.span()
        if any(start < until and since < end for since, until in days):
            continue
        if not (match["said"] or match["minute1"] or match["half1"] or match["hour2"]):
            continue
        half = match["half1"] or match["half2"]
        starts = _time(match["hour1"], match["minute1"], half)
        if starts is None:
            continue
        found = {"starts": starts}
        if match["hour2"] and (ends := _time(match["hour2"], match["minute2"], match["half2"])):
            found["ends"] = ends
        yield (start, end), found


def _time(hour: str, minute: str | None, half: str | None) -> time | None:
    """A time of day; `half` is am or pm."""
    number = int(hour)
    if half and 1 <= number <= 12:
        number = number % 12 + (12 if half == "pm" else 0)
    try:
        return time(number, int(minute or 0))
    except ValueError:
        return None
