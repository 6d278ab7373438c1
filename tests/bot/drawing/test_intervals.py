"""The picture of intervals: order, letters, dotted ranges, hatched reasons; colour never alone."""

from __future__ import annotations

import re

import pytest

from bot.drawing.intervals_layout import MARGIN, Layout
from bot.drawing.kinds import draw
from models.drawings import IntervalRow, Intervals, Span

NAMES = ("Bromma", "Farsta", "Kungsholmen", "Skärholmen")


def chart(**more: object) -> Intervals:
    """A sure row, a range, a hidden one and one that was counted whole."""
    rows = (
        IntervalRow(
            label="Bromma",
            word="B",
            value=62,
            interval=Span(low=55, high=69),
            bounds=Span(low=48, high=76),
        ),
        IntervalRow(
            label="Farsta", word="D bara spann", interval=Span(low=36, high=100), caution=True
        ),
        IntervalRow(label="Kungsholmen", word="X", reason="visas inte – färre än 5 svar"),
        IntervalRow(label="Skärholmen", word="A alla svarade", value=37),
    )
    return Intervals(
        title="Gemensam lägesbild",
        axis=Span(low=0, high=100),
        axis_word="Andel som instämmer, %",
        city=(53.5, Span(low=51, high=56)),
        city_word="hela staden",
        rows=rows,
        **more,
    )


@pytest.fixture(scope="module")
def svg() -> str:
    """The chart as SVG."""
    return draw(chart(note="Ingen rangordning."), "svg").decode()


def test_every_word_of_the_chart_stands_in_the_picture_as_text(svg: str) -> None:
    said = re.findall(r">([^<>]+)</text>", svg)
    for words in (*NAMES, "D bara spann", "visas inte – färre än 5 svar", "A alla svarade", "B"):
        assert words in said
    assert "hela staden" in said
    assert "Ingen rangordning." in said


def test_rows_stand_in_the_order_they_are_given(svg: str) -> None:
    places = [svg.index(f">{name}<") for name in NAMES]
    assert places == sorted(places)


def test_a_hidden_row_is_hatched_and_a_range_is_dotted(svg: str) -> None:
    assert svg.count("<pattern") == 1
    one_dot = draw(
        Intervals(
            title="x",
            axis=Span(low=0, high=100),
            rows=(IntervalRow(label="x", interval=Span(low=0, high=100)),),
        ),
        "svg",
    ).decode()
    assert one_dot.count('<path d="M') > 40


def test_a_png_is_one_and_the_same_drawing_gives_the_same_bytes() -> None:
    first, second = (draw(chart(), "png") for _ in range(2))
    assert first == second
    assert first.startswith(b"\x89PNG")


def test_ticks_are_round_and_nothing_stands_outside_the_picture() -> None:
    layout = Layout(chart())
    assert layout.ticks == [0, 20, 40, 60, 80, 100]
    assert layout.across(-5) == layout.left
    assert layout.across(500) == layout.right
    assert layout.right + layout.words + MARGIN <= layout.width
    small = chart().model_copy(update={"axis": Span(low=0, high=2.5)})
    assert Layout(small).ticks == pytest.approx([0, 0.5, 1, 1.5, 2, 2.5])


def test_a_span_goes_forward() -> None:
    with pytest.raises(ValueError, match="low to high"):
        Span(low=2, high=1)
