"""Many comparisons at once: which may be marked (Benjamini & Hochberg 1995)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from models.statistics.thresholds import DEFAULT

Name = TypeVar("Name")


def marked(chances: Mapping[Name, float], rate: float = DEFAULT.false_discovery_rate) -> set[Name]:
    """Those whose chance is small enough among all, so that at most `rate` of the marks are false.

    `chances` are two-sided, from 0 to 1.
    """
    ordered = sorted(chances.items(), key=lambda each: each[1])
    number = len(ordered)
    last = max(
        (at for at, (_, chance) in enumerate(ordered, 1) if chance <= rate * at / number), default=0
    )
    return {name for name, _ in ordered[:last]}
