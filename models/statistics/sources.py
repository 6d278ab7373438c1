"""Several sources of one thing: put together where they agree, side by side where they do not.

Different constructs (reported crime, fear, members' opinion) are never averaged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from models.statistics.distributions import two_sided_z
from models.statistics.ranges import Interval
from models.statistics.small_area import Between, fit, intercept_alone
from models.statistics.thresholds import DEFAULT, Thresholds


@dataclass(frozen=True)
class SourceFigure:
    """A source's figure of a construct in a population, with its standard error."""

    source: str
    construct: str
    population: str
    value: float
    error: float


class Apart(StrEnum):
    """Why sources stand side by side instead of being put together."""

    OTHER_CONSTRUCT = "other_construct"
    OTHER_POPULATION = "other_population"
    CONTRADICT = "contradict"


@dataclass(frozen=True)
class Combined:
    """The figure of all sources together, or why there is none; the sources are told anyway."""

    sources: tuple[SourceFigure, ...]
    value: float | None = None
    interval: Interval | None = None
    between: float = 0.0
    apart: Apart | None = None


def combined(
    sources: Sequence[SourceFigure],
    method: Between = Between.MOMENT,
    thresholds: Thresholds = DEFAULT,
) -> Combined:
    """The precision-weighted mean with variance between sources, where two of them do not clash."""
    told = tuple(sources)
    apart = _apart(told, thresholds.level)
    if apart is not None or len(told) < 2:
        return Combined(told, apart=apart)
    areas = intercept_alone([s.value for s in told], [s.error**2 for s in told])
    fitted = fit(areas, method)
    mean, error = fitted.mean
    half = two_sided_z(thresholds.level) * error
    return Combined(told, mean, Interval(mean - half, mean + half), fitted.between)


def benchmarked(
    figures: Sequence[float], sizes: Sequence[int], total: SourceFigure, own: SourceFigure
) -> tuple[float, ...] | None:
    """Parts' shares times one ratio, so that the city's total agrees with another source's.

    None where the two sources' totals contradict each other or are not of the same thing. A share
    stays at most 1.
    """
    if _apart((total, own), DEFAULT.level) is not None:
        return None
    now = sum(f * n for f, n in zip(figures, sizes, strict=True)) / sum(sizes)
    return tuple(min(1.0, figure * total.value / now) for figure in figures) if now else None


def _apart(sources: Sequence[SourceFigure], level: float) -> Apart | None:
    if len({source.construct for source in sources}) > 1:
        return Apart.OTHER_CONSTRUCT
    if len({source.population for source in sources}) > 1:
        return Apart.OTHER_POPULATION
    z = two_sided_z(level)
    clash = (
        abs(one.value - other.value) > z * sqrt(one.error**2 + other.error**2)
        for place, one in enumerate(sources)
        for other in sources[:place]
    )
    return Apart.CONTRADICT if any(clash) else None
