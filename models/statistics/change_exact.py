"""Two waves of groups of known size: how likely such a difference is if the shares are the same.

Combined intervals say too much where nearly all have answered: their distances then are steps of
single persons, and squaring takes them for independent noise. This test is exact. It takes the
worst of all truths that both waves leave possible (Berger & Boos 1994).
"""

from __future__ import annotations

from itertools import accumulate
from math import ceil, exp, floor, fsum, lgamma

from models.statistics.change_independent import Wave
from models.statistics.share_finite import exact_interval

LEFT_OUT = 1e-6
"""The chance that the truth is none of those looked at, added to the result."""

SAME = 1e-9


def same_share_p(first: Wave, second: Wave) -> float:
    """The two-sided chance of so great a difference of shares, at the worst common truth.

    Both waves' `eligible` must be known. A truth of the first group is carried over to the second
    by its size.
    """
    difference = abs(second.share - first.share)
    if difference < SAME:
        return 1.0
    truths = _common(first, second)
    worst = max((_at(first, second, pair, difference) for pair in truths), default=0.0)
    return min(1.0, worst + LEFT_OUT)


def _common(first: Wave, second: Wave) -> list[tuple[int, int]]:
    """The numbers of yes among all, in the first and the second group, that may be the truth."""
    sizes, kept = [], []
    for wave in (first, second):
        assert wave.eligible is not None
        sizes.append(wave.eligible)
        kept.append(exact_interval(wave.yes, wave.answered, wave.eligible, 1 - LEFT_OUT / 2))
    ratio = sizes[1] / sizes[0]
    pairs = [(m, round(m * ratio)) for m in range(kept[0].least, kept[0].most + 1)]
    return [pair for pair in pairs if kept[1].holds(pair[1])]


def _at(first: Wave, second: Wave, truth: tuple[int, int], difference: float) -> float:
    """The chance of a difference at least so great, at one truth."""
    start, chances = _chances(second, truth[1])
    below = list(accumulate(chances, initial=0.0))
    n, last = second.answered, start + len(chances)

    def up_to(count: int) -> float:
        return below[min(max(count + 1, start), last) - start]

    terms = []
    fewest, of_first = _chances(first, truth[0])
    for yes, chance in enumerate(of_first, fewest):
        share = yes / first.answered
        low = up_to(floor(n * (share - difference + SAME)))
        high = below[-1] - up_to(ceil(n * (share + difference - SAME)) - 1)
        terms.append(chance * (low + high))
    return fsum(terms)


def _chances(wave: Wave, truth: int) -> tuple[int, list[float]]:
    """The fewest possible yes among those who answered, and the chances from there on."""
    assert wave.eligible is not None
    n, other = wave.answered, wave.eligible - truth
    start, end = max(0, n - other), min(n, truth)
    ways = _ways(wave.eligible, n)
    return start, [
        exp(_ways(truth, yes) + _ways(other, n - yes) - ways) for yes in range(start, end + 1)
    ]


def _ways(total: int, chosen: int) -> float:
    return lgamma(total + 1) - lgamma(chosen + 1) - lgamma(total - chosen + 1)
