"""What a small survey's counts may show: thresholds and bands, never a percentage.

The thresholds are those of staff surveys: at least 5 answers for work opinions, 10 for what is
sensitive. Counts near nobody and near everybody become bands, so that neither unanimity nor a
lone dissenter shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.surveys import Sensitivity

LEAST_ANSWERS = {Sensitivity.OPEN: 1, Sensitivity.INTERNAL: 5, Sensitivity.SENSITIVE: 10}
"""The fewest answers from which anything but their number may be shown."""

LEAST_FOR_MEAN = 10
LEAST_FOR_DISTRIBUTION = 20
BAND = 2


class Shape(StrEnum):
    """How a count may be told: exactly, as at most, or as at least."""

    EXACT = "exact"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"


@dataclass(frozen=True)
class Band:
    """A count of persons as it may be shown, out of `n` who answered."""

    shape: Shape
    count: int
    n: int


def enough(n: int, sensitivity: Sensitivity) -> bool:
    """Whether so many answers may show more than their number."""
    return n >= LEAST_ANSWERS[sensitivity]


def band(count: int, n: int, sensitivity: Sensitivity) -> Band:
    """The count as it may be shown.

    Raises `ValueError` for a count outside 0 to n, or when there are too few answers.
    """
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is no count")
    if not enough(n, sensitivity):
        raise ValueError(f"{n} answers are too few to show a count")
    if sensitivity is Sensitivity.OPEN:
        return Band(Shape.EXACT, count, n)
    if count <= BAND:
        return Band(Shape.AT_MOST, min(BAND, n), n)
    if count >= n - BAND:
        return Band(Shape.AT_LEAST, n - BAND, n)
    return Band(Shape.EXACT, count, n)
