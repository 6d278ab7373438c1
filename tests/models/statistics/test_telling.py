"""What a cell tells of a question at each step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.statistics.bands import Coarseness
from models.statistics.ranges import Persons
from models.statistics.telling import LIKERT, YES_NO, options, tell
from models.surveys.survey import Sensitivity

INTERNAL = Sensitivity.INTERNAL


def test_a_yes_or_no_tells_who_said_yes() -> None:
    tale = tell(YES_NO, (4, 5), INTERNAL)
    assert [part.told for part in tale.parts] == [Persons(5, 5, 9)]


@pytest.mark.parametrize(
    ("counts", "sets"),
    [
        ((4, 4, 4, 4, 4), [(0,), (1,), (2,), (3,), (4,)]),
        ((2, 4, 4, 6, 4), [(0, 1), (2,), (3, 4)]),
        ((0, 1, 6, 6, 7), []),
        ((1, 2, 4, 4, 4), []),
    ],
)
def test_a_spread_joins_small_categories_and_is_silent_near_nobody(
    counts: tuple[int, ...], sets: list[tuple[int, ...]]
) -> None:
    tale = tell(LIKERT, counts, INTERNAL)
    assert [part.answers for part in tale.spread] == sets


def test_a_mean_is_told_from_ten_answers_and_only_at_the_finest_step() -> None:
    assert not tell(LIKERT, (1, 2, 2, 2, 2), INTERNAL).tells_mean
    assert tell(LIKERT, (2, 2, 2, 2, 2), INTERNAL).tells_mean
    assert not tell(LIKERT, (2, 2, 2, 2, 2), INTERNAL, Coarseness.SHARE).tells_mean


def test_too_few_answers_and_what_is_hidden_are_silent() -> None:
    assert tell(YES_NO, (2, 2), INTERNAL).is_silent
    assert tell(YES_NO, (6, 6), INTERNAL, Coarseness.HIDDEN).is_silent


@given(st.lists(st.integers(0, 12), min_size=2, max_size=6).filter(lambda c: sum(c) >= 5))
def test_no_option_in_a_band_can_be_worked_out_from_the_others(counts: list[int]) -> None:
    n = sum(counts)
    told = [part.told for part in tell(options(len(counts)), counts, INTERNAL).parts]
    for count, each in zip(counts, told, strict=True):
        assert each.holds(count)
        if not 2 < count < n - 2:
            rest = [other for other in told if other is not each]
            assert n - sum(other.most for other in rest) <= each.least
            assert n - sum(other.least for other in rest) >= each.most
