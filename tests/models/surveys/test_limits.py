"""What a city decides of what surveys may show: raised, never lowered, and kept by each survey."""

from __future__ import annotations

import pytest

from models.statistics.bands import band
from models.statistics.ranges import Persons
from models.statistics.thresholds import DEFAULT
from models.surveys.limits import DEFAULTS, LOWEST, Limits
from models.surveys.survey import Sensitivity, Survey

RAISED = Limits(7, 12, 3)


def test_the_defaults_are_those_of_the_statistics_and_of_the_table() -> None:
    assert DEFAULTS.thresholds() == DEFAULT
    columns = Survey.__table__.columns
    assert {name: columns[name].default.arg for name in LOWEST} == LOWEST
    assert {name: int(columns[name].server_default.arg) for name in LOWEST} == LOWEST


@pytest.mark.parametrize(
    "wrong",
    [(4, 10, 2), (5, 9, 2), (5, 10, 1), (101, 101, 2), (12, 10, 2), (5, 10, 3)],
    ids=["few", "few and sensitive", "narrow", "absurd", "sensitive below", "bands that meet"],
)
def test_what_is_lower_absurd_or_contradicts_itself_is_refused(wrong: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="give "):
        Limits(*wrong)


@pytest.mark.parametrize("limits", [DEFAULTS, RAISED, Limits(9, 20, 4)])
def test_the_bands_divide_the_counts_so_that_each_says_all_there_is_to_know(
    limits: Limits,
) -> None:
    thresholds, sensitivity = limits.thresholds(), Sensitivity.INTERNAL
    for n in range(limits.least_internal, 30):
        told = [band(count, n, sensitivity, thresholds) for count in range(n + 1)]
        assert told[0] == Persons(0, limits.extreme, n)
        assert told[n] == Persons(n - limits.extreme, n, n)
        for count, each in enumerate(told):
            same = [at for at, other in enumerate(told) if other == each]
            assert same == list(range(each.least, each.most + 1)), count


def test_of_two_the_stricter_holds_limit_by_limit() -> None:
    assert Limits(6, 20, 2).never_below(RAISED) == Limits(7, 20, 3)
