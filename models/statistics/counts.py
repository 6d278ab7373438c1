"""Counts from registers: no sampling error, but chance (Garwood 1936), and change between two."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, fsum, inf, lgamma, log

from models.statistics.distributions import gamma_quantile
from models.statistics.ranges import Interval
from models.statistics.share_checks import clopper_pearson
from models.statistics.thresholds import DEFAULT, Thresholds

EQUALLY_LIKELY = 1 + 1e-7
"""Chances so near each other count as equal, as in R's `binom.test`."""


@dataclass(frozen=True)
class CountFact:
    """A register's count with its exact Poisson interval; hidden where few persons are counted."""

    count: int | None
    interval: Interval | None

    @property
    def is_hidden(self) -> bool:
        """Whether the count may not be told, since it is of one to a few persons."""
        return self.count is None


@dataclass(frozen=True)
class CountChange:
    """From one count to another: the chance of it without any change, and the ratio's interval."""

    first: int
    second: int
    p: float
    ratio: Interval
    is_clear: bool


def count_fact(count: int, *, of_persons: bool, thresholds: Thresholds = DEFAULT) -> CountFact:
    """A count as it may be told; one to four victims or suspects are hidden."""
    if of_persons and 1 <= count <= thresholds.hidden_register_most:
        return CountFact(None, None)
    return CountFact(count, garwood(count, thresholds.level))


def garwood(count: int, level: float = 0.95, exposure: float = 1.0) -> Interval:
    """The exact Poisson interval of a count, or of a rate per unit of exposure."""
    if count < 0 or exposure <= 0:
        raise ValueError(f"{count} in {exposure} is no count")
    tail = (1 - level) / 2
    low, high = gamma_quantile(tail, count), gamma_quantile(1 - tail, count + 1)
    return Interval(low / exposure, high / exposure)


def count_change(
    first: int, second: int, level: float = 0.95, exposures: tuple[float, float] = (1.0, 1.0)
) -> CountChange:
    """The conditional binomial test of two counts, each over its exposure (say, months)."""
    if min(first, second) < 0 or min(exposures) <= 0:
        raise ValueError(f"{first} and {second} in {exposures} are no counts")
    total, fair = first + second, exposures[1] / sum(exposures)
    if total == 0:
        return CountChange(first, second, 1.0, Interval(0.0, inf), is_clear=False)
    p = binomial_p(second, total, fair)
    share, odds = clopper_pearson(second, total, level), exposures[0] / exposures[1]
    ratio = Interval(_odds(share.low) * odds, _odds(share.high) * odds)
    return CountChange(first, second, p, ratio, is_clear=p < 1 - level)


def binomial_p(yes: int, n: int, fair: float) -> float:
    """The two-sided exact chance of what is no likelier than `yes` of n, at a fair share."""
    limit = _chance(yes, n, fair) * EQUALLY_LIKELY
    chances = (_chance(count, n, fair) for count in range(n + 1))
    return min(1.0, fsum(chance for chance in chances if chance <= limit))


def _chance(yes: int, n: int, fair: float) -> float:
    ways = lgamma(n + 1) - lgamma(yes + 1) - lgamma(n - yes + 1)
    return exp(ways + yes * log(fair) + (n - yes) * log(1 - fair))


def _odds(share: float) -> float:
    return inf if share >= 1 else share / (1 - share)
