"""Where everything in a picture of a matrix stands: pure geometry from measured words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import cos, radians, sin

from bot.drawing.canvas import leading
from bot.drawing.measure import lines, printable, widest_piece, width
from models.drawings import Mark, Matrix

MARGIN = 24.0
TITLE, LABEL, WORD, SMALL = 17.0, 12.0, 10.0, 11.0
NARROWEST, WIDEST, FIRST_WIDEST = 54.0, 150.0, 230.0
FIRST_NARROWEST, LONGEST_LEANING = 120.0, 220.0
LEAST_WIDTH, COMFORTABLE = 520.0, 900.0
SLANT = 48.0
ROW, SIGN = 38.0, 24.0
PAD = 8.0
MANY_ROWS = 20
KEY_WIDTH, KEY_HEIGHT = 34.0, 26.0


@dataclass(frozen=True)
class Key:
    """One entry of the legend, from the upper left corner of its sign's cell."""

    mark: Mark
    words: str
    x: float
    y: float


@dataclass(frozen=True)
class Layout:
    """The places of a matrix's parts, in pixels from the top left corner."""

    matrix: Matrix

    @cached_property
    def slanted(self) -> bool:
        """Whether the columns' names lean, since side by side they would be too wide."""
        level = max(widest_piece(name, LABEL) for name in self.matrix.columns) + PAD
        wide = max(level, self._needed_by_words)
        across = MARGIN * 2 + self.first + wide * len(self.matrix.columns)
        short = (
            max(width(printable(name), LABEL) for name in self.matrix.columns) <= LONGEST_LEANING
        )
        return across > COMFORTABLE and level > self._needed_by_words and short

    @cached_property
    def first(self) -> float:
        """The width of the column with the rows' names."""
        found = max(_label_width(row.label) for row in self.matrix.rows)
        return round(max(FIRST_NARROWEST, found + 2 * PAD))

    @cached_property
    def column(self) -> float:
        """The width of every other column."""
        wide = self._needed_by_words
        if not self.slanted:
            names = max(widest_piece(name, LABEL) for name in self.matrix.columns)
            wide = max(wide, names + PAD)
        return round(max(wide, NARROWEST))

    @cached_property
    def _needed_by_words(self) -> float:
        words = {cell.word for row in self.matrix.rows for cell in row.cells}
        return max([NARROWEST, *(_word_width(word) + PAD for word in words)])

    @cached_property
    def names(self) -> list[list[str]]:
        """The columns' names as lines."""
        if self.slanted:
            return [[printable(name)] for name in self.matrix.columns]
        return [lines(name, LABEL, self.column - PAD) for name in self.matrix.columns]

    @cached_property
    def labels(self) -> list[list[str]]:
        """The rows' names as lines."""
        return [lines(row.label, LABEL, FIRST_WIDEST) for row in self.matrix.rows]

    @cached_property
    def words(self) -> list[list[list[str]]]:
        """The words of each cell as lines, row by row."""
        most = self.column - PAD
        return [[lines(cell.word, WORD, most) for cell in row.cells] for row in self.matrix.rows]

    @cached_property
    def width(self) -> float:
        """The width of the whole picture."""
        grid = MARGIN * 2 + self.first + self.column * len(self.matrix.columns)
        return float(round(max(grid + self._leaning_out, LEAST_WIDTH)))

    @cached_property
    def _leaning_out(self) -> float:
        """How far the names lean out over the last column."""
        if not self.slanted:
            return 0.0
        last = len(self.matrix.columns) - 1
        reach = [
            width(name[0], LABEL) * cos(radians(SLANT)) - (last - at + 0.5) * self.column
            for at, name in enumerate(self.names)
        ]
        return max([0.0, *reach])

    @cached_property
    def title(self) -> list[str]:
        """The title as lines."""
        return lines(self.matrix.title, TITLE, self.width - 2 * MARGIN, bold=True)

    @cached_property
    def head(self) -> float:
        """The height of the columns' names."""
        if self.slanted:
            longest = max(width(name[0], LABEL) for name in self.names)
            return round(longest * sin(radians(SLANT)) + LABEL + PAD)
        return max(map(len, self.names)) * leading(LABEL) + 2 * PAD

    @cached_property
    def top(self) -> float:
        """The upper edge of the first row."""
        return MARGIN + len(self.title) * leading(TITLE) + PAD + self.head

    @cached_property
    def rows(self) -> list[float]:
        """The upper edges of the rows, and last the lower edge of the last."""
        below = [max(map(len, words)) for words in self.words]
        if not self.is_tall:
            # Few rows look calmer when all have the height of the fullest.
            below = [max(below)] * len(below)
        edges = [self.top]
        for label, words in zip(self.labels, below, strict=True):
            signs = SIGN + words * leading(WORD) + PAD
            edges.append(edges[-1] + max(ROW, signs, len(label) * leading(LABEL) + 2 * PAD))
        return edges

    @property
    def bottom(self) -> float:
        """The lower edge of the last row."""
        return self.rows[-1]

    @property
    def is_tall(self) -> bool:
        """Whether the columns' names stand below as well, since those above are far away."""
        return len(self.matrix.rows) > MANY_ROWS

    @cached_property
    def keys(self) -> list[Key]:
        """The legend, as many entries in a line as have room."""
        x, y = MARGIN, self._below_grid
        found: list[Key] = []
        for mark, words in self.matrix.legend:
            said = printable(words)
            across = KEY_WIDTH + PAD + width(said, SMALL) + 2 * PAD
            if x > MARGIN and x + across > self.width - MARGIN:
                x, y = MARGIN, y + KEY_HEIGHT + PAD
            found.append(Key(mark, said, x, y))
            x += across
        return found

    @property
    def _below_grid(self) -> float:
        return self.bottom + (self.head if self.is_tall else 0) + 2 * PAD

    @cached_property
    def note(self) -> list[str]:
        """The note as lines."""
        return lines(self.matrix.note, SMALL, self.width - 2 * MARGIN)

    @property
    def note_top(self) -> float:
        """The upper edge of the note."""
        return self.keys[-1].y + KEY_HEIGHT + 1.5 * PAD if self.keys else self._below_grid

    @property
    def height(self) -> float:
        """The height of the whole picture."""
        noted = len(self.note) * leading(SMALL)
        return float(round(self.note_top + noted + MARGIN - (0 if noted else PAD)))

    def tall(self, row: int) -> float:
        """The height of a row."""
        return self.rows[row + 1] - self.rows[row]

    def left(self, column: int) -> float:
        """The left edge of a column."""
        return MARGIN + self.first + column * self.column


def _label_width(label: str) -> float:
    return max(width(line, LABEL) for line in lines(label, LABEL, FIRST_WIDEST))


def _word_width(word: str) -> float:
    """The least width in which a cell's words stand on two lines, within reason."""
    if not word.strip():
        return 0.0
    need = widest_piece(word, WORD)
    while need < WIDEST and len(lines(word, WORD, need)) > 2:
        need += 4
    return need
