"""Where people's days and clocks become the program's: the one place for each conversion."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import overload
from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)
A_MICROSECOND = timedelta(microseconds=1)


def until_from_inclusive(last: date | None) -> date | None:
    """The end of a half-open interval whose last day is given; none means still true."""
    return None if last is None else last + A_DAY


@overload
def last_day(until: date) -> date: ...
@overload
def last_day(until: None) -> None: ...
@overload
def last_day(until: date | None) -> date | None: ...
def last_day(until: date | None) -> date | None:
    """The last day of a half-open interval, as people write it; none means still true."""
    return None if until is None else until - A_DAY


def utc_from_local(local: datetime, zone: str) -> datetime:
    """A wall clock's time in a zone as UTC; of an hour that comes twice it is the first.

    Raises ValueError for an hour that a change to summer time leaves out.
    """
    at = local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    if local_from_utc(at, zone) != local:
        raise ValueError("the clocks were put forward past this time")
    return at


def local_from_utc(at: datetime, zone: str) -> datetime:
    """What a wall clock in a zone shows, without the zone."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def end_of_day(day: date, zone: str) -> datetime:
    """The last moment of a local day, in UTC: what was known "on" a day was known by then."""
    return datetime.combine(day + A_DAY, time(), ZoneInfo(zone)).astimezone(UTC) - A_MICROSECOND
