"""Where everything in a picture of intervals stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import floor, log10

from bot.drawing.canvas import leading
from bot.drawing.legend import PAD, SMALL
from bot.drawing.measure import lines, printable, width
from models.drawings import Intervals

MARGIN = 24.0
TITLE, LABEL = 17.0, 12.0
ROW = 34.0
NAMES, PLOT = 170.0, 330.0
LEAST_WIDTH = 560.0
MOST_TICKS = 6


@dataclass(frozen=True)
class Layout:
    """The places of an interval chart's parts, in pixels from the top left corner."""

    chart: Intervals

    @cached_property
    def names(self) -> float:
        """The width of the column of names."""
        longest = max(width(printable(row.label), LABEL) for row in self.chart.rows)
        return min(NAMES, longest) + 2 * PAD

    @cached_property
    def words(self) -> float:
        """The width of the column of grades."""
        longest = max(width(printable(row.word), LABEL) for row in self.chart.rows)
        return max(longest + 2 * PAD, 3 * PAD)

    @cached_property
    def left(self) -> float:
        """The left edge of the plot."""
        return MARGIN + self.names

    @property
    def right(self) -> float:
        """The right edge of the plot."""
        return self.left + PLOT

    @cached_property
    def width(self) -> float:
        """The width of the whole picture."""
        return float(round(max(self.right + self.words + MARGIN, LEAST_WIDTH)))

    @cached_property
    def title(self) -> list[str]:
        """The title as lines."""
        return lines(self.chart.title, TITLE, self.width - 2 * MARGIN, bold=True)

    @cached_property
    def top(self) -> float:
        """The upper edge of the plot."""
        return MARGIN + len(self.title) * leading(TITLE) + 2 * PAD

    @cached_property
    def labels(self) -> list[list[str]]:
        """The rows' names as lines."""
        return [lines(row.label, LABEL, self.names - PAD) for row in self.chart.rows]

    @cached_property
    def rows(self) -> list[float]:
        """The upper edges of the rows, and last the lower edge of the last."""
        edges = [self.top]
        for label in self.labels:
            edges.append(edges[-1] + max(ROW, len(label) * leading(LABEL) + 2 * PAD))
        return edges

    @property
    def bottom(self) -> float:
        """The lower edge of the plot."""
        return self.rows[-1]

    def across(self, value: float) -> float:
        """Where a value stands; one beyond the axis stands at its end."""
        axis = self.chart.axis
        share = (value - axis.low) / (axis.high - axis.low)
        return self.left + PLOT * min(max(share, 0.0), 1.0)

    @cached_property
    def ticks(self) -> list[float]:
        """Round numbers along the axis, at most six steps."""
        axis = self.chart.axis
        step = _step((axis.high - axis.low) / MOST_TICKS)
        first = -(-axis.low // step)
        number = int(floor(axis.high / step + 1e-9) - first)
        return [(first + at) * step for at in range(number + 1)]

    @cached_property
    def axis_words(self) -> list[str]:
        """What the axis shows, as lines."""
        return lines(self.chart.axis_word, SMALL, self.width - 2 * MARGIN)

    @cached_property
    def note_top(self) -> float:
        """The upper edge of the note below the axis."""
        return self.bottom + 4 * PAD + leading(LABEL) + len(self.axis_words) * leading(SMALL)

    @cached_property
    def note(self) -> list[str]:
        """The note as lines."""
        return lines(self.chart.note, SMALL, self.width - 2 * MARGIN)

    @property
    def height(self) -> float:
        """The height of the whole picture."""
        return float(round(self.note_top + len(self.note) * leading(SMALL) + MARGIN - PAD))


def _step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, … that is no smaller."""
    power = 10.0 ** floor(log10(least))
    return next(size * power for size in (1, 2, 5, 10) if size * power >= least - 1e-12)
