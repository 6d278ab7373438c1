"""Days, weeks and years as members write them, in Swedish and English."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan", "februari february feb febr", "mars march mar",
            "april apr", "maj may", "juni june jun", "juli july jul", "augusti august aug",
            "september sept sep", "oktober october okt oct", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = f"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_ORDINAL = "(?::?[ea]|st|nd|rd|th)?"
_YEAR = r"(?:[ ,-]*(?P<year>\d{4}))?"
_WEEK = "(?:veckan|veckor|vecka|week|wk|v|w)"
_DAYS = ("mandag", "tisdag", "onsdag", "torsdag", "fredag", "lordag", "sondag")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_A_WEEKDAY = re.compile(rf"(?<!\w)(?P<weekday>{'|'.join((*_DAYS, *_WEEKDAYS))})(?:en)?(?!\w)")
_NUMBERS = {
    "en": 1, "ett": 1, "a": 1, "an": 1, "one": 1, "tva": 2, "two": 2, "tre": 3, "three": 3,
    "fyra": 4, "four": 4, "fem": 5, "five": 5, "sex": 6, "six": 6,
}  # fmt: skip
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_UNITS = {
    "dag": "day", "dagar": "day", "day": "day", "days": "day",
    "vecka": "week", "veckor": "week", "week": "week", "weeks": "week",
    "manad": "month", "manader": "month", "month": "month", "months": "month",
    "ar": "year", "year": "year", "years": "year",
}  # fmt: skip
_UNIT = f"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})"


@dataclass(frozen=True)
class When:
    """A day that the line names, and where; `week` if the line names a week of the year.

    `is_month` if it names a month without a day of it, whose first day then stands for it.
    `day` is empty where there is no such day, as the 31st of February.
    """

    start: int
    end: int
    day: date | None
    week: str | None = None
    is_month: bool = False


def iso_week(day: date) -> str:
    """The ISO week of a day: 2024-W20."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def days_named(key: str, on: date) -> list[When]:
    """All days and weeks named in a line without dots, in order, none within another."""
    found: list[When] = []
    for pattern, reading in _PATTERNS:
        for match in pattern.finditer(key):
            start, end = match.span()
            if not any(start < other.end and other.start < end for other in found):
                found.extend(reading(match, on))
    return sorted(found, key=lambda when: when.start)


Reading = Callable[[re.Match[str], date], Iterator[When]]


def _calendar_day(match: re.Match[str], on: date) -> Iterator[When]:
    """A day with its month, and perhaps its year; without a year it is this year's."""
    parts = match.groupdict()
    month = _MONTHS.get(parts["month"]) or int(parts["month"])
    year = int(parts.get("year") or on.year)
    year += 2000 if year < 100 else 0
    day = _day(year, month, int(parts.get("day") or 1))
    yield replace(_when(match, day), is_month=not parts.get("day"))


def _week(match: re.Match[str], on: date) -> Iterator[When]:
    year = int(match["year"] or on.isocalendar().year)
    try:
        monday = date.fromisocalendar(year, int(match["week"]), 1)
    except ValueError:
        yield _when(match, None)
        return
    yield _when(match, monday, iso_week(monday))


def _year(match: re.Match[str], on: date) -> Iterator[When]:
    """A year alone is the same day of that year."""
    yield _when(match, _moved(on, years=int(match["year"]) - on.year))


def _ago(match: re.Match[str], on: date) -> Iterator[When]:
    number = _NUMBERS.get(match["number"]) or int(match["number"])
    unit = _UNITS[match["unit"]]
    steps = -number if match.groupdict().get("ago") else number
    day = _stepped(on, unit, steps)
    yield _when(match, day, iso_week(day) if day and unit == "week" else None)


def _stepped(on: date, unit: str, steps: int) -> date | None:
    if unit == "year":
        return _moved(on, years=steps)
    if unit == "month":
        return _moved(on, months=steps)
    return on + timedelta(days=steps * (7 if unit == "week" else 1))


def _weekday(match: re.Match[str], on: date) -> Iterator[When]:
    """The nearest such weekday before today."""
    back = (on.weekday() - _weekday_number(match) - 1) % 7 + 1
    yield _when(match, on - timedelta(days=back))


def _weekday_number(match: re.Match[str]) -> int:
    name = match["weekday"]
    return _DAYS.index(name) if name in _DAYS else _WEEKDAYS.index(name)


def _coming_weekday(match: re.Match[str], on: date) -> Iterator[When]:
    """The nearest such weekday from today."""
    yield _when(match, on + timedelta(days=(_weekday_number(match) - on.weekday()) % 7))


def coming_weekday(key: str, on: date) -> Iterator[When]:
    """The weekdays that a line without dots names, each as the nearest from today."""
    for match in _A_WEEKDAY.finditer(key):
        yield from _coming_weekday(match, on)


def _fixed(unit: str, steps: int) -> Reading:
    def reading(match: re.Match[str], on: date) -> Iterator[When]:
        day = _stepped(on, unit, steps)
        yield _when(match, day, iso_week(day) if day and unit == "week" else None)

    return reading


def _when(match: re.Match[str], day: date | None, week: str | None = None) -> When:
    return When(match.start(), match.end(), day, week)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _moved(on: date, *, years: int = 0, months: int = 0) -> date | None:
    """The same day in another month or year; its last day where that month is shorter."""
    count = on.year * 12 + on.month - 1 + years * 12 + months
    year, month = count // 12, count % 12 + 1
    if not 1 <= year <= 9999:
        return None
    return date(year, month, min(on.day, calendar.monthrange(year, month)[1]))


_FIXED: tuple[tuple[str, str, int], ...] = (
    ("dagen fore igar|i ?forrgar|forrgar|(?:the )?day before yesterday", "day", -2),
    ("i ?gar|igar|yesterday", "day", -1),
    ("i ?over ?morgon|(?:the )?day after tomorrow", "day", 2),
    ("i ?morgon|imorron|imorn|tomorrow", "day", 1),
    ("i ?dag|today|dags dato", "day", 0),
    (
        "(?:forra|fore?gaende|sista|senaste) veckan|(?:the )?(?:last|previous) week|forra v",
        "week",
        -1,
    ),
    ("(?:den har|denna|innevarande) veckan?|(?:this|the current|current) week|i veckan", "week", 0),
    ("nasta vecka|kommande vecka|next week|the coming week", "week", 1),
    ("(?:forra|fore?gaende) manaden|(?:the )?(?:last|previous) month", "month", -1),
    ("nasta manad|next month", "month", 1),
    ("(?:forra|fore?gaende) aret|i ?fjol|(?:the )?(?:last|previous) year|fjolaret", "year", -1),
    ("nasta ar|next year", "year", 1),
)
_PATTERNS: tuple[tuple[re.Pattern[str], Reading], ...] = tuple(
    (re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])"), reading)
    for pattern, reading in (
        (r"(?P<year>\d{4})([-./])(?P<month>\d{1,2})\2(?P<day>\d{1,2})", _calendar_day),
        (r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)", _calendar_day),
        (
            rf"(?:(?:den|the) )?(?P<day>\d{{1,2}}){_ORDINAL}[ .-]*(?:of )?{_MONTH}\b\.?{_YEAR}",
            _calendar_day,
        ),
        (
            rf"{_MONTH}\.? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?",
            _calendar_day,
        ),
        (rf"(?:i |in )?{_MONTH}\.?,?[ -](?P<year>\d{{4}})", _calendar_day),
        (r"(?:den )?(?P<day>\d{1,2})[./](?P<month>\d{1,2})[ ./-]+(?P<year>\d{4})", _calendar_day),
        (r"(?P<day>\d{1,2})/(?P<month>\d{1,2})-(?P<year>\d\d)", _calendar_day),
        (r"(?:den )?(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d\d))?", _calendar_day),
        (r"(?P<year>\d{4})[ -]?(?:w|v)\.?(?P<week>\d{1,2})", _week),
        (
            rf"{_WEEK}\.?(?: ?nr\.?)? ?(?P<week>\d{{1,2}})(?:[ ,/-]*(?:ar |of )?(?P<year>20\d\d))?",
            _week,
        ),
        (rf"(?:for )?{_NUMBER} {_UNIT} (?P<ago>sedan|sen|ago|tillbaka|back|earlier)", _ago),
        (rf"(?:om|in) {_NUMBER} {_UNIT}", _ago),
        *((pattern, _fixed(unit, steps)) for pattern, unit, steps in _FIXED),
        (rf"(?:i |last )(?P<weekday>{'|'.join((*_DAYS, *_WEEKDAYS))})s?", _weekday),
        (
            rf"(?:pa|nasta|kommande|on|next) (?P<weekday>{'|'.join((*_DAYS, *_WEEKDAYS))})(?:en)?",
            _coming_weekday,
        ),
        (rf"(?:i|in|under|during) {_MONTH}", _calendar_day),
        (r"(?:ar |i |in |of )?(?P<year>(?:19[5-9]|20\d)\d)(?!-\d)", _year),
    )
)
