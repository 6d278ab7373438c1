"""Days and clocks of people become those of the program in one place, and come back the same."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.intervals import last_day, local_from_utc, until_from_inclusive, utc_from_local

STOCKHOLM = "Europe/Stockholm"


def _wall(clock: str) -> datetime:
    return datetime.fromisoformat(clock)


@given(day=st.none() | st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_last_day_comes_back_as_it_was_written(day: date | None) -> None:
    assert last_day(until_from_inclusive(day)) == day


def test_a_last_day_is_included() -> None:
    assert until_from_inclusive(date(2024, 6, 30)) == date(2024, 7, 1)


@pytest.mark.parametrize(
    ("clock", "hour"),
    [("2024-01-15 13:00", 12), ("2024-06-18 13:00", 11), ("2024-10-27 02:30", 0)],
)
def test_a_wall_clock_is_read_in_its_zone(clock: str, hour: int) -> None:
    at = utc_from_local(_wall(clock), STOCKHOLM)
    assert (at.hour, at.tzinfo) == (hour, UTC)
    assert local_from_utc(at, STOCKHOLM) == _wall(clock)


def test_an_hour_that_the_clocks_leave_out_is_refused() -> None:
    with pytest.raises(ValueError, match="put forward"):
        utc_from_local(_wall("2024-03-31 02:30"), STOCKHOLM)
