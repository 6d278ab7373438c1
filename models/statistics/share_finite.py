"""The exact interval for a share of a group of known size: integer arithmetic, no approximation.

Test inversion of the hypergeometric distribution with equal tails: kept is every number of yes
for which both tails exceed half of what the level leaves (Buonaccorsi 1987; Wang 2015).
"""

from __future__ import annotations

from bisect import bisect_left
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import comb, sqrt

from models.statistics.ranges import Persons


@lru_cache(maxsize=4096)
def exact_interval(yes: int, answered: int, eligible: int, level: float = 0.95) -> Persons:
    """How many of all eligible say yes, if those missing resemble those who answered.

    When everybody answered it is a point. Raises `ValueError` unless
    0 ≤ yes ≤ answered ≤ eligible and the level lies between 0 and 1.
    """
    if not 0 <= yes <= answered <= eligible or not 0 < level < 1:
        raise ValueError(f"{yes} of {answered} of {eligible} at {level} is no result")
    tail = (1 - Fraction(Decimal(str(level)))) / 2
    least = _least(yes, answered, eligible, tail)
    most = eligible - _least(answered - yes, answered, eligible, tail)
    return Persons(least, most, eligible)


def band_interval(told: Persons, eligible: int, level: float = 0.95) -> Persons:
    """The interval of every count in a band, so that it does not reveal which it was."""
    lowest = exact_interval(told.least, told.of, eligible, level)
    return lowest.hull(exact_interval(told.most, told.of, eligible, level))


def standard_error(yes: int, answered: int, eligible: int) -> float:
    """The share's standard error with the finite population's correction (Cochran 1977, 3.2)."""
    if answered < 2:
        raise ValueError("a standard error needs two answers")
    share = yes / answered
    return sqrt(share * (1 - share) / (answered - 1) * (eligible - answered) / eligible)


def _least(yes: int, answered: int, eligible: int, tail: Fraction) -> int:
    """The smallest number of yes among all that would give so many or more with some chance."""
    possible = range(yes, eligible - answered + yes + 1)
    ways = comb(eligible, answered)

    def is_kept(among_all: int) -> bool:
        found = _ways_of_at_least(yes, answered, among_all, eligible)
        return found * tail.denominator > ways * tail.numerator

    return possible[bisect_left(possible, True, key=is_kept)]


def _ways_of_at_least(yes: int, answered: int, among_all: int, eligible: int) -> int:
    """In how many ways a draw of `answered` holds `yes` or more, when `among_all` say yes.

    The shorter of the two tails is added up, each term from the one before.
    """
    fewest = max(0, answered - (eligible - among_all))
    most = min(answered, among_all)
    if most - yes < yes - fewest:
        return _ways(range(max(yes, fewest), most + 1), answered, among_all, eligible)
    below = _ways(range(fewest, min(yes, most + 1)), answered, among_all, eligible)
    return comb(eligible, answered) - below


def _ways(counts: range, answered: int, among_all: int, eligible: int) -> int:
    if not counts:
        return 0
    first, against = counts[0], eligible - among_all
    term = comb(among_all, first) * comb(against, answered - first)
    total = term
    for count in counts[:-1]:
        term = term * (among_all - count) * (answered - count)
        term //= (count + 1) * (against - answered + count + 1)
        total += term
    return total
