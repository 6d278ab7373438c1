"""The acceptance figures are reached, in runs small enough for every day."""

import pytest

from tests.acceptance.figure import Figure, Size
from tests.acceptance.parts import PARTS


@pytest.mark.parametrize("part", PARTS)
def test_the_acceptance_figures_are_reached(part: str) -> None:
    missed = [figure for figure in PARTS[part](Size.SMALL) if not figure.is_reached]
    assert missed == []


@pytest.mark.parametrize(
    ("value", "least", "most", "reached"),
    [(1, 0, 2, True), (1, 2, None, False), (1, None, 0.5, False), (1, None, None, True)],
)
def test_a_goal_can_be_missed(
    value: float, least: float | None, most: float | None, reached: bool
) -> None:
    assert Figure("anything", value, least, most).is_reached is reached
