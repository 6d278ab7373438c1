"""Where everything in a picture of areas by districts stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import cos, radians, sin

from bot.drawing.canvas import leading
from bot.drawing.legend import PAD, SMALL, Entry, Foot, placed
from bot.drawing.measure import lines, printable, width
from models.drawings import Lamp, StatusGrid

MARGIN = 24.0
TITLE, LABEL, WORD = 17.0, 12.0, 11.0
NAMES, COLUMN, ROW = 190.0, 72.0, 52.0
LINE_TALL = 15.0
IN_A_LINE = 2
"""So many of the other lights stand beside each other below the worst one."""
LEAST_WIDTH = 560.0
SLANT = 48.0


@dataclass(frozen=True)
class Layout:
    """The places of a status grid's parts, in pixels from the top left corner."""

    grid: StatusGrid

    @cached_property
    def width(self) -> float:
        """The width of the whole picture."""
        wide = MARGIN * 2 + NAMES + COLUMN * len(self.grid.columns) + self._leaning_out
        return float(round(max(wide, LEAST_WIDTH)))

    @cached_property
    def _leaning_out(self) -> float:
        last = len(self.grid.columns) - 1
        reach = [
            width(printable(name), LABEL) * cos(radians(SLANT)) - (last - at + 0.5) * COLUMN
            for at, name in enumerate(self.grid.columns)
        ]
        return max([0.0, *reach])

    @cached_property
    def title(self) -> list[str]:
        """The title as lines."""
        return lines(self.grid.title, TITLE, self.width - 2 * MARGIN, bold=True)

    @cached_property
    def top(self) -> float:
        """The upper edge of the first row, below the leaning names."""
        longest = max(width(printable(name), LABEL) for name in self.grid.columns)
        head = round(longest * sin(radians(SLANT)) + LABEL + PAD)
        return MARGIN + len(self.title) * leading(TITLE) + PAD + head

    @cached_property
    def labels(self) -> list[list[str]]:
        """The areas' names as lines."""
        return [lines(row.label, LABEL, NAMES - PAD) for row in self.grid.rows]

    @cached_property
    def rows(self) -> list[float]:
        """The upper edges of the rows, and last the lower edge of the last."""
        edges = [self.top]
        for label, row in zip(self.labels, self.grid.rows, strict=True):
            others = max(len(cell.counts) for cell in row.cells) - 1
            full = 42 + LINE_TALL * max(0, -(-others // IN_A_LINE))
            edges.append(edges[-1] + max(ROW, full, len(label) * leading(LABEL) + 2 * PAD))
        return edges

    @property
    def bottom(self) -> float:
        """The lower edge of the last row."""
        return self.rows[-1]

    def left(self, column: int) -> float:
        """The left edge of a column."""
        return MARGIN + NAMES + column * COLUMN

    @cached_property
    def keys(self) -> list[Entry[Lamp]]:
        """The legend below the grid."""
        return placed(self.grid.legend, MARGIN, self.bottom + 2 * PAD, self.width - MARGIN)

    @cached_property
    def foot(self) -> Foot[Lamp]:
        """The legend and the note below it."""
        note = lines(self.grid.note, SMALL, self.width - 2 * MARGIN)
        return Foot(self.keys, note, self.bottom, MARGIN)

    @property
    def height(self) -> float:
        """The height of the whole picture."""
        return self.foot.end
