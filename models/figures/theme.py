"""Several sources on one theme: each says its own, and they are never made into one figure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from models.figures.trend import Trend, betterment
from models.indicators.indicator import Direction


class Accord(StrEnum):
    """What the sources' latest changes say together; nothing is averaged."""

    BETTER = "better"
    WORSE = "worse"
    DIFFERENT = "different"
    ONE_ONLY = "one_only"
    """Only one shows a clear change."""
    UNCLEAR = "unclear"
    """None shows a clear change."""


def accord(trends: Iterable[tuple[Direction, Trend]]) -> Accord:
    """Whether the clear changes go the same way."""
    ways = [way for direction, trend in trends if (way := betterment(direction, trend.way))]
    if not ways:
        return Accord.UNCLEAR
    if len(ways) == 1:
        return Accord.ONE_ONLY
    if len(set(ways)) > 1:
        return Accord.DIFFERENT
    return Accord.BETTER if ways[0] > 0 else Accord.WORSE
