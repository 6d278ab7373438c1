"""A legend of lights: entries side by side, as many in a line as have room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.drawing.measure import printable, width

SMALL = 11.0
SWATCH = 30.0
SIGN = 18.0
PAD = 8.0
TALL = 22.0

What = TypeVar("What")


@dataclass(frozen=True)
class Entry(Generic[What]):
    """One entry, from its upper left corner."""

    what: What
    words: str
    x: float
    y: float


def placed(
    told: Sequence[tuple[What, str]], left: float, top: float, right: float
) -> list[Entry[What]]:
    """The entries in lines between two edges."""
    x, y = left, top
    found: list[Entry[What]] = []
    for what, words in told:
        said = printable(words)
        across = SWATCH + SIGN + width(said, SMALL) + 2.5 * PAD
        if x > left and x + across > right:
            x, y = left, y + TALL + PAD
        found.append(Entry(what, said, x, y))
        x += across
    return found
