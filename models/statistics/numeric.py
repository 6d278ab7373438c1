"""Numbers that members gave: the mean without clipping, the median by order statistics.

Never the least or the greatest, which is somebody's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, inf

from models.statistics.grade import HIDDEN, grading
from models.statistics.likert import MeanFact, floored, mean_interval, moments
from models.statistics.ranges import Interval
from models.statistics.response_rate import Basis, Response
from models.statistics.share_fact import Asked
from models.statistics.thresholds import DEFAULT, Thresholds


@dataclass(frozen=True)
class MedianFact:
    """The median and the order statistics that bound it, in the question's unit."""

    response: Response
    value: float
    interval: Interval


def numeric_interval(
    values: Sequence[float], eligible: int, thresholds: Thresholds = DEFAULT
) -> Interval:
    """The mean's interval; the floor under the spread takes the range of what was answered."""
    n, (mean, variance) = len(values), moments(values)
    scale = Interval(min(values), max(values))
    spread = floored(variance, n, scale, thresholds.pseudo_answer)
    return mean_interval(mean, spread, n, eligible, thresholds.level)


def numeric_fact(
    values: Sequence[float], asked: Asked, thresholds: Thresholds = DEFAULT
) -> MeanFact:
    """What may be told of a mean of numbers; its width is judged relative to the mean."""
    n = len(values)
    response = Response(n, asked.eligible)
    if n < max(thresholds.least_for_mean, thresholds.least(asked.sensitivity)):
        return MeanFact(response, HIDDEN)
    mean, _ = moments(values)
    found = numeric_interval(values, asked.eligible, thresholds)
    width = found.width / abs(mean) if mean else float(found.width > 0) * inf
    given = grading(width, thresholds.number_widths, response, asked.basis, thresholds)
    if not given.grade.shows_percent:
        return MeanFact(response, given)
    return MeanFact(response, given, mean, None if asked.basis is Basis.OPT_IN else found)


def median_fact(
    values: Sequence[float], asked: Asked, thresholds: Thresholds = DEFAULT
) -> MedianFact | None:
    """The median with limits; None with too few answers, or if a limit would be an end."""
    n = len(values)
    if n < max(thresholds.least_for_mean, thresholds.least(asked.sensitivity)):
        return None
    inside = median_rank(n, asked.eligible, thresholds.level)
    if inside < 2:
        return None
    ordered = sorted(values)
    middle = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    limits = Interval(ordered[inside - 1], ordered[n - inside])
    return MedianFact(Response(n, asked.eligible), middle, limits)


def median_rank(n: int, eligible: int, level: float = 0.95) -> int:
    """The k for which the kth smallest and kth greatest answers bound the median of all eligible.

    0 where no answers do. The number of answers among the lower half is hypergeometric.
    """
    half, tail = (eligible + 1) // 2, (1 - Fraction(str(level))) / 2
    ways, below, rank = comb(eligible, n), 0, 0
    for rank in range(n // 2 + 1):
        below += comb(half, rank) * comb(eligible - half, n - rank)
        if below > tail * ways:
            break
    return rank
