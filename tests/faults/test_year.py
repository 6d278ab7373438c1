"""A year of schedules: each week once in every time zone, through both nights of its clocks."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from models.schedule import instant
from tests.faults.year import all_zones, simulate

SOME = all_zones()[::20]


def test_each_week_of_a_year_fires_once_in_many_zones() -> None:
    found = simulate(["Europe/Stockholm", "Pacific/Apia", *SOME])
    assert (found.missed, found.doubled) == (0, 0)
    assert found.schedules > 75


@pytest.mark.parametrize(
    ("night", "shown"),
    [("2026-03-29", "03:30 CEST"), ("2026-10-25", "02:30 CEST"), ("2027-03-28", "03:30 CEST")],
)
def test_half_past_two_moves_on_in_spring_and_is_the_first_of_two_in_autumn(
    night: str, shown: str
) -> None:
    at = instant(date.fromisoformat(night), time(2, 30), "Europe/Stockholm")
    assert f"{at.astimezone(ZoneInfo('Europe/Stockholm')):%H:%M %Z}" == shown
