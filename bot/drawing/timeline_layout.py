"""Where everything in a picture of measures over time stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.drawing.canvas import leading
from bot.drawing.legend import PAD, SMALL, Entry, Foot, placed
from bot.drawing.measure import lines, width
from models.drawings import Bar, Lamp, Timeline

MARGIN = 24.0
TITLE, LABEL, WORD = 17.0, 12.0, 11.0
NAMES, STATES, CHART = 270.0, 178.0, 560.0
SIGN = 20.0
HEAD = 44.0
LEAST_ROW = 34.0
BAR = 16.0
GAP = 14.0

REPORT, OVERDUE = "report", "overdue"
Key = Lamp | str
"""What the legend explains: a light, the mark of a report, the line after a date that passed."""


@dataclass(frozen=True)
class Layout:
    """The places of a timeline's parts, in pixels from the top left corner."""

    timeline: Timeline

    @property
    def width(self) -> float:
        """The width of the whole picture, always the same so that pages can be compared."""
        return MARGIN * 2 + NAMES + GAP + STATES + GAP + CHART

    @property
    def states(self) -> float:
        """The left edge of the words that say how each measure stands."""
        return MARGIN + NAMES + GAP

    @property
    def chart(self) -> float:
        """The left edge of the time."""
        return self.states + STATES + GAP

    @property
    def right(self) -> float:
        """The right edge of the time."""
        return self.chart + CHART

    @cached_property
    def title(self) -> list[str]:
        """The title as lines."""
        return lines(self.timeline.title, TITLE, self.width - 2 * MARGIN, bold=True)

    @property
    def top(self) -> float:
        """The upper edge of the first row."""
        return MARGIN + len(self.title) * leading(TITLE) + HEAD

    @cached_property
    def names(self) -> list[list[str]]:
        """The measures' names as lines."""
        return [lines(f"{bar.code} {bar.title}", LABEL, NAMES) for bar in self.timeline.bars]

    @cached_property
    def words(self) -> list[list[str]]:
        """How each measure stands, as lines beside its sign."""
        return [lines(bar.word, WORD, STATES - SIGN) for bar in self.timeline.bars]

    @cached_property
    def rows(self) -> list[float]:
        """The upper edges of the rows, and last the lower edge of the last."""
        edges = [self.top]
        for name, words in zip(self.names, self.words, strict=True):
            tall = max(len(name) * leading(LABEL), len(words) * leading(WORD)) + 1.5 * PAD
            edges.append(edges[-1] + max(LEAST_ROW, tall))
        return edges

    def middle(self, number: int) -> float:
        """The middle of a row."""
        return (self.rows[number] + self.rows[number + 1]) / 2

    @property
    def bottom(self) -> float:
        """The lower edge of the last row."""
        return self.rows[-1]

    def x(self, day: date) -> float:
        """Where a day stands; one outside the time stands on its edge."""
        whole = (self.timeline.last - self.timeline.first).days
        share = (day - self.timeline.first).days / whole
        return self.chart + CHART * min(1.0, max(0.0, share))

    def span(self, bar: Bar) -> tuple[float, float]:
        """The edges of a bar, wide enough to be seen; one that runs on ends at the edge."""
        left = self.x(bar.start)
        right = self.x(bar.due) if bar.due else self.right
        return (left, right) if right - left >= 4 else (max(self.chart, right - 4), right)

    @cached_property
    def keys(self) -> list[Entry[Key]]:
        """The legend below the rows."""
        told: list[tuple[Key, str]] = list(self.timeline.legend)
        if any(bar.reports for bar in self.timeline.bars):
            told.append((REPORT, self.timeline.report_word))
        if any(is_overdue(self.timeline, bar) for bar in self.timeline.bars):
            told.append((OVERDUE, self.timeline.late_word))
        return placed(told, MARGIN, self.bottom + 2 * PAD, self.width - MARGIN)

    @cached_property
    def foot(self) -> Foot[Key]:
        """The legend and the note below it."""
        note = lines(self.timeline.note, SMALL, self.width - 2 * MARGIN)
        return Foot(self.keys, note, self.bottom, MARGIN)

    @property
    def height(self) -> float:
        """The height of the whole picture."""
        return self.foot.end

    @cached_property
    def today_left(self) -> float:
        """The left edge of today's word, within the picture."""
        half = width(self.timeline.today_word, WORD, bold=True) / 2
        middle = self.x(self.timeline.today)
        return min(max(middle, self.chart + half), self.width - MARGIN / 2 - half)


def is_overdue(timeline: Timeline, bar: Bar) -> bool:
    """Whether a measure that is still late has passed its date."""
    return bar.lamp is Lamp.LATE and bar.due is not None and bar.due < timeline.today
