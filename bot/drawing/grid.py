"""A picture of areas by districts: how many measures stand how, the worst one large."""

from __future__ import annotations

from bot.drawing import lamps
from bot.drawing.canvas import Canvas, Paint, Point, Type, leading
from bot.drawing.form import Form
from bot.drawing.grid_layout import (
    COLUMN,
    IN_A_LINE,
    LABEL,
    LINE_TALL,
    MARGIN,
    SLANT,
    TITLE,
    WORD,
    Layout,
)
from bot.drawing.lamps import LOOKS
from bot.drawing.legend import PAD, SIGN, SMALL, SWATCH, TALL, Entry
from bot.drawing.measure import width
from bot.drawing.palette import INK, INK_SOFT, LINE, LINE_STRONG
from models.drawings import Lamp, StatusGrid, Tally

LARGE = 15.0
LITTLE = 4.2
STRIP = 11.0


def draw(grid: StatusGrid, form: Form) -> bytes:
    """The grid as a PNG with twice the pixels, or as an SVG whose words are text."""
    layout = Layout(grid)
    canvas = Canvas(layout.width, layout.height)
    canvas.text((MARGIN, MARGIN + TITLE), layout.title, Type(TITLE, bold=True))
    for at, name in enumerate(grid.columns):
        place = (layout.left(at) + COLUMN / 2 - LABEL / 4, layout.top - PAD)
        canvas.text(place, [name], Type(LABEL), turned=SLANT)
    for number in range(len(grid.rows)):
        _row(canvas, layout, number)
    _lines(canvas, layout)
    for entry in layout.keys:
        _key(canvas, entry)
    canvas.text((MARGIN, layout.foot.note_top + SMALL), layout.foot.note, Type(SMALL, INK_SOFT))
    return canvas.saved(form, grid.title)


def _row(canvas: Canvas, layout: Layout, number: int) -> None:
    label, top, below = layout.labels[number], layout.rows[number], layout.rows[number + 1]
    first = (top + below) / 2 - (len(label) - 1) * leading(LABEL) / 2 + LABEL * 0.36
    canvas.text((MARGIN, first), label, Type(LABEL))
    for at, tally in enumerate(layout.grid.rows[number].cells):
        _cell(canvas, tally, (layout.left(at), top), (COLUMN, below - top))


def _cell(canvas: Canvas, tally: Tally, corner: Point, size: Point) -> None:
    if not tally.counts:
        dash = (corner[0] + size[0] / 2, corner[1] + size[1] / 2 + 4)
        canvas.text(dash, ["–"], Type(LABEL, INK_SOFT), "center")
        return
    (worst, number), *others = tally.counts
    strip = STRIP if LOOKS[worst].ground.hatch else 0
    middle = corner[0] + (size[0] + strip) / 2
    _ground(canvas, worst, (corner[0] + 3, corner[1] + 3), (size[0] - 6, size[1] - 6))
    rows = [others[at : at + IN_A_LINE] for at in range(0, len(others), IN_A_LINE)]
    high = corner[1] + size[1] / 2 - len(rows) * LINE_TALL / 2
    _worst(canvas, worst, number, (middle, high))
    for at, row in enumerate(rows):
        _others(canvas, row, (middle, high + 18 + at * LINE_TALL))


def _ground(canvas: Canvas, worst: Lamp, corner: Point, size: Point) -> None:
    """The worst light's colour behind the numbers, and its hatch in a strip beside them."""
    look = LOOKS[worst].ground
    canvas.rectangle(corner, size, Paint(look.fill, look.edge, None, look.thick))
    if look.hatch:
        canvas.rectangle(corner, (STRIP, size[1]), look)


def _worst(canvas: Canvas, lamp: Lamp, number: int, at: Point) -> None:
    """The worst light with its number."""
    words = str(number)
    left = at[0] - (20 + width(words, LARGE, bold=True)) / 2
    lamps.sign(canvas, lamp, (left + 7, at[1]))
    canvas.text((left + 20, at[1] + LARGE * 0.36), [words], Type(LARGE, INK, bold=True))


def _others(canvas: Canvas, counts: list[tuple[Lamp, int]], at: Point) -> None:
    """The other lights, small, each with its number."""
    wides = [12 + width(str(number), WORD) + 5 for _, number in counts]
    left = at[0] - (sum(wides) - 5) / 2
    for (lamp, number), wide in zip(counts, wides, strict=True):
        lamps.sign(canvas, lamp, (left + 4.5, at[1]), LITTLE)
        canvas.text((left + 12, at[1] + WORD * 0.36), [str(number)], Type(WORD, INK))
        left += wide


def _lines(canvas: Canvas, layout: Layout) -> None:
    right = layout.left(len(layout.grid.columns))
    for number, y in enumerate(layout.rows):
        colour = LINE if 0 < number < len(layout.rows) - 1 else LINE_STRONG
        canvas.line([(MARGIN, y), (right, y)], colour)
    for at in range(len(layout.grid.columns) + 1):
        x = layout.left(at)
        canvas.line([(x, layout.top), (x, layout.bottom)], LINE)


def _key(canvas: Canvas, entry: Entry[Lamp]) -> None:
    x, middle = entry.x, entry.y + TALL / 2
    canvas.rectangle((x, middle - 8), (SWATCH, 16), LOOKS[entry.what].ground)
    lamps.sign(canvas, entry.what, (x + SWATCH + SIGN / 2 + 2, middle))
    place = (x + SWATCH + SIGN + PAD, middle + SMALL * 0.36)
    canvas.text(place, [entry.words], Type(SMALL))
