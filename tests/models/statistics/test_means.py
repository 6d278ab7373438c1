"""Means and medians: what may be told, from how many answers, and never somebody's extreme."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.statistics.grade import Grade
from models.statistics.likert import likert_interval, mean_fact
from models.statistics.numeric import median_fact, median_rank, numeric_fact
from models.statistics.ranges import Interval
from models.statistics.response_rate import Basis
from models.statistics.share_fact import Asked
from models.surveys.survey import Sensitivity

TWELVE = Asked(12, Sensitivity.INTERNAL)


def test_nine_answers_have_no_mean_and_ten_have_one() -> None:
    assert mean_fact([3, 4] * 4 + [4], TWELVE).grading.grade is Grade.X
    ten = mean_fact([3, 4] * 5, TWELVE)
    assert ten.value == 3.5
    assert ten.interval is not None
    assert ten.bounds is not None
    assert (ten.bounds.low, ten.bounds.high) == pytest.approx((37 / 12, 45 / 12))


def test_a_wide_mean_is_not_told_but_its_bounds_are() -> None:
    wide = mean_fact([1, 5] * 5, Asked(40, Sensitivity.INTERNAL))
    assert (wide.grading.grade, wide.value, wide.interval) == (Grade.D, None, None)
    assert wide.bounds is not None


def test_volunteers_have_a_mean_without_an_interval() -> None:
    panel = mean_fact([3, 4] * 50, Asked(100, Sensitivity.INTERNAL, Basis.OPT_IN))
    assert (panel.value, panel.interval, panel.bounds) == (3.5, None, None)


@given(st.integers(2, 30), st.integers(0, 30), st.data())
def test_the_interval_of_a_mean_stays_inside_what_logic_allows(
    answered: int, missing: int, data: st.DataObject
) -> None:
    scale = st.integers(1, 5)
    values = data.draw(st.lists(scale, min_size=answered, max_size=answered))
    found = likert_interval(values, answered + missing)
    total = sum(values)
    assert found.low >= (total + missing) / (answered + missing) - 1e-9
    assert found.high <= (total + 5 * missing) / (answered + missing) + 1e-9
    assert (found.width > 0) == (missing > 0)


@given(st.lists(st.integers(0, 1000), min_size=10, max_size=40), st.integers(0, 60))
def test_a_median_never_tells_the_least_or_the_greatest_answer(
    values: list[int], missing: int
) -> None:
    n = len(values)
    fact = median_fact(values, Asked(n + missing, Sensitivity.INTERNAL))
    rank = median_rank(n, n + missing)
    if fact is not None:
        ordered = sorted(values)
        assert rank >= 2
        assert fact.interval == Interval(ordered[rank - 1], ordered[n - rank])
        assert fact.interval.holds(fact.value)


def test_a_median_of_endless_many_has_the_binomials_limits() -> None:
    assert [median_rank(n, 10**6) for n in (5, 6, 9, 12, 20)] == [0, 1, 2, 3, 6]


def test_numbers_are_judged_by_their_width_beside_the_mean() -> None:
    near = numeric_fact([100, 101, 102] * 6, Asked(20, Sensitivity.INTERNAL))
    assert (near.grading.grade, near.value, near.bounds) == (Grade.A, 101, None)
    far = numeric_fact([0, 0, 0, 0, 1000] * 2, Asked(200, Sensitivity.INTERNAL))
    assert (far.grading.grade, far.value) == (Grade.D, None)
    few = numeric_fact([1, 2, 3], Asked(20, Sensitivity.INTERNAL))
    assert few.grading.grade is Grade.X
    assert median_fact([1, 2, 3], Asked(20, Sensitivity.INTERNAL)) is None
