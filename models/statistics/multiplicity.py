"""Many comparisons at once: which still hold when chance has had so many tries.

Benjamini & Hochberg (1995) keeps the share of false flags; Bonferroni and Holm allow none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate


def benjamini_hochberg(chances: Sequence[float]) -> tuple[float, ...]:
    """The adjusted p of each comparison, in the order they came."""
    order = sorted(range(len(chances)), key=chances.__getitem__, reverse=True)
    total = len(chances)
    scaled = (chances[place] * total / (total - back) for back, place in enumerate(order))
    return _placed(order, accumulate(scaled, min, initial=1.0))


def holm(chances: Sequence[float]) -> tuple[float, ...]:
    """The adjusted p of each comparison, stepping down from the smallest."""
    order = sorted(range(len(chances)), key=chances.__getitem__)
    total = len(chances)
    scaled = (min(1.0, chances[place] * (total - rank)) for rank, place in enumerate(order))
    return _placed(order, accumulate(scaled, max, initial=0.0))


def bonferroni(chances: Sequence[float]) -> tuple[float, ...]:
    """Each p times the number of comparisons."""
    return tuple(min(1.0, chance * len(chances)) for chance in chances)


def _placed(order: Sequence[int], adjusted: accumulate[float]) -> tuple[float, ...]:
    next(adjusted)
    return tuple(value for _, value in sorted(zip(order, adjusted, strict=True)))
