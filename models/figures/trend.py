"""Whether two figures of one series differ by more than chance, and which way that is.

Shares by the square-and-add of their own intervals (MOVER: Newcombe 1998, Zou & Donner 2008),
counts by the conditional binomial test. Nothing is said across a break in the series.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

from models.figures.figure import Certainty, Figure, figure_of
from models.indicators.indicator import Direction, Indicator, Observation
from models.periods import Span
from models.statistics.change_independent import difference_interval
from models.statistics.counts import count_change
from models.statistics.distributions import two_sided_z
from models.statistics.ranges import Interval
from models.statistics.thresholds import DEFAULT


class Verdict(StrEnum):
    """What may be said of the way from one figure to the next."""

    CLEAR = "clear"
    CHANCE = "chance"
    """It cannot be told from chance."""
    COUNTED = "counted"
    """Everything was counted: the difference is what it is, without any claim about chance."""
    BROKEN = "broken"
    """The series is broken between them."""
    FIRST = "first"
    """There is nothing to compare with."""
    UNSURE = "unsure"
    """One of them has no interval, or is not shown."""


@dataclass(frozen=True)
class Trend:
    """From `before` to now: the difference, its interval, and the least that could be told."""

    verdict: Verdict
    before: Figure | None = None
    difference: float | None = None
    interval: Interval | None = None
    least: float | None = None

    @property
    def way(self) -> int:
        """Up is 1, down is -1; 0 where it is not clear."""
        if self.verdict is not Verdict.CLEAR or not self.difference:
            return 0
        return 1 if self.difference > 0 else -1


def betterment(direction: Direction, way: int) -> int:
    """1 where a way is for the better, -1 for the worse; 0 where neither can be said."""
    return way * {Direction.HIGHER: 1, Direction.LOWER: -1, Direction.CONTEXT: 0}[direction]


def trend_of(indicator: Indicator, rows: Sequence[Observation]) -> Trend:
    """The way to the newest observation of a series from the one before it of the same span.

    `rows` are one place's, the newest first; those not measured are passed over.
    """
    figures = [(row, figure_of(indicator, row)) for row in rows]
    measured = [(row, figure) for row, figure in figures if figure.is_measured]
    if not measured:
        return Trend(Verdict.FIRST)
    newest, now = measured[0]
    for row, figure in measured[1:]:
        if newest.series_break:
            return Trend(Verdict.BROKEN, figure)
        if _comparable(figure, now):
            return compared(figure, now)
        newest = row
    return Trend(Verdict.FIRST)


def _comparable(before: Figure, now: Figure) -> bool:
    """Parts of a year are compared with the same part of the year before: seasons differ."""
    if before.period.span is not now.period.span:
        return False
    return now.period.span is Span.YEAR or before.period.first.month == now.period.first.month


def compared(before: Figure, now: Figure) -> Trend:
    """What may be said of the way from one figure to another."""
    if before.value is None or now.value is None:
        return Trend(Verdict.UNSURE, before)
    difference = now.value - before.value
    if before.count is not None and now.count is not None and now.certainty is Certainty.CHANCE:
        return _by_counts(before, now, difference)
    if Certainty.CENSUS in (before.certainty, now.certainty) and now.interval is None:
        return Trend(Verdict.COUNTED, before, difference)
    if before.interval is None or now.interval is None:
        return Trend(Verdict.UNSURE, before)
    interval = difference_interval((before.value, before.interval), (now.value, now.interval))
    least = sqrt(_half(before.interval) ** 2 + _half(now.interval) ** 2)
    verdict = Verdict.CHANCE if interval.holds(0.0) else Verdict.CLEAR
    return Trend(verdict, before, difference, interval, least)


def _half(interval: Interval) -> float:
    return interval.width / 2


def _by_counts(before: Figure, now: Figure, difference: float) -> Trend:
    assert before.count is not None
    assert now.count is not None
    change = count_change(before.count, now.count)
    verdict = Verdict.CLEAR if change.is_clear else Verdict.CHANCE
    return Trend(verdict, before, difference)


def against(whole: Figure, part: Figure) -> Trend:
    """How a district stands towards the whole city in one period, by the intervals of both."""
    if whole.value is None or part.value is None:
        return Trend(Verdict.UNSURE, whole)
    difference = part.value - whole.value
    if whole.interval is None or part.interval is None:
        return Trend(Verdict.COUNTED, whole, difference)
    interval = difference_interval((whole.value, whole.interval), (part.value, part.interval))
    verdict = Verdict.CHANCE if interval.holds(0.0) else Verdict.CLEAR
    return Trend(verdict, whole, difference, interval)


def chance_of(trend: Trend) -> float | None:
    """The chance of so large a difference where there is none, from its interval."""
    if trend.interval is None or trend.difference is None or trend.interval.width == 0:
        return None
    error = trend.interval.width / (2 * two_sided_z(DEFAULT.level))
    return 2 * (1 - NormalDist().cdf(abs(trend.difference) / error))
