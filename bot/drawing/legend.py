"""What stands below a picture: a legend, as many entries in a line as have room, and a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.drawing.canvas import leading
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


@dataclass(frozen=True)
class Foot(Generic[What]):
    """The legend and the note's lines below the `bottom` of what is drawn, in pixels."""

    keys: list[Entry[What]]
    note: list[str]
    bottom: float
    margin: float

    @property
    def note_top(self) -> float:
        """The upper edge of the note."""
        return (self.keys[-1].y + TALL if self.keys else self.bottom) + 1.5 * PAD

    @property
    def end(self) -> float:
        """The height of the whole picture, down to the margin below the note."""
        return float(round(self.note_top + len(self.note) * leading(SMALL) + self.margin - PAD))


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
