"""Change among the same persons: who moved which way (mid-p McNemar, Bonett & Price 2012)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, sqrt

from models.statistics.distributions import t_cdf, two_sided_t, two_sided_z
from models.statistics.likert import floored, moments, standard_error
from models.statistics.ranges import Interval
from models.statistics.share_wilson import wilson
from models.statistics.thresholds import DEFAULT, Thresholds


@dataclass(frozen=True)
class Moves:
    """Of those who answered both times: from yes to no, from no to yes, and who stayed."""

    yes_to_no: int
    no_to_yes: int
    yes_both: int
    no_both: int

    @property
    def n(self) -> int:
        """How many answered both times."""
        return self.yes_to_no + self.no_to_yes + self.yes_both + self.no_both

    @property
    def difference(self) -> float:
        """The second share less the first."""
        return (self.no_to_yes - self.yes_to_no) / self.n


@dataclass(frozen=True)
class PairedMeans:
    """The mean change of the same persons, with Student's test."""

    change: float
    interval: Interval
    t: float
    p: float


def mcnemar_midp(moves: Moves) -> float:
    """The two-sided mid-p of as uneven a split of those who moved, if both ways were as likely."""
    b, c = moves.yes_to_no, moves.no_to_yes
    moved, fewer = b + c, min(b, c)
    at_most = sum(comb(moved, count) for count in range(fewer + 1))
    # Python's whole numbers stay exact, and dividing them at last does not overflow.
    return min(1.0, (2 * at_most - comb(moved, fewer)) / (1 << moved))


def bonett_price(moves: Moves, level: float = 0.95) -> Interval:
    """The interval of the second share less the first, one person added to each way."""
    n = moves.n + 2
    down, up = (moves.yes_to_no + 1) / n, (moves.no_to_yes + 1) / n
    half = two_sided_z(level) * sqrt((down + up - (up - down) ** 2) / n)
    return Interval(max(-1.0, up - down - half), min(1.0, up - down + half))


def newcombe_paired(moves: Moves, level: float = 0.95) -> Interval:
    """The alternative: Wilson limits, squared and added, with their correlation (Newcombe 1998)."""
    first = moves.yes_both + moves.yes_to_no
    second = moves.yes_both + moves.no_to_yes
    n = moves.n
    one, two = wilson(first, n, level), wilson(second, n, level)
    p1, p2 = first / n, second / n
    below = first * (n - first) * second * (n - second)
    product = moves.yes_both * moves.no_both - moves.yes_to_no * moves.no_to_yes
    phi = (product - n / 2 if product > n / 2 else min(product, 0)) / sqrt(below) if below else 0.0
    down, up = (p2 - two.low, one.high - p1), (two.high - p2, p1 - one.low)
    low, high = (sqrt(a * a - 2 * phi * a * b + b * b) for a, b in (down, up))
    return Interval(p2 - p1 - low, p2 - p1 + high)


def paired_means(
    first: Sequence[float],
    second: Sequence[float],
    scale: Interval | None = None,
    thresholds: Thresholds = DEFAULT,
) -> PairedMeans:
    """Paired t of the same persons in the same order; a scale puts the floor under the spread.

    Without the finite correction: the question is the collaboration, not just these persons.
    Raises `ValueError` for unequal or fewer than two pairs.
    """
    changes = [after - before for before, after in zip(first, second, strict=True)]
    n = len(changes)
    if n < 2:
        raise ValueError("a change needs two pairs")
    change, variance = moments(changes)
    if scale is not None:
        variance = floored(variance, n, scale, thresholds.pseudo_answer)
    error = standard_error(variance, n)
    half = two_sided_t(thresholds.level, n - 1) * error
    if error == 0:
        return PairedMeans(change, Interval(change, change), 0.0, float(change == 0))
    t = change / error
    p = 2 * t_cdf(-abs(t), n - 1)
    return PairedMeans(change, Interval(change - half, change + half), t, p)
