"""Hard bounds: what holds whatever those who did not answer think, with no assumption at all.

Manski's worst-case bounds; their width is the share that is missing.
"""

from __future__ import annotations

from models.statistics.ranges import Interval, Persons


def share_bounds(yes: int, answered: int, eligible: int) -> Persons:
    """How many of all eligible say yes, if all who are missing say no, and if all say yes.

    Raises `ValueError` unless 0 ≤ yes ≤ answered ≤ eligible.
    """
    if not 0 <= yes <= answered <= eligible:
        raise ValueError(f"{yes} of {answered} of {eligible} is no result")
    return Persons(yes, yes + eligible - answered, eligible)


def band_bounds(told: Persons, eligible: int) -> Persons:
    """The bounds of every count in a band, so that they do not reveal which it was."""
    lowest = share_bounds(told.least, told.of, eligible)
    return lowest.hull(share_bounds(told.most, told.of, eligible))


def mean_bounds(mean: float, answered: int, eligible: int, scale: Interval) -> Interval:
    """The mean of all eligible, if all who are missing give the lowest or the highest answer.

    `mean` and `scale` are in the question's unit. Raises `ValueError` when nobody has answered.
    """
    if not 0 < answered <= eligible:
        raise ValueError(f"{answered} of {eligible} is no result")
    total, missing = mean * answered, eligible - answered
    return Interval(
        (total + missing * scale.low) / eligible, (total + missing * scale.high) / eligible
    )
