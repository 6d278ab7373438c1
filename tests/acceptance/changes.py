"""Change that is none: how often it is called one, alone and in a whole wave."""

from __future__ import annotations

import random
from functools import cache
from math import exp, lgamma, log

import numpy as np

from models.statistics.change import Change, flagged, share_change
from models.statistics.change_independent import Wave, mover
from models.statistics.change_paired import Moves, bonett_price, mcnemar_midp
from models.statistics.ranges import Interval
from tests.acceptance.figure import Figure, Size
from tests.acceptance.shares import chances, groups, numbers

CELLS = 14 * 20


def is_told(interval: Interval) -> bool:
    """Whether an interval excludes no change."""
    return interval.low > 0 or interval.high < 0


def type_one(eligible: int, answered: int) -> float:
    """The worst chance, over all truths, to call two waves of the same truth different."""
    table = chances(eligible, answered)
    told = np.zeros((answered + 1, answered + 1))
    for fewer in range(answered + 1):
        for more in range(fewer + 1, answered + 1):
            # Both ways, and with yes and no changed about, it is the same comparison.
            if fewer + more <= answered:
                mirrored = answered - more, answered - fewer
                found = float(_is_called(fewer, more, answered, eligible))
                told[fewer, more] = told[mirrored] = found
    told += told.T
    return float(np.einsum("mi,ij,mj->m", table, told, table, optimize=True).max())


def _is_called(first: int, second: int, answered: int, eligible: int) -> bool:
    """Whether it is called a change; what the combined intervals do not tell is not tested."""
    one, two = Wave(first, answered, eligible), Wave(second, answered, eligible)
    return is_told(mover(one, two)) and share_change(one, two).excludes_none


def paired(n: int, moving: float, toward: float = 0.5) -> tuple[float, float, float]:
    """Of n who answered both times: type I, coverage, and how often flag and interval disagree.

    `moving` is the chance that a person changed the answer, `toward` that it was to yes.
    """
    up, down = moving * toward, moving * (1 - toward)
    error = coverage = apart = 0.0
    for b in range(n + 1):
        for c in range(n - b + 1):
            chance = _trinomial(n, (b, down), (c, up))
            moves = Moves(b, c, (n - b - c) // 2, n - b - c - (n - b - c) // 2)
            interval, flag = bonett_price(moves), mcnemar_midp(moves) < 0.05
            error += chance * (flag and is_told(interval))
            coverage += chance * interval.holds(up - down)
            apart += chance * (flag != is_told(interval))
    return error, coverage, apart


def _trinomial(n: int, one: tuple[int, float], two: tuple[int, float]) -> float:
    (b, p), (c, q), rest = one, two, n - one[0] - two[0]
    ways = lgamma(n + 1) - lgamma(b + 1) - lgamma(c + 1) - lgamma(rest + 1)
    return exp(ways + b * log(p) + c * log(q) + rest * log(1 - p - q))


@cache
def _change(first: int, second: int, answered: int, eligible: int) -> Change:
    return share_change(Wave(first, answered, eligible), Wave(second, answered, eligible))


def false_flags(waves: int) -> float:
    """How many of a wave's 280 comparisons are flagged though nothing changed, on average."""
    chance, flags = random.Random(280), 0
    for _ in range(waves):
        changes = []
        for _ in range(CELLS):
            eligible = chance.randint(9, 14)
            answered = max(5, round(eligible * 0.75))
            yes = int(eligible * chance.choice([0.2, 0.5, 0.8]))
            everybody = [True] * yes + [False] * (eligible - yes)
            one, two = (sum(chance.sample(everybody, answered)) for _ in range(2))
            changes.append(_change(one, two, answered, eligible))
        flags += sum(change.is_clear for change in flagged(changes))
    return flags / waves


def measure(size: Size) -> list[Figure]:
    """Type I of both methods, coverage of the paired one, and false flags of whole waves."""
    some = 3 if size is Size.SMALL else 1
    independent = [
        type_one(eligible, answered)
        for eligible in groups(size)
        for answered in numbers(eligible)[:: some if eligible <= 40 else 6]
        if answered < eligible
    ]
    ns = (5, 11, 20) if size is Size.SMALL else (5, 8, 11, 15, 20, 30, 40, 60, 100, 150)
    none = [paired(n, moving) for n in ns for moving in (0.1, 0.2, 0.35)]
    true = [paired(n, moving, 0.85) for n in ns for moving in (0.1, 0.2, 0.35)]
    return [
        Figure("change of others: worst type I", max(independent), most=0.06),
        Figure("change of the same: worst type I", max(error for error, _, _ in none), most=0.06),
        Figure(
            "change of the same: least coverage",
            min(coverage for _, coverage, _ in (*none, *true)),
            least=0.94,
        ),
        Figure(
            "change of the same: flag and interval apart", max(a for _, _, a in none), most=0.05
        ),
        Figure("change: false flags in a wave", false_flags(size.of(20, 500)), most=0.2),
    ]
