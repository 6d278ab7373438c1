"""A simulated year of schedules in every time zone, with clocks that jump. Nothing is stored.

What decides in the program is a unique row; here it is a set. The rules and the search for what
has fallen due are the program's own.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from bot.occasions.occasion import repeated
from models.schedule import Weekly

START = datetime(2026, 2, 1, tzinfo=UTC)
WEEKS = 56
"""A year and what lies around it, so that every zone has both its nights."""

CLOCKS = (time(8, 0), time(2, 30), time(0, 0))
"""The morning, an hour that a night leaves out or has twice, and midnight."""


@dataclass(frozen=True)
class Year:
    """What the year came to: zones × clocks × weeks, and what was wrong in it."""

    schedules: int
    weeks: int
    missed: int
    doubled: int


def simulate(zones: Iterable[str], seed: int = 1) -> Year:
    """Ticks through a year at random moments, for each zone and clock, on a clock that jumps."""
    drawn = random.Random(seed)
    schedules = missed = doubled = 0
    for zone in zones:
        for clock in CLOCKS:
            fired = list(_fired(Weekly(zone, 6, clock), drawn))
            weeks = {day.isocalendar()[:2] for day in fired}
            missed += len(_expected(zone, clock) - set(fired))
            doubled += len(fired) - len(weeks)
            schedules += 1
    return Year(schedules, WEEKS, missed, doubled)


def all_zones() -> list[str]:
    """Every IANA zone that this machine knows."""
    return sorted(available_timezones() - {"localtime"})


def _fired(rule: Weekly, drawn: random.Random) -> Iterator[date]:
    """The local days on which a rule fires, when it is looked at again and again."""
    last: date | None = None
    done: set[date] = set()
    for now in _moments(drawn):
        for day, _ in repeated(rule, last, START, now):
            if day not in done:
                done.add(day)
                last = max(day, last or day)
                yield day


def _moments(drawn: random.Random) -> Iterator[datetime]:
    """Moments less than a day apart, now and then two hours back, to the end of the year."""
    at, end = START, START + timedelta(weeks=WEEKS)
    while at < end:
        yield at
        at += timedelta(hours=drawn.uniform(17, 23))
        if drawn.random() < 0.1:
            yield at
            yield at - timedelta(hours=2)
    yield end


def _expected(zone: str, clock: time) -> set[date]:
    """Every Sunday of the year, whether or not its clock shows the time once."""
    place, end = ZoneInfo(zone), START + timedelta(weeks=WEEKS)
    day, found = START.astimezone(place).date() - timedelta(days=1), set()
    while day <= end.astimezone(place).date():
        if day.weekday() == 6 and START < datetime.combine(day, clock, place) <= end:
            found.add(day)
        day += timedelta(days=1)
    return found
