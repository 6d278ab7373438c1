"""Change between two waves: by which method, how sure, and how small a change could be seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from models.statistics.change_exact import same_share_p
from models.statistics.change_independent import Wave, mover
from models.statistics.change_paired import Moves, bonett_price, mcnemar_midp
from models.statistics.distributions import NORMAL, two_sided_z
from models.statistics.multiplicity import benjamini_hochberg
from models.statistics.ranges import Interval
from models.statistics.sample_size import detectable_change, share_error
from models.statistics.thresholds import DEFAULT, Thresholds

NONE = Interval(0.0, 0.0)
EXACT_TEST_UP_TO = 1_000


class Method(StrEnum):
    """Whether the same persons are compared, or two groups of different persons."""

    PAIRED = "paired"
    INDEPENDENT = "independent"


@dataclass(frozen=True)
class Change:
    """The second share less the first, among those the method compares.

    `excludes_none` says that the interval excludes no change; `is_clear` also that it holds among
    all comparisons of its wave. `least` is the least change that could be told from chance.
    `more_yes` is the plain difference in persons where everybody answered both times.
    """

    method: Method
    difference: float
    interval: Interval
    p: float
    least: float
    more_yes: int | None = None
    is_clear: bool = False

    @property
    def excludes_none(self) -> bool:
        """Whether the interval excludes no change."""
        return self.interval.low > 0 or self.interval.high < 0


def share_change(
    first: Wave, second: Wave, moves: Moves | None = None, thresholds: Thresholds = DEFAULT
) -> Change:
    """The change of a share: of the same persons where most are, else of two groups."""
    errors = [share_error(each.share, each.answered, each.eligible) for each in (first, second)]
    least = detectable_change(errors[0], errors[1], thresholds.level)
    more = _more(first, second)
    if moves is not None and is_paired(first.answered, second.answered, moves.n, thresholds):
        found = bonett_price(moves, thresholds.level)
        return Change(Method.PAIRED, moves.difference, found, mcnemar_midp(moves), least, more)
    found = mover(first, second, thresholds.level)
    p = difference_p(first, second, found, thresholds)
    if p > 1 - thresholds.level:
        # Near a census the combined intervals say more than the exact test does.
        found = found.hull(NONE)
    difference = second.share - first.share
    return Change(Method.INDEPENDENT, difference, found, p, least, more)


def is_paired(first: int, second: int, both: int, thresholds: Thresholds = DEFAULT) -> bool:
    """Whether so many answered both times that the paired part alone is compared."""
    return both > 0 and both >= thresholds.same_persons_overlap * max(first, second)


def difference_p(
    first: Wave, second: Wave, found: Interval, thresholds: Thresholds = DEFAULT
) -> float:
    """The chance of such a difference without change: exact for groups of known, moderate size.

    Else it is read from the interval's side towards no change, so that both agree.
    """
    sizes = (first.eligible, second.eligible)
    if all(size is not None and size <= EXACT_TEST_UP_TO for size in sizes):
        return same_share_p(first, second)
    difference = second.share - first.share
    side = difference - found.low if difference > 0 else found.high - difference
    if difference == 0 or side == 0:
        return float(difference == 0)
    return 2 * NORMAL.cdf(-two_sided_z(thresholds.level) * abs(difference) / side)


def flagged(changes: Sequence[Change], thresholds: Thresholds = DEFAULT) -> tuple[Change, ...]:
    """A wave's whole family of changes; clear are those that hold alone and among all."""
    adjusted = benjamini_hochberg([change.p for change in changes])
    return tuple(
        replace(change, is_clear=change.excludes_none and p <= thresholds.false_discovery_rate)
        for change, p in zip(changes, adjusted, strict=True)
    )


def _more(first: Wave, second: Wave) -> int | None:
    whole = first.answered == first.eligible and second.answered == second.eligible
    return second.yes - first.yes if whole else None
