"""Change between different persons: two intervals combined, distances squared and added (MOVER).

With exact hypergeometric limits where both groups' sizes are known, and Wilson's where they are
not (Newcombe 1998, method 10; Zou & Donner 2008). Means by Welch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from models.statistics.distributions import t_cdf, two_sided_t
from models.statistics.likert import floored, moments
from models.statistics.ranges import Interval
from models.statistics.share_finite import exact_interval
from models.statistics.share_wilson import wilson
from models.statistics.thresholds import DEFAULT, Thresholds


@dataclass(frozen=True)
class Wave:
    """How many said yes of those who answered, of so many eligible where that is known."""

    yes: int
    answered: int
    eligible: int | None = None

    @property
    def share(self) -> float:
        """The share of yes among those who answered."""
        return self.yes / self.answered

    def interval(self, level: float = 0.95, exact_up_to: int = DEFAULT.exact_up_to) -> Interval:
        """Exact where the size is known and not too large, else Wilson's."""
        if self.eligible is None or self.eligible > exact_up_to:
            return wilson(self.yes, self.answered, level)
        return exact_interval(self.yes, self.answered, self.eligible, level).share


@dataclass(frozen=True)
class MeansChange:
    """The second mean less the first, with Welch's test."""

    change: float
    interval: Interval
    df: float
    p: float


def mover(first: Wave, second: Wave, level: float = 0.95) -> Interval:
    """The interval of the second share less the first."""
    return difference_interval(
        (first.share, first.interval(level)), (second.share, second.interval(level))
    )


def difference_interval(first: tuple[float, Interval], second: tuple[float, Interval]) -> Interval:
    """The interval of the second figure less the first, from each one's value and own interval."""
    (before, of_first), (now, of_second) = first, second
    down = sqrt((now - of_second.low) ** 2 + (of_first.high - before) ** 2)
    up = sqrt((of_second.high - now) ** 2 + (before - of_first.low) ** 2)
    return Interval(now - before - down, now - before + up)


def welch(
    first: Sequence[float],
    second: Sequence[float],
    scale: Interval | None = None,
    thresholds: Thresholds = DEFAULT,
) -> MeansChange:
    """Welch's interval and test of two means; a scale puts the floor under both spreads.

    Raises `ValueError` when a group has fewer than two answers.
    """
    if min(len(first), len(second)) < 2:
        raise ValueError("each mean needs two answers")
    sides = []
    for values in (first, second):
        n, (mean, variance) = len(values), moments(values)
        if scale is not None:
            variance = floored(variance, n, scale, thresholds.pseudo_answer)
        sides.append((n, mean, variance / n))
    (n1, mean1, v1), (n2, mean2, v2) = sides
    change, error = mean2 - mean1, sqrt(v1 + v2)
    if error == 0:
        return MeansChange(change, Interval(change, change), n1 + n2 - 2, float(change == 0))
    df = (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))
    half = two_sided_t(thresholds.level, df) * error
    p = 2 * t_cdf(-abs(change / error), df)
    return MeansChange(change, Interval(change - half, change + half), df, p)
