"""Counts of small surveys are told in bands, so that neither all nor one shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.statistics.bands import band, enough, third
from models.statistics.ranges import Persons, Shape
from models.surveys.survey import Sensitivity


@pytest.mark.parametrize(
    ("sensitivity", "least"),
    [(Sensitivity.OPEN, 1), (Sensitivity.INTERNAL, 5), (Sensitivity.SENSITIVE, 10)],
)
def test_each_sensitivity_has_its_least_number_of_answers(
    sensitivity: Sensitivity, least: int
) -> None:
    assert enough(least, sensitivity)
    assert not enough(least - 1, sensitivity)


@pytest.mark.parametrize(
    ("count", "n", "shape", "shown"),
    [
        (4, 6, Shape.AT_LEAST, 4),
        (6, 6, Shape.AT_LEAST, 4),
        (0, 6, Shape.AT_MOST, 2),
        (2, 6, Shape.AT_MOST, 2),
        (3, 6, Shape.EXACT, 3),
        (5, 9, Shape.EXACT, 5),
        (7, 9, Shape.AT_LEAST, 7),
    ],
)
def test_extremes_become_bands(count: int, n: int, shape: Shape, shown: int) -> None:
    told = band(count, n, Sensitivity.INTERNAL)
    assert (told.shape, told.count, told.of) == (shape, shown, n)


def test_plain_facts_are_told_exactly() -> None:
    assert band(0, 3, Sensitivity.OPEN) == Persons(0, 0, 3)


def test_too_few_answers_have_no_count() -> None:
    with pytest.raises(ValueError, match="too few"):
        band(2, 4, Sensitivity.INTERNAL)


@given(n=st.integers(5, 60), count=st.data())
def test_unanimity_and_a_lone_dissenter_look_the_same(n: int, count: st.DataObject) -> None:
    few = count.draw(st.integers(0, 2))
    assert band(few, n, Sensitivity.INTERNAL) == band(0, n, Sensitivity.INTERNAL)
    assert band(n - few, n, Sensitivity.INTERNAL) == band(n, n, Sensitivity.INTERNAL)


@given(n=st.integers(5, 60), count=st.data())
def test_a_band_never_lies(n: int, count: st.DataObject) -> None:
    true = count.draw(st.integers(0, n))
    assert band(true, n, Sensitivity.INTERNAL).holds(true)
    assert third(true, n).holds(true)


@pytest.mark.parametrize("n", range(5, 40))
def test_each_step_only_joins_what_the_finer_one_told_apart(n: int) -> None:
    finer = [band(count, n, Sensitivity.INTERNAL) for count in range(n + 1)]
    coarser = [third(count, n) for count in range(n + 1)]
    for fine, coarse in zip(finer, coarser, strict=True):
        assert coarse.hull(fine) == coarse
        assert all(coarser[count] == coarse for count in range(coarse.least, coarse.most + 1))
    assert len(set(coarser)) <= 3
