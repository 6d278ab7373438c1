"""Days and weeks as members write them."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.understanding.dates import days_named, iso_week
from handlers.understanding.line import read
from handlers.understanding.moving import times_of_meeting

ON = date(2024, 5, 15)


def _days(text: str) -> list[date | None]:
    return [when.day for when in days_named(read(text).key, ON)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-01", date(2024, 3, 1)),
        ("2024-3-1", date(2024, 3, 1)),
        ("2024/03/01", date(2024, 3, 1)),
        ("20240301", date(2024, 3, 1)),
        ("1/3 2024", date(2024, 3, 1)),
        ("1/3", date(2024, 3, 1)),
        ("1/3-23", date(2023, 3, 1)),
        ("1.3.2024", date(2024, 3, 1)),
        ("den 1 januari 2024", date(2024, 1, 1)),
        ("1 jan", date(2024, 1, 1)),
        ("1:a maj 2023", date(2023, 5, 1)),
        ("5 maj 2021", date(2021, 5, 5)),
        ("juni 2020", date(2020, 6, 1)),
        ("i juni", date(2024, 6, 1)),
        ("2019", date(2019, 5, 15)),
        ("år 2019", date(2019, 5, 15)),
        ("1 March 2024", date(2024, 3, 1)),
        ("1st of March 2024", date(2024, 3, 1)),
        ("March 1, 2024", date(2024, 3, 1)),
        ("Mar 1st", date(2024, 3, 1)),
        ("in May 2022", date(2022, 5, 1)),
    ],
)
def test_a_calendar_day_is_read_in_many_writings(text: str, day: date) -> None:
    assert _days(text) == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("idag", date(2024, 5, 15)),
        ("igår", date(2024, 5, 14)),
        ("i går", date(2024, 5, 14)),
        ("i förrgår", date(2024, 5, 13)),
        ("imorgon", date(2024, 5, 16)),
        ("förra året", date(2023, 5, 15)),
        ("i fjol", date(2023, 5, 15)),
        ("för ett år sedan", date(2023, 5, 15)),
        ("förra månaden", date(2024, 4, 15)),
        ("för tre veckor sedan", date(2024, 4, 24)),
        ("om två veckor", date(2024, 5, 29)),
        ("i måndags", date(2024, 5, 13)),
        ("yesterday", date(2024, 5, 14)),
        ("last year", date(2023, 5, 15)),
        ("a year ago", date(2023, 5, 15)),
        ("10 days ago", date(2024, 5, 5)),
        ("last friday", date(2024, 5, 10)),
    ],
)
def test_a_day_is_counted_from_today(text: str, day: date) -> None:
    assert _days(text) == [day]


def test_a_year_after_a_leap_day_has_its_last_of_february() -> None:
    assert [when.day for when in days_named("forra aret", date(2024, 2, 29))] == [date(2023, 2, 28)]


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("v 20", "2024-W20"),
        ("v.20", "2024-W20"),
        ("v20", "2024-W20"),
        ("vecka 20 2023", "2023-W20"),
        ("week 20", "2024-W20"),
        ("2024-W20", "2024-W20"),
        ("förra veckan", "2024-W19"),
        ("this week", "2024-W20"),
        ("nästa vecka", "2024-W21"),
    ],
)
def test_a_week_is_an_iso_week(text: str, week: str) -> None:
    assert [when.week for when in days_named(read(text).key, ON)] == [week]


@pytest.mark.parametrize("text", ["den 31 februari", "2024-13-01", "32/1", "v 54", "29 feb 2023"])
def test_what_is_no_day_is_found_and_empty(text: str) -> None:
    assert _days(text) == [None]


@pytest.mark.parametrize("text", ["mars", "may", "FAR-014", "19 av 24 helger", "kl 13", "sommaren"])
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    assert _days(text) == []


def test_two_days_in_a_line_are_both_found_where_they_stand() -> None:
    first, second = days_named("farsta 2024-01-01 kant 2024-05-01", ON)
    assert (first.start, first.end, second.day) == (7, 17, date(2024, 5, 1))


def test_a_week_belongs_to_its_iso_year() -> None:
    assert iso_week(date(2024, 12, 30)) == "2025-W01"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("flytta mötet den 18 juni till 19 juni kl 14", "2024-06-18 2024-06-19 14:00"),
        ("flytta mötet till fredag 14–15.30", "2024-05-17 2024-05-17 14:00 15:30"),
        ("move the meeting to June 19 at 2 pm", "2024-06-19 2024-06-19 14:00"),
        ("flytta mötet till 9.30", "09:30"),
        ("nytt möte 19/6 13:00 till 15", "2024-06-19 13:00 15:00"),
        ("nytt möte 4", ""),
    ],
)
def test_where_a_meeting_is_moved_to_is_a_day_and_perhaps_hours(text: str, said: str) -> None:
    found = times_of_meeting(read(text).key, ON).keys
    told = [found.get(name) for name in ("on", "to_day", "starts", "ends")]
    assert " ".join(str(each).removesuffix(":00") for each in told if each is not None) == said
