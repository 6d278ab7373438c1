"""A picture of measures over time: bars from start to due, reports as marks, a line at today."""

from __future__ import annotations

from datetime import date

from bot.drawing import lamps
from bot.drawing.canvas import Canvas, Paint, Type, leading
from bot.drawing.form import Form
from bot.drawing.lamps import LOOKS
from bot.drawing.legend import PAD, SMALL, SWATCH, TALL, Entry
from bot.drawing.legend import SIGN as KEY_SIGN
from bot.drawing.palette import ACCENT, BAD, GROUND, INK, INK_SOFT, LINE, LINE_STRONG, PAPER
from bot.drawing.timeline_layout import (
    BAR,
    LABEL,
    MARGIN,
    OVERDUE,
    SIGN,
    TITLE,
    WORD,
    Key,
    Layout,
    is_overdue,
)
from models.drawings import Bar, Lamp, Timeline

POINT = 7.0
REPORT_RADIUS = 2.4


def draw(timeline: Timeline, form: Form) -> bytes:
    """The timeline as a PNG with twice the pixels, or as an SVG whose words are text."""
    layout = Layout(timeline)
    canvas = Canvas(layout.width, layout.height)
    canvas.text((MARGIN, MARGIN + TITLE), layout.title, Type(TITLE, bold=True))
    _bands(canvas, layout)
    _ticks(canvas, layout)
    for number, bar in enumerate(timeline.bars):
        _row(canvas, layout, number, bar)
    _today(canvas, layout)
    for entry in layout.keys:
        _key(canvas, entry)
    canvas.text((MARGIN, layout.foot.note_top + SMALL), layout.foot.note, Type(SMALL, INK_SOFT))
    return canvas.saved(form, timeline.title)


def _bands(canvas: Canvas, layout: Layout) -> None:
    """Every other row is a shade darker, so that the eye finds its way across."""
    for number, (top, below) in enumerate(zip(layout.rows, layout.rows[1:], strict=False)):
        if number % 2:
            size = (layout.width - 2 * MARGIN + PAD, below - top)
            canvas.rectangle((MARGIN - PAD / 2, top), size, Paint(GROUND, thick=0))
    edge = (MARGIN - PAD / 2, layout.width - MARGIN + PAD / 2)
    for y in (layout.rows[0], layout.bottom):
        canvas.stroke([(edge[0], y), (edge[1], y)], LINE_STRONG)


def _ticks(canvas: Canvas, layout: Layout) -> None:
    for tick in layout.timeline.ticks:
        x = layout.x(tick.day)
        colour = LINE_STRONG if tick.word else LINE
        canvas.stroke([(x, layout.top), (x, layout.bottom)], colour, thick=0.8)
        if tick.word:
            canvas.text((x + 3, layout.top - 6), [tick.word], Type(SMALL, INK_SOFT))


def _row(canvas: Canvas, layout: Layout, number: int, bar: Bar) -> None:
    middle = layout.middle(number)
    name, words = layout.names[number], layout.words[number]
    canvas.text((MARGIN, _first(middle, len(name), LABEL)), name, Type(LABEL))
    lamps.sign(canvas, bar.lamp, (layout.states + SIGN / 2 - 3, middle))
    place = (layout.states + SIGN, _first(middle, len(words), WORD))
    canvas.text(place, words, Type(WORD, LOOKS[bar.lamp].colour, bold=bar.lamp is Lamp.LATE))
    _bar(canvas, layout, middle, bar)


def _first(middle: float, number: int, size: float) -> float:
    """The base line of the first of so many lines around a middle."""
    return middle - (number - 1) * leading(size) / 2 + size * 0.36


def _bar(canvas: Canvas, layout: Layout, middle: float, bar: Bar) -> None:
    left, right = layout.span(bar)
    top = middle - BAR / 2
    if is_overdue(layout.timeline, bar):
        canvas.stroke([(right, middle), (layout.x(layout.timeline.today), middle)], BAD, thick=2.4)
    canvas.rectangle((left, top), (right - left, BAR), LOOKS[bar.lamp].ground)
    if bar.start < layout.timeline.first:
        _goes_on(canvas, left, middle, -1)
    if bar.due is None or bar.due > layout.timeline.last:
        _goes_on(canvas, right, middle, 1)
    for x in sorted({round(layout.x(day)) for day in bar.reports if _is_seen(layout, day)}):
        canvas.disc((x, middle), REPORT_RADIUS + 1, PAPER)
        canvas.disc((x, middle), REPORT_RADIUS, INK)


def _is_seen(layout: Layout, day: date) -> bool:
    return layout.timeline.first <= day <= layout.timeline.last


def _goes_on(canvas: Canvas, x: float, middle: float, way: int) -> None:
    """A point at the end of a bar that runs on beyond the picture, or without an end."""
    tip = x + way * POINT
    canvas.shape([(x, middle - BAR / 2), (tip, middle), (x, middle + BAR / 2)], INK_SOFT)


def _today(canvas: Canvas, layout: Layout) -> None:
    x = layout.x(layout.timeline.today)
    canvas.stroke([(x, layout.top - 22), (x, layout.bottom)], ACCENT, thick=1.8)
    word = [layout.timeline.today_word]
    place = (layout.today_left, layout.top - 27)
    canvas.text(place, word, Type(WORD, ACCENT, bold=True), "center")


def _key(canvas: Canvas, entry: Entry[Key]) -> None:
    x, middle = entry.x, entry.y + TALL / 2
    if isinstance(entry.what, Lamp):
        ground = LOOKS[entry.what].ground
        canvas.rectangle((x, middle - BAR / 2), (SWATCH, BAR), ground)
        lamps.sign(canvas, entry.what, (x + SWATCH + KEY_SIGN / 2 + 2, middle))
    elif entry.what == OVERDUE:
        canvas.stroke([(x, middle), (x + SWATCH + KEY_SIGN, middle)], BAD, thick=2.4)
    else:
        canvas.disc((x + SWATCH / 2 + KEY_SIGN, middle), REPORT_RADIUS, INK)
    place = (x + SWATCH + KEY_SIGN + PAD, middle + SMALL * 0.36)
    canvas.text(place, [entry.words], Type(SMALL))
