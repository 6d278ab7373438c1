"""Counts of small surveys are told in bands, so that neither all nor one shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.bands import Band, Shape, band, enough
from models.surveys import Sensitivity


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
    assert band(count, n, Sensitivity.INTERNAL) == Band(shape, shown, n)


def test_plain_facts_are_told_exactly() -> None:
    assert band(0, 3, Sensitivity.OPEN) == Band(Shape.EXACT, 0, 3)


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
    told = band(true, n, Sensitivity.INTERNAL)
    holds = {
        Shape.EXACT: true == told.count,
        Shape.AT_MOST: true <= told.count,
        Shape.AT_LEAST: true >= told.count,
    }
    assert holds[told.shape]
