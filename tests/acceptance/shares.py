"""The exact interval of a share, enumerated over every truth and every result of small groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.stats import hypergeom

from models.statistics.bounds import share_bounds
from models.statistics.share_finite import exact_interval
from tests.acceptance.coverage import Numbers
from tests.acceptance.figure import Figure, Size

TAIL = 0.025


@dataclass(frozen=True)
class Case:
    """One group and one number of answers: the coverage of each truth, and the widths."""

    eligible: int
    answered: int
    coverages: Numbers
    width: float
    midp_width: float
    outside: int


def groups(size: Size) -> tuple[int, ...]:
    """The sizes of groups looked at."""
    return (8, 12, 20, 40) if size is Size.SMALL else (8, 12, 20, 40, 300)


def numbers(eligible: int) -> list[int]:
    """Numbers of answers from 30 % to all; every fifteenth of a large group."""
    step = 1 if eligible <= 40 else 15
    return sorted({*range(-(-eligible * 3 // 10), eligible, step), eligible})


def chances(eligible: int, answered: int) -> Numbers:
    """Row: how many of all say yes; column: how many of those who answered; their chance."""
    truths = np.arange(eligible + 1)[:, None]
    return hypergeom.pmf(np.arange(answered + 1)[None, :], eligible, truths, answered)


def enumerated(eligible: int, answered: int) -> Case:
    """All truths and results of one group."""
    table = chances(eligible, answered)
    truths = np.arange(eligible + 1)
    found = [exact_interval(yes, answered, eligible) for yes in range(answered + 1)]
    held = np.array([(each.least <= truths) & (truths <= each.most) for each in found]).T
    bounds = [share_bounds(yes, answered, eligible) for yes in range(answered + 1)]
    outside = sum(b.hull(each) != b for b, each in zip(bounds, found, strict=True))
    width = float(np.mean([each.share.width for each in found]))
    coverages = (table * held).sum(axis=1)
    return Case(eligible, answered, coverages, width, _midp_width(table, eligible), outside)


def _midp_width(table: Numbers, eligible: int) -> float:
    """The mean width of the interval that counts half of what was seen, for comparison."""
    at_most = np.cumsum(table, axis=1) - table / 2
    kept = (at_most > TAIL) & (1 - at_most > TAIL)
    widths = [np.flatnonzero(column) for column in kept.T]
    return float(np.mean([(each[-1] - each[0]) / eligible for each in widths]))


def cases(size: Size) -> Iterator[Case]:
    """Every group and number of answers."""
    for eligible in groups(size):
        for answered in numbers(eligible):
            yield enumerated(eligible, answered)


def measure(size: Size) -> list[Figure]:
    """Coverage and width of each group, and whether logic is ever contradicted."""
    found, figures = list(cases(size)), []
    for eligible in groups(size):
        own = [case for case in found if case.eligible == eligible]
        coverages = np.concatenate([case.coverages for case in own])
        part = [case for case in own if case.answered < eligible]
        ratio = sum(case.width for case in part) / sum(case.midp_width for case in part)
        figures += [
            Figure(f"share, N={eligible}: mean coverage", float(coverages.mean()), least=0.94),
            # Chances are sums of floats, so that a whole one may be told as a little less.
            Figure(f"share, N={eligible}: least coverage", float(coverages.min()), least=0.95),
            Figure(f"share, N={eligible}: mean width of mid-p's", ratio, most=1.15),
        ]
    census = max(case.width for case in found if case.answered == case.eligible)
    figures.append(Figure("share: width when all answered", census, most=0))
    outside = sum(case.outside for case in found)
    figures.append(Figure("share: intervals outside the hard bounds", outside, most=0))
    return figures
