"""How many answers are needed, and how small a change could be told from chance."""

from __future__ import annotations

from bisect import bisect_left
from math import ceil, inf, sqrt

from models.statistics.distributions import (
    NORMAL,
    noncentral_t_cdf,
    normal_quantile,
    t_quantile,
    two_sided_z,
)
from models.statistics.share_finite import exact_interval

SMALL = 500


def needed_for_share(
    half_width: float, share: float = 0.5, eligible: int | None = None, level: float = 0.95
) -> int:
    """The answers with which a share's interval reaches so far on either side, as planned."""
    endless = two_sided_z(level) ** 2 * share * (1 - share) / half_width**2
    return _corrected(endless, eligible)


def needed_for_mean(
    half_width: float, deviation: float, eligible: int | None = None, level: float = 0.95
) -> int:
    """The answers with which a mean's interval reaches so far on either side, as planned."""
    return _corrected((two_sided_z(level) * deviation / half_width) ** 2, eligible)


def answers_needed(eligible: int, widest: float, level: float = 0.95) -> int:
    """The fewest answers with which no share's exact interval is wider; at worst all."""

    def is_narrow(answered: int) -> bool:
        # The widest are near the half; in a large group one person more or less does not matter.
        least = answered // 3 if eligible <= SMALL else answered // 2
        around = range(least, min(answered, answered // 2 + 1) + 1)
        widths = (exact_interval(yes, answered, eligible, level).share.width for yes in around)
        return max(widths) <= widest + 1e-9

    return bisect_left(range(eligible + 1), True, lo=1, hi=eligible, key=is_narrow)


def share_error(share: float, answered: int, eligible: int | None = None) -> float:
    """A share's standard error, with the finite correction where the size is known."""
    left = 1 - answered / eligible if eligible else 1.0
    return sqrt(share * (1 - share) / max(answered - 1, 1) * left)


def detectable_change(first: float, second: float, level: float = 0.95) -> float:
    """The least change of two figures with these standard errors that is no noise."""
    return two_sided_z(level) * sqrt(first**2 + second**2)


def planned_change(first: float, second: float, power: float = 0.8, level: float = 0.95) -> float:
    """The change that would be found with a power: 2.8 standard errors for 80 %."""
    return (two_sided_z(level) + normal_quantile(power)) * sqrt(first**2 + second**2)


def power_for_shares(n: int, first: float, second: float, level: float = 0.95) -> float:
    """The chance to find a difference between two shares among n in each group."""
    middle = (first + second) / 2
    spread = sqrt(first * (1 - first) + second * (1 - second))
    aside = two_sided_z(level) * sqrt(2 * middle * (1 - middle))
    if spread == 0:
        return 1.0 if first != second else 0.0
    return NORMAL.cdf((sqrt(n) * abs(first - second) - aside) / spread)


def detectable_share(n: int, first: float, power: float = 0.8, level: float = 0.95) -> float:
    """The smallest greater share that n in each group would find; inf where none is."""
    steps = range(int((1 - first) * 1_000_000) + 1)
    found = bisect_left(
        steps, power, key=lambda step: power_for_shares(n, first, first + step / 1e6, level)
    )
    return first + found / 1e6 if found < len(steps) else inf


def power_for_means(n: int, difference: float, deviation: float, level: float = 0.95) -> float:
    """The chance of Student's test to find a difference between means of n in each group."""
    df, shift = 2 * n - 2, sqrt(n / 2) * abs(difference) / deviation
    return 1 - noncentral_t_cdf(t_quantile((1 + level) / 2, df), df, shift)


def _corrected(endless: float, eligible: int | None) -> int:
    found = endless if eligible is None else endless / (1 + (endless - 1) / eligible)
    return ceil(found - 1e-9)
