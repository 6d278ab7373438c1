"""Shares and means put together from strata or weighted to known numbers.

Cochran (1977, chapter 5) for strata; Kish's effective number; Korn & Graubard (1998) for the
interval of a weighted share, as in R's `svyciprop`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from models.statistics.distributions import beta_quantile, two_sided_t
from models.statistics.ranges import Interval
from models.statistics.share_wilson import wilson
from models.statistics.thresholds import DEFAULT, Thresholds


@dataclass(frozen=True)
class Stratum:
    """A part of known size `eligible` with its answers' mean (or share) and sample variance."""

    name: str
    answered: int
    eligible: int
    mean: float
    variance: float


@dataclass(frozen=True)
class Estimate:
    """A figure with its standard error and the answers behind it."""

    value: float
    error: float
    answered: int


@dataclass(frozen=True)
class WeightedShare:
    """A weighted share beside the plain one, which is told too where they differ by much."""

    weighted: float
    plain: float
    effective: float
    interval: Interval
    tells_plain: bool
    collapsed: tuple[str, ...] = ()


def share_stratum(name: str, yes: int, answered: int, eligible: int) -> Stratum:
    """A stratum of yes and no; its variance is that of the sample."""
    share = yes / answered
    spread = share * (1 - share) * answered / max(answered - 1, 1)
    return Stratum(name, answered, eligible, share, spread)


def stratified(strata: Sequence[Stratum]) -> Estimate:
    """The mean over all, each stratum counted by its size; raises `ValueError` for an empty one."""
    if any(not 0 < each.answered <= each.eligible for each in strata) or not strata:
        raise ValueError("each stratum needs answers, and no more than are eligible")
    total = sum(each.eligible for each in strata)
    mean = sum(each.eligible * each.mean for each in strata) / total
    variance = sum((each.eligible / total) ** 2 * _variance(each) for each in strata)
    return Estimate(mean, sqrt(variance), sum(each.answered for each in strata))


def stratified_total(strata: Sequence[Stratum]) -> Estimate:
    """The sum over all, with its standard error."""
    found, total = stratified(strata), sum(each.eligible for each in strata)
    return Estimate(found.value * total, found.error * total, found.answered)


def collapsed(strata: Sequence[Stratum], thresholds: Thresholds = DEFAULT) -> tuple[Stratum, ...]:
    """The strata with each too small one joined to the smallest other, until none is too small."""
    left = list(strata)
    while len(left) > 1:
        smallest = min(left, key=lambda each: (each.answered, each.name))
        if smallest.answered >= thresholds.least_in_cell:
            break
        left.remove(smallest)
        other = min(left, key=lambda each: (each.answered, each.name))
        left[left.index(other)] = _joined(other, smallest)
    return tuple(left)


def weighted_share(strata: Sequence[Stratum], thresholds: Thresholds = DEFAULT) -> WeightedShare:
    """A share weighted to the strata's known sizes, small ones joined and weights limited."""
    joined = _limited(collapsed(strata, thresholds), thresholds.heaviest_weight_ratio)
    found = stratified(joined)
    answered = found.answered
    plain = sum(each.answered * each.mean for each in strata) / answered
    effective = effective_number(joined)
    interval = wilson(found.value * effective, effective, thresholds.level)
    known = {each.name for each in strata}
    return WeightedShare(
        found.value,
        plain,
        effective,
        interval,
        abs(found.value - plain) > thresholds.weighting_told_from,
        tuple(each.name for each in joined if each.name not in known),
    )


def effective_number(strata: Sequence[Stratum]) -> float:
    """How many plain answers would be as precise, no more than there are; Kish's at 0 and 1."""
    found = stratified(strata)
    if found.error == 0:
        weights = [each.eligible / each.answered for each in strata for _ in range(each.answered)]
        return kish(weights)
    return min(float(found.answered), found.value * (1 - found.value) / found.error**2)


def kish(weights: Sequence[float]) -> float:
    """The effective number of answers with unequal weights: (Σw)²/Σw²."""
    return sum(weights) ** 2 / sum(weight**2 for weight in weights)


def korn_graubard(
    share: float, effective: float, level: float = 0.95, dfs: tuple[int, int] | None = None
) -> Interval:
    """The beta interval on an effective number; `dfs` are those of the sample and the design."""
    if dfs is not None:
        effective *= (two_sided_t(level, dfs[0]) / two_sided_t(level, dfs[1])) ** 2
    tail, yes = (1 - level) / 2, share * effective
    return Interval(
        beta_quantile(tail, yes, effective - yes + 1),
        beta_quantile(1 - tail, yes + 1, effective - yes),
    )


def logit_interval(found: Estimate, df: float, level: float = 0.95) -> Interval:
    """The interval of a share on the logistic scale, by Student's t."""
    share = found.value
    if not 0 < share < 1:
        raise ValueError("nobody or everybody has no logit")
    middle = log(share / (1 - share))
    half = two_sided_t(level, df) * found.error / (share * (1 - share))
    return Interval(1 / (1 + exp(half - middle)), 1 / (1 + exp(-half - middle)))


def _variance(stratum: Stratum) -> float:
    return (1 - stratum.answered / stratum.eligible) * stratum.variance / stratum.answered


def _joined(one: Stratum, other: Stratum) -> Stratum:
    """Two strata as one, with the spread between their means."""
    n = one.answered + other.answered
    mean = (one.answered * one.mean + other.answered * other.mean) / n
    squares = sum(
        (each.answered - 1) * each.variance + each.answered * (each.mean - mean) ** 2
        for each in (one, other)
    )
    name, eligible = f"{one.name} + {other.name}", one.eligible + other.eligible
    return Stratum(name, n, eligible, mean, squares / max(n - 1, 1))


def _limited(strata: Sequence[Stratum], most: float) -> tuple[Stratum, ...]:
    """The strata with the heaviest weights cut to `most` times the lightest.

    Cutting lowers the size that a stratum counts for, never below its answers.
    """
    lightest = min(each.eligible / each.answered for each in strata)
    return tuple(
        Stratum(
            each.name,
            each.answered,
            max(each.answered, min(each.eligible, int(lightest * most * each.answered))),
            each.mean,
            each.variance,
        )
        for each in strata
    )
