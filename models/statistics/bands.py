"""How a count of those who answered may be told: exactly, in a band at the ends, or in thirds.

Counts near nobody and near everybody become bands, so that neither unanimity nor a lone dissenter
shows. Each step is coarser than the one before and divides the counts 0 to n at fixed places, so
that which band was chosen tells nothing but the band.
"""

from __future__ import annotations

from enum import StrEnum

from models.statistics.ranges import Persons
from models.statistics.thresholds import DEFAULT, Thresholds
from models.surveys.survey import Sensitivity


class Coarseness(StrEnum):
    """How finely a cell is told; the audit goes from the first towards the last.

    `SHARE` leaves out the mean and the distribution that `EXACT` allows beside the share.
    """

    EXACT = "exact"
    SHARE = "share"
    THIRDS = "thirds"
    HIDDEN = "hidden"


def enough(n: int, sensitivity: Sensitivity, thresholds: Thresholds = DEFAULT) -> bool:
    """Whether so many answers may show more than their number."""
    return thresholds.enough(n, sensitivity)


def band(count: int, n: int, sensitivity: Sensitivity, thresholds: Thresholds = DEFAULT) -> Persons:
    """The count as it may be shown: exact, or a band at either end.

    Raises `ValueError` for a count outside 0 to n, or when there are too few answers.
    """
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is no count")
    if not thresholds.enough(n, sensitivity):
        raise ValueError(f"{n} answers are too few to show a count")
    if sensitivity is Sensitivity.OPEN:
        return Persons(count, count, n)
    if count <= thresholds.extreme:
        return Persons(0, min(thresholds.extreme, n), n)
    if count >= n - thresholds.extreme:
        return Persons(n - thresholds.extreme, n, n)
    return Persons(count, count, n)


def third(count: int, n: int, thresholds: Thresholds = DEFAULT) -> Persons:
    """The count as the lowest, middle or highest third of n, never narrower than the end bands.

    Raises `ValueError` for a count outside 0 to n.
    """
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is no count")
    edge = min(max(thresholds.extreme, n // 3), n)
    if count <= edge:
        return Persons(0, edge, n)
    if count >= n - edge:
        return Persons(max(n - edge, edge + 1), n, n)
    return Persons(edge + 1, n - edge - 1, n)
