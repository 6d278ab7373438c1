"""How often an interval covers the truth: enumerated, not simulated, wherever that is possible."""

from __future__ import annotations

from collections.abc import Callable
from math import comb, fsum, sqrt
from typing import Any

from models.statistics.distributions import two_sided_z
from models.statistics.ranges import Interval

Numbers = Any
"""An array of numpy, whose types are of no use here."""


def binomial_coverage(n: int, share: float, interval: Callable[[int, int], Interval]) -> float:
    """The chance that the interval of a binomial count holds the true share."""
    return fsum(
        comb(n, yes) * share**yes * (1 - share) ** (n - yes)
        for yes in range(n + 1)
        if interval(yes, n).holds(share)
    )


def wald(yes: int, n: int, level: float = 0.95) -> Interval:
    """The textbook interval, which the product never uses: here it checks the enumeration."""
    share = yes / n
    half = two_sided_z(level) * sqrt(share * (1 - share) / n)
    return Interval(share - half, share + half)
