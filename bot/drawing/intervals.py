"""A picture of figures with their intervals: dot and thick line, thin line of what is possible.

Nothing is told by colour alone: a range without a figure is dotted and has no dot, what was
counted whole is a dot alone, what is hidden is hatched with the reason, and a letter says how
sure each row is.
"""

from __future__ import annotations

from bot.drawing.canvas import Canvas, Paint, Point, Type, leading
from bot.drawing.form import Form
from bot.drawing.intervals_layout import LABEL, MARGIN, PLOT, TITLE, Layout
from bot.drawing.legend import PAD, SMALL
from bot.drawing.measure import lines, width
from bot.drawing.palette import (
    ACCENT,
    GROUND,
    INK_SOFT,
    LINE,
    LINE_STRONG,
    PAPER,
    WARNING,
)
from models.drawings import IntervalRow, Intervals

THICK, THIN = 7.0, 1.8
RADIUS = 5.5
CITY = "#dfe8f4"
DOT = 3.2
GAP = 8.0


def draw(chart: Intervals, form: Form) -> bytes:
    """The chart as a PNG with twice the pixels, or as an SVG whose words are text."""
    layout = Layout(chart)
    canvas = Canvas(layout.width, layout.height)
    canvas.text((MARGIN, MARGIN + TITLE), layout.title, Type(TITLE, bold=True))
    _city(canvas, layout)
    _axis(canvas, layout)
    for number, row in enumerate(chart.rows):
        _row(canvas, layout, number, row)
    place = (MARGIN, layout.bottom + 3 * PAD + leading(LABEL) + SMALL)
    canvas.text(place, layout.axis_words, Type(SMALL, INK_SOFT))
    canvas.text((MARGIN, layout.note_top + SMALL), layout.note, Type(SMALL, INK_SOFT))
    return canvas.saved(form, chart.title)


def _city(canvas: Canvas, layout: Layout) -> None:
    """The band of all rows together, behind them."""
    if layout.chart.city is None:
        return
    value, span = layout.chart.city
    low, high = layout.across(span.low), layout.across(span.high)
    size = (max(high - low, 1.0), layout.bottom - layout.top)
    canvas.rectangle((low, layout.top), size, Paint(CITY))
    x = layout.across(value)
    canvas.stroke([(x, layout.top), (x, layout.bottom)], ACCENT, thick=1.4)
    if layout.chart.city_word:
        words = layout.chart.city_word
        half = width(words, SMALL) / 2
        middle = min(max(x, layout.left + half), layout.width - MARGIN - half)
        canvas.text((middle, layout.top - 4), [words], Type(SMALL, INK_SOFT), "center")


def _axis(canvas: Canvas, layout: Layout) -> None:
    canvas.line([(layout.left, layout.bottom), (layout.right, layout.bottom)], LINE_STRONG)
    for value in layout.ticks:
        x = layout.across(value)
        canvas.line([(x, layout.top), (x, layout.bottom + 4)], LINE)
        words = f"{value:g}".replace(".", layout.chart.decimal)
        place = (x, layout.bottom + 6 + LABEL)
        canvas.text(place, [words], Type(LABEL, INK_SOFT), "center")


def _row(canvas: Canvas, layout: Layout, number: int, row: IntervalRow) -> None:
    top, below = layout.rows[number], layout.rows[number + 1]
    middle = (top + below) / 2
    label = layout.labels[number]
    first = middle - (len(label) - 1) * leading(LABEL) / 2 + LABEL * 0.36
    canvas.text((MARGIN, first), label, Type(LABEL))
    if row.word:
        place = (layout.right + PAD, middle + LABEL * 0.36)
        canvas.text(place, [row.word], Type(LABEL, bold=len(row.word) <= 2))
    if row.reason:
        _hidden(canvas, layout, row.reason, (top, below))
    else:
        _figure(canvas, layout, row, middle)


def _hidden(canvas: Canvas, layout: Layout, reason: str, edges: Point) -> None:
    """A hatched row with the reason in words."""
    top, below = edges
    corner, size = (layout.left, top + 6), (PLOT, below - top - 12)
    canvas.rectangle(corner, size, Paint(PAPER, LINE_STRONG, "////", 0.6))
    words = lines(reason, SMALL, PLOT - 4 * PAD)[:1]
    wide = width(words[0], SMALL) + 2 * PAD
    middle = layout.left + PLOT / 2
    canvas.rectangle((middle - wide / 2, top + 8), (wide, below - top - 16), Paint(PAPER))
    place = (middle, (top + below) / 2 + SMALL * 0.36)
    canvas.text(place, words, Type(SMALL), "center")


def _figure(canvas: Canvas, layout: Layout, row: IntervalRow, y: float) -> None:
    colour = WARNING if row.caution else ACCENT
    if row.bounds is not None:
        ends = [(layout.across(row.bounds.low), y), (layout.across(row.bounds.high), y)]
        canvas.stroke(ends, LINE_STRONG, thick=THIN)
    if row.interval is not None:
        low, high = layout.across(row.interval.low), layout.across(row.interval.high)
        if row.value is None:
            _dotted(canvas, (low, high), y, colour)
        else:
            size = (max(high - low, 1.0), THICK)
            canvas.rectangle((low, y - THICK / 2), size, Paint(colour))
            if row.caution:
                _ends(canvas, (low, high), y, colour)
    if row.value is not None:
        canvas.disc((layout.across(row.value), y), RADIUS + 1.2, PAPER)
        canvas.disc((layout.across(row.value), y), RADIUS, colour)
    if row.model is not None:
        _model(canvas, (layout.across(row.model), y))


def _dotted(canvas: Canvas, ends: Point, y: float, colour: str) -> None:
    """A range of which no single figure may be told."""
    low, high = ends
    number = max(1, int((high - low) / GAP))
    for at in range(number + 1):
        canvas.disc((low + (high - low) * at / number, y), DOT / 2, colour)


def _ends(canvas: Canvas, ends: Point, y: float, colour: str) -> None:
    """Small upright ends, which tell a line to be read with caution from a sure one."""
    for x in ends:
        canvas.rectangle((x - 1, y - THICK), (2, 2 * THICK), Paint(colour))


def _model(canvas: Canvas, at: Point) -> None:
    """A hollow square: what a model says beside the figure itself."""
    x, y = at
    corners = [(x - 4.5, y - 4.5), (x + 4.5, y - 4.5), (x + 4.5, y + 4.5), (x - 4.5, y + 4.5)]
    canvas.shape(corners, INK_SOFT, fill=GROUND)
