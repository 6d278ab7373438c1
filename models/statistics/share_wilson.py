"""The interval for a share where the population is unknown or large (Wilson 1927).

Recommended for few answers by Brown, Cai & DasGupta (2001). `wilson` also takes effective
numbers that are no whole persons.
"""

from __future__ import annotations

from math import sqrt

from models.statistics.distributions import two_sided_z
from models.statistics.ranges import Interval


def wilson(yes: float, answered: float, level: float = 0.95) -> Interval:
    """The score interval for yes of answered; raises `ValueError` without answers."""
    if not 0 <= yes <= answered or answered <= 0:
        raise ValueError(f"{yes} of {answered} is no result")
    z2 = two_sided_z(level) ** 2
    share, below = yes / answered, 1 + z2 / answered
    middle = (share + z2 / (2 * answered)) / below
    half = sqrt(z2 * (share * (1 - share) / answered + z2 / (4 * answered**2))) / below
    low = 0.0 if yes == 0 else max(0.0, middle - half)
    high = 1.0 if yes == answered else min(1.0, middle + half)
    return Interval(low, high)
