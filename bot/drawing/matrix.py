"""A picture of a matrix: groups by districts, with holes that are seen without colour."""

from __future__ import annotations

from bot.drawing import signs
from bot.drawing.canvas import Canvas, Type, leading
from bot.drawing.form import Form
from bot.drawing.layout import (
    KEY_HEIGHT,
    KEY_WIDTH,
    LABEL,
    MARGIN,
    PAD,
    SIGN,
    SLANT,
    SMALL,
    TITLE,
    WORD,
    Layout,
)
from bot.drawing.palette import INK_SOFT, LINE, LINE_STRONG
from models.drawings import Matrix

TITLE_TYPE = Type(TITLE, bold=True)
LABEL_TYPE = Type(LABEL)
WORD_TYPE = Type(WORD, INK_SOFT)
KEY_TYPE = Type(SMALL)
NOTE_TYPE = Type(SMALL, INK_SOFT)


def draw(matrix: Matrix, form: Form) -> bytes:
    """The matrix as a PNG with twice the pixels, or as an SVG whose words are text."""
    layout = Layout(matrix)
    canvas = Canvas(layout.width, layout.height)
    canvas.text((MARGIN, MARGIN + TITLE), layout.title, TITLE_TYPE)
    _names(canvas, layout)
    if layout.is_tall:
        _names_below(canvas, layout)
    for number in range(len(matrix.rows)):
        _row(canvas, layout, number)
    _lines(canvas, layout)
    _legend(canvas, layout)
    canvas.text((MARGIN, layout.note_top + SMALL), layout.note, NOTE_TYPE)
    return canvas.saved(form, matrix.title)


def _names(canvas: Canvas, layout: Layout) -> None:
    for at, name in enumerate(layout.names):
        middle = layout.left(at) + layout.column / 2
        if layout.slanted:
            place = (middle - LABEL / 4, layout.top - PAD)
            canvas.text(place, name, LABEL_TYPE, turned=SLANT)
        else:
            first = layout.top - PAD - (len(name) - 1) * leading(LABEL)
            canvas.text((middle, first), name, LABEL_TYPE, "center")


def _names_below(canvas: Canvas, layout: Layout) -> None:
    for at, name in enumerate(layout.names):
        middle, top = layout.left(at) + layout.column / 2, layout.bottom + PAD + LABEL
        if layout.slanted:
            place = (middle + LABEL / 2, top)
            canvas.text(place, name, LABEL_TYPE, "right", SLANT)
        else:
            canvas.text((middle, top), name, LABEL_TYPE, "center")


def _row(canvas: Canvas, layout: Layout, number: int) -> None:
    label = layout.labels[number]
    middle = layout.rows[number] + layout.tall(number) / 2
    first = middle - (len(label) - 1) * leading(LABEL) / 2 + LABEL * 0.36
    canvas.text((MARGIN, first), label, LABEL_TYPE)
    for at in range(len(layout.matrix.columns)):
        _cell(canvas, layout, number, at)


def _cell(canvas: Canvas, layout: Layout, number: int, at: int) -> None:
    mark, words = layout.matrix.rows[number].cells[at].mark, layout.words[number][at]
    corner, tall = (layout.left(at), layout.rows[number]), layout.tall(number)
    signs.cell(canvas, mark, corner, (layout.column, tall))
    middle = corner[0] + layout.column / 2
    top = corner[1] + (tall - SIGN - len(words) * leading(WORD)) / 2
    signs.sign(canvas, mark, (middle, top + SIGN / 2))
    canvas.text((middle, top + SIGN + WORD), words, WORD_TYPE, "center")


def _lines(canvas: Canvas, layout: Layout) -> None:
    right = layout.left(len(layout.matrix.columns))
    for number, y in enumerate(layout.rows):
        colour = LINE if 0 < number < len(layout.rows) - 1 else LINE_STRONG
        canvas.line([(MARGIN, y), (right, y)], colour)
    for at in range(len(layout.matrix.columns) + 1):
        x = layout.left(at)
        canvas.line([(x, layout.top), (x, layout.bottom)], LINE)


def _legend(canvas: Canvas, layout: Layout) -> None:
    for key in layout.keys:
        signs.key(canvas, key.mark, (key.x, key.y), (KEY_WIDTH, KEY_HEIGHT))
        base = key.y + KEY_HEIGHT / 2 + SMALL * 0.36
        canvas.text((key.x + KEY_WIDTH + PAD, base), [key.words], KEY_TYPE)
