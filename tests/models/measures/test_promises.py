"""The pace of citizen promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from handlers import texts
from models.measures.measure import Category, Measure
from models.measures.promises import Pace, pace
from models.people.organisations import Party
from models.wording import pace_words

START = date(2024, 1, 1)


def promise(promised: int | None, weeks: int) -> Measure:
    """A promise of so many times in so many weeks from the first of January."""
    return Measure(
        code="FAR-021",
        title="Helginsatser",
        party=Party.POLICE,
        category=Category.PREVENTION,
        start_on=START,
        due_on=START + timedelta(weeks=weeks, days=-1),
        promised=promised,
        promise_unit="helginsats",
    )


def on_week(promised: int, done: int, week: int) -> Pace:
    """The pace on the first day of a week, of 52."""
    found = pace(promise(promised, 52), done, START + timedelta(weeks=week - 1))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("done", "week", "expected", "behind"),
    [(19, 24, 18, 0), (18, 24, 18, 0), (17, 24, 18, 1), (0, 1, 0, 0), (30, 60, 40, 10)],
)
def test_begun_weeks_count_and_whole_times_are_expected(
    done: int, week: int, expected: int, behind: int
) -> None:
    found = on_week(40, done, week)
    assert (found.expected, found.behind) == (expected, behind)


def test_nothing_is_expected_before_the_first_day() -> None:
    found = pace(promise(40, 52), None, START - timedelta(days=1))
    assert found is not None
    assert (found.begun, found.expected, found.behind, found.done) == (0, 0, 0, 0)


def test_without_a_promise_or_a_last_day_there_is_no_pace() -> None:
    endless = promise(40, 52)
    endless.due_on = None
    assert pace(promise(None, 52), 3, START) is pace(endless, 3, START) is None


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (
            on_week(40, 19, 24),
            "Helginsats 40 av 52 veckor. Hittills 19 av 24 veckor – enligt plan",
        ),
        (
            on_week(40, 15, 24),
            "Helginsats 40 av 52 veckor. Hittills 15 av 24 veckor – 3 efter plan",
        ),
        (
            on_week(40, 40, 50),
            "Helginsats 40 av 52 veckor. Hittills 40 av 50 veckor – löftet är uppfyllt",
        ),
        (
            on_week(100, 50, 26),
            "Helginsats 100 gånger på 52 veckor. Hittills 50 gånger på 26 veckor – enligt plan",
        ),
        (
            replace(on_week(40, 19, 24), unit="helger"),
            "40 helger på 52 veckor. Hittills 19 på 24 veckor – enligt plan",
        ),
    ],
)
def test_the_pace_is_told_in_words(found: Pace, told: str) -> None:
    assert pace_words(texts.language("sv", "Europe/Stockholm"), found) == told
