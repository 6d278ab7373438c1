"""Other intervals for a share of an unknown population, which only check the shown one."""

from __future__ import annotations

from models.statistics.distributions import beta_quantile
from models.statistics.ranges import Interval


def clopper_pearson(yes: int, answered: int, level: float = 0.95) -> Interval:
    """The exact binomial interval, by the beta distribution's quantiles."""
    tail = (1 - level) / 2
    return Interval(
        beta_quantile(tail, yes, answered - yes + 1),
        beta_quantile(1 - tail, yes + 1, answered - yes),
    )


def jeffreys(yes: int, answered: int, level: float = 0.95, *, modified: bool = True) -> Interval:
    """The interval of Jeffreys' prior, with the ends of Brown, Cai & DasGupta (2001, 4.1.2).

    `modified` also widens it for one and for all but one.
    """
    tail, no = (1 - level) / 2, answered - yes
    low = 0.0 if yes == 0 else beta_quantile(tail, yes + 0.5, no + 0.5)
    high = 1.0 if no == 0 else beta_quantile(1 - tail, yes + 0.5, no + 0.5)
    if modified:
        low = 0.0 if yes == 1 else tail ** (1 / answered) if no == 0 else low
        high = 1.0 if no == 1 else 1 - tail ** (1 / answered) if yes == 0 else high
    return Interval(low, high)
