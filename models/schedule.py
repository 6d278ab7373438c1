"""The calendar of local time: when something falls due, which days are worked, when it is quiet.

A local time that the spring leaves out moves forward by the gap; one that the autumn has twice is
the first of the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

ZONE = "Europe/Stockholm"
MONDAY = 0
JULY = 7
MORNING = time(8, 0)
EVENING = time(17, 0)
"""The bot speaks unasked from the morning on, never in the evening."""

GRACE = timedelta(hours=24)
"""How late something may still be done; after that it is written down as skipped."""


@dataclass(frozen=True)
class Weekly:
    """Every week on a weekday (Monday is 0) at a local time in a zone."""

    zone: str = ZONE
    weekday: int = MONDAY
    clock: time = MORNING

    def falls_on(self, day: date) -> bool:
        """Whether the day is the one of its week."""
        return day.weekday() == self.weekday


@dataclass(frozen=True)
class WorkedWeek:
    """Every week on a weekday; where that is a red day, the next working day instead.

    July's days are among them: who has nothing to say then says so.
    """

    zone: str = ZONE
    weekday: int = MONDAY
    clock: time = MORNING

    def falls_on(self, day: date) -> bool:
        """Whether the day is the one of its week, or takes the place of one before it."""
        chosen = day - timedelta(days=(day.weekday() - self.weekday) % 7)
        return working_day_from(chosen) == day

    def before(self, day: date) -> date:
        """The last such day before a day that was not in July."""
        earlier = day - timedelta(days=1)
        while is_quiet(earlier) or not self.falls_on(earlier):
            earlier -= timedelta(days=1)
        return earlier


@dataclass(frozen=True)
class WorkingDays:
    """Every working day outside quiet July, at a local time in a zone."""

    zone: str = ZONE
    clock: time = MORNING

    def falls_on(self, day: date) -> bool:
        """Whether the day is worked and not in July."""
        return is_working_day(day) and not is_quiet(day)


@dataclass(frozen=True)
class EveryDay:
    """Every day, worked or not, at a local time in a zone."""

    zone: str = ZONE
    clock: time = MORNING

    def falls_on(self, _day: date) -> bool:
        """Always."""
        return True


Rule = Weekly | WorkedWeek | WorkingDays | EveryDay
"""A rule that makes something fall due again and again."""


def instant(day: date, clock: time, zone: str) -> datetime:
    """The moment in UTC of a local day and time."""
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


# The same report's day is asked for again and again while a list or a digest is made.
@lru_cache(maxsize=4096)
def local_day(at: datetime, zone: str = ZONE) -> date:
    """The day that a moment falls on in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def due_days(rule: Rule, after: datetime, until: datetime) -> list[date]:
    """The local days whose moments lie in `(after, until]`, oldest first."""
    first, last = local_day(after, rule.zone), local_day(until, rule.zone)
    return [
        day
        for day in _days(first - timedelta(days=1), last + timedelta(days=1))
        if rule.falls_on(day) and after < instant(day, rule.clock, rule.zone) <= until
    ]


def is_red_day(day: date) -> bool:
    """Whether it is a Swedish public holiday, or an eve on which nobody works."""
    return day in _red_days(day.year)


def is_working_day(day: date) -> bool:
    """Whether offices are open: Monday to Friday, no red day."""
    return day.weekday() < 5 and not is_red_day(day)


def is_quiet(day: date) -> bool:
    """Whether it is July, when nobody is asked for anything."""
    return day.month == JULY


def may_ask_at(at: datetime, zone: str = ZONE) -> bool:
    """Whether it is daytime on a working day outside July."""
    day = local_day(at, zone)
    return is_working_day(day) and not is_quiet(day) and is_daytime(at, zone)


def may_ask_between(begins: datetime, ends: datetime, zone: str = ZONE) -> bool:
    """Whether there is any such time between two moments."""
    return any(
        max(begins, instant(day, MORNING, zone)) < min(ends, instant(day, EVENING, zone))
        for day in _days(local_day(begins, zone), local_day(ends, zone))
        if is_working_day(day) and not is_quiet(day)
    )


def local_hour(at: datetime, zone: str = ZONE) -> int:
    """The hour of a moment on the clocks of a zone."""
    return at.astimezone(ZoneInfo(zone)).hour


def is_daytime(at: datetime, zone: str = ZONE) -> bool:
    """Whether it is between the morning and the evening, on whatever day."""
    return MORNING <= at.astimezone(ZoneInfo(zone)).time() < EVENING


def next_daytime(at: datetime, zone: str = ZONE) -> datetime:
    """The moment itself in a working day's daytime, else the next working morning, July or not."""
    day = local_day(at, zone)
    if is_working_day(day) and is_daytime(at, zone):
        return at
    if at >= instant(day, MORNING, zone):
        day += timedelta(days=1)
    return instant(working_day_from(day), MORNING, zone)


def working_day_from(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days_after(day: date, number: int) -> date:
    """The working day that is so many working days after a day."""
    for _ in range(number):
        day = working_day_from(day + timedelta(days=1))
    return day


def working_days_before(day: date, number: int) -> date:
    """The working day that is so many working days before a day."""
    while number:
        day -= timedelta(days=1)
        number -= is_working_day(day)
    return day


def monday_of(day: date) -> date:
    """The Monday of the day's ISO week."""
    return day - timedelta(days=day.weekday())


def opens_week(day: date) -> bool:
    """Whether the day is its week's first working day."""
    return day == working_day_from(monday_of(day))


def asking_days(day: date) -> list[date]:
    """The days of the day's ISO week on which somebody may be asked: worked, and not in July."""
    monday = monday_of(day)
    week = [monday + timedelta(days=number) for number in range(5)]
    return [each for each in week if is_working_day(each) and not is_quiet(each)]


def week_code(day: date) -> str:
    """The day's ISO week as 2024-W24."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def monday_of_week(code: str) -> date:
    """The Monday of an ISO week such as 2024-W24; another text is a `ValueError`."""
    return date.fromisoformat(f"{code}-1")


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


@lru_cache(maxsize=8)
def _red_days(year: int) -> frozenset[date]:
    # The library is large, and most requests never ask for a red day.
    from holidays import country_holidays

    return frozenset(country_holidays("SE", years=year, categories=("public", "de_facto")))
