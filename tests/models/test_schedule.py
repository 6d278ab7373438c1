"""The calendar of local time: both nights when the clock changes, red days, July."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.schedule import (
    Weekly,
    WorkedWeek,
    WorkingDays,
    due_days,
    instant,
    is_quiet,
    is_working_day,
    local_day,
    may_ask_between,
    monday_of_week,
    opens_week,
    week_code,
    working_day_from,
    working_days_after,
    working_days_before,
)

STOCKHOLM = "Europe/Stockholm"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        (date(2026, 3, 29), time(2, 30), "2026-03-29T01:30"),
        (date(2026, 3, 29), time(1, 59), "2026-03-29T00:59"),
        (date(2026, 3, 29), time(3, 0), "2026-03-29T01:00"),
        (date(2026, 10, 25), time(2, 30), "2026-10-25T00:30"),
        (date(2026, 10, 25), time(3, 0), "2026-10-25T02:00"),
        (date(2024, 6, 10), time(8, 0), "2024-06-10T06:00"),
        (date(2024, 12, 9), time(8, 0), "2024-12-09T07:00"),
    ],
)
def test_a_missing_hour_moves_forward_and_a_double_hour_is_the_first(
    day: date, clock: time, moment: str
) -> None:
    assert instant(day, clock, STOCKHOLM) == utc(moment)


@pytest.mark.parametrize("sunday", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_night_with_a_changed_clock_makes_one_firing(sunday: date) -> None:
    rule = Weekly(STOCKHOLM, weekday=6, clock=time(2, 30))
    fired = []
    at = instant(sunday, time(0, 0), STOCKHOLM) - timedelta(hours=3)
    for _ in range(12 * 6):
        fired += due_days(rule, at, at + timedelta(minutes=10))
        at += timedelta(minutes=10)
    assert fired == [sunday]


@given(zone=st.sampled_from(sorted(available_timezones())), hour=st.integers(0, 23))
def test_every_zone_has_one_firing_a_week(zone: str, hour: int) -> None:
    rule = Weekly(zone, clock=time(hour, 30))
    start = utc("2026-01-01T00:00")
    steps = [start + timedelta(days=3 * number) for number in range(52)]
    fired = [day for i in range(len(steps) - 1) for day in due_days(rule, steps[i], steps[i + 1])]
    assert len(fired) == len(set(fired))
    weeks = {week_code(day) for day in fired}
    assert len(weeks) == len(fired) in (21, 22)


def test_a_moment_on_the_hour_is_due_and_belongs_to_one_interval_only() -> None:
    eight = utc("2024-06-10T06:00")
    hour = timedelta(hours=1)
    assert due_days(Weekly(), eight - hour, eight) == [date(2024, 6, 10)]
    assert due_days(Weekly(), eight, eight + hour) == []


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 6, 20), True),
        (date(2024, 6, 21), False),  # midsommarafton
        (date(2024, 6, 22), False),
        (date(2024, 6, 6), False),  # nationaldagen
        (date(2024, 12, 24), False),
        (date(2024, 12, 27), True),
        (date(2024, 4, 1), False),  # annandag påsk
        (date(2025, 4, 18), False),  # långfredagen
    ],
)
def test_red_days_and_the_eves_nobody_works_on_are_not_working_days(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_a_red_monday_moves_what_asks_to_the_next_working_day() -> None:
    easter_monday = date(2024, 4, 1)
    assert working_day_from(easter_monday) == date(2024, 4, 2)
    assert not opens_week(easter_monday)
    assert opens_week(date(2024, 4, 2))
    assert not opens_week(date(2024, 4, 3))


def test_working_days_are_counted_across_midsummer() -> None:
    assert working_days_before(date(2024, 6, 24), 2) == date(2024, 6, 19)
    assert working_days_after(date(2024, 6, 20), 1) == date(2024, 6, 24)
    assert working_days_before(date(2024, 6, 18), 2) == date(2024, 6, 14)


def test_nothing_that_asks_falls_due_in_july() -> None:
    assert is_quiet(date(2024, 7, 15))
    due = due_days(WorkingDays(), utc("2024-06-28T12:00"), utc("2024-08-02T12:00"))
    assert due == [date(2024, 8, 1), date(2024, 8, 2)]


def test_the_iso_week_of_new_year_belongs_to_the_year_of_its_thursday() -> None:
    assert week_code(date(2024, 12, 30)) == "2025-W01"
    assert monday_of_week("2025-W01") == date(2024, 12, 30)
    assert monday_of_week("2024-W24") == date(2024, 6, 10)


def test_a_late_evening_in_utc_is_already_the_next_day_in_stockholm() -> None:
    assert local_day(utc("2024-06-09T22:30")) == date(2024, 6, 10)
    assert local_day(datetime(2024, 6, 10, 0, 30, tzinfo=ZoneInfo(STOCKHOLM))) == date(2024, 6, 10)


def test_what_is_quiet_is_told_with_the_first_day_after_it() -> None:
    mondays = WorkedWeek()
    assert mondays.falls_on(date(2025, 4, 22))
    assert not mondays.falls_on(date(2025, 4, 21))
    assert mondays.before(date(2025, 4, 28)) == date(2025, 4, 22)
    assert mondays.before(date(2025, 4, 22)) == date(2025, 4, 14)
    assert mondays.before(date(2025, 8, 4)) == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("begins", "ends", "is_any"),
    [
        ("2024-06-28T06:00", "2024-08-01T14:00", True),
        ("2024-06-28T15:30", "2024-07-31T14:00", False),
        ("2024-07-31T06:00", "2024-08-01T14:00", True),
        ("2024-06-15T06:00", "2024-06-16T14:00", False),
        ("2024-06-20T15:30", "2024-06-23T14:00", False),
    ],
    ids=["over July", "in July", "until August", "a weekend", "midsummer"],
)
def test_nobody_is_asked_in_july_on_red_days_in_evenings_or_on_weekends(
    begins: str, ends: str, is_any: bool
) -> None:
    assert may_ask_between(utc(begins), utc(ends)) is is_any
