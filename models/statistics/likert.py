"""The mean of a scale, with a floor under its spread, and the ends that logic sets.

The interval is mean ± t × √(v/n × (1 − n/N)), with v = ((n − 1)s² + 0.1 × range²)/n: one pseudo-
answer keeps a group that is of one mind from looking certain. Clipped to the hard bounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from models.statistics.bounds import mean_bounds
from models.statistics.distributions import two_sided_t
from models.statistics.grade import HIDDEN, Grading, grading
from models.statistics.ranges import Interval
from models.statistics.response_rate import Basis, Response
from models.statistics.share_fact import Asked
from models.statistics.thresholds import DEFAULT, Thresholds

FIVE = Interval(1.0, 5.0)


@dataclass(frozen=True)
class MeanFact:
    """A mean as it may be told, in the question's unit; a hidden one has only its response.

    `value` and `interval` are None from grade D, where only the hard bounds are told.
    """

    response: Response
    grading: Grading
    value: float | None = None
    interval: Interval | None = None
    bounds: Interval | None = None


def moments(values: Sequence[float]) -> tuple[float, float]:
    """The mean and the sample variance; 0 for a single value."""
    n = len(values)
    mean = sum(values) / n
    return mean, sum((value - mean) ** 2 for value in values) / max(n - 1, 1)


def mean_interval(mean: float, variance: float, n: int, total: int, level: float) -> Interval:
    """The interval of a mean of n among `total`, by Student's t and the finite correction."""
    half = two_sided_t(level, n - 1) * standard_error(variance, n, total)
    return Interval(mean - half, mean + half)


def standard_error(variance: float, n: int, total: int | None = None) -> float:
    """The standard error of a mean of n, among `total` or among endlessly many."""
    return sqrt(variance / n * (1 - n / total if total else 1))


def floored(variance: float, n: int, scale: Interval, pseudo: float) -> float:
    """The variance with one pseudo-answer that lies `pseudo` of the squared range away."""
    return ((n - 1) * variance + pseudo * scale.width**2) / n


def likert_interval(
    values: Sequence[float],
    eligible: int,
    scale: Interval = FIVE,
    thresholds: Thresholds = DEFAULT,
) -> Interval:
    """The mean's interval among all eligible; a point when everybody answered.

    Raises `ValueError` for fewer than two answers.
    """
    n = len(values)
    if n < 2:
        raise ValueError("a mean's interval needs two answers")
    mean, variance = moments(values)
    spread = floored(variance, n, scale, thresholds.pseudo_answer)
    found = mean_interval(mean, spread, n, eligible, thresholds.level)
    return found.clipped(mean_bounds(mean, n, eligible, scale))


def mean_fact(
    values: Sequence[float],
    asked: Asked,
    scale: Interval = FIVE,
    thresholds: Thresholds = DEFAULT,
) -> MeanFact:
    """What may be told of the mean of a scale, from the least number of answers for a mean."""
    n = len(values)
    response = Response(n, asked.eligible)
    least = max(thresholds.least_for_mean, thresholds.least(asked.sensitivity), 2)
    if n < least:
        return MeanFact(response, HIDDEN)
    found = likert_interval(values, asked.eligible, scale, thresholds)
    given = grading(found.width, thresholds.mean_widths, response, asked.basis, thresholds)
    mean, _ = moments(values)
    bounds = mean_bounds(mean, n, asked.eligible, scale)
    if asked.basis is Basis.OPT_IN:
        return MeanFact(response, given, mean if given.grade.shows_percent else None)
    if not given.grade.shows_percent:
        return MeanFact(response, given, bounds=bounds)
    return MeanFact(response, given, mean, found, bounds)
