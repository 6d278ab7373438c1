"""Measures as pictures: over time and counted; whole, readable, and told without colour."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import pytest
from PIL import Image, ImageChops, ImageStat

from bot.drawing import grid_layout, timeline_layout
from bot.drawing.canvas import MOST_PIXELS
from bot.drawing.kinds import draw
from models.drawings import MOST_BARS, Bar, GridRow, Lamp, StatusGrid, Tally, Tick, Timeline
from models.measures.progress import Light
from tests.bot.drawing.test_matrix import opened, words_of

TODAY = date(2024, 6, 10)
MONTH = timedelta(days=30)
LONG = "Utbildning i våld i nära relationer för bostadsvärdar i hela området, etapp två"


def bar(lamp: Lamp, number: int = 1, title: str = "Fältarbete") -> Bar:
    """A measure of a year around today; a late one's date has passed."""
    due = TODAY - MONTH if lamp is Lamp.LATE else TODAY + 6 * MONTH
    reports = tuple(TODAY - each * MONTH for each in range(1, 5))
    return Bar(
        code=f"FAR-{number:03}",
        title=title,
        start=TODAY - 6 * MONTH,
        due=due,
        lamp=lamp,
        word=f"läge {lamp}",
        reports=reports,
    )


def timeline(*bars: Bar) -> Timeline:
    """Measures over two years."""
    return Timeline(
        title="Över tid",
        first=date(2023, 6, 1),
        last=date(2025, 6, 1),
        today=TODAY,
        today_word="i dag 10 juni",
        report_word="rapport",
        late_word="slutdatum passerat",
        ticks=(Tick(day=date(2024, 1, 1), word="2024"),),
        bars=bars,
        legend=tuple((lamp, f"läge {lamp}") for lamp in Lamp),
        note="Källa. " * 40,
    )


def grid(*rows: tuple[Tally, ...]) -> StatusGrid:
    """Areas by districts with long names."""
    return StatusGrid(
        title="Läget",
        columns=tuple(f"Enskede-Årsta-Vantör {number}" for number in range(len(rows[0]))),
        rows=tuple(GridRow(label=LONG, cells=cells) for cells in rows),
        legend=tuple((lamp, f"läge {lamp}") for lamp in Lamp),
    )


FULL = Tally(counts=tuple((lamp, 10) for lamp in Lamp))


def test_a_lamp_is_a_light() -> None:
    assert {lamp.value for lamp in Lamp} == {light.value for light in Light}


@pytest.mark.parametrize(
    "asked",
    [timeline(bar(Lamp.LATE)), timeline(*(bar(lamp) for lamp in Lamp)), grid((FULL, Tally()))],
)
def test_a_png_has_twice_the_pixels_of_its_layout(asked: Timeline | StatusGrid) -> None:
    layout: timeline_layout.Layout | grid_layout.Layout = (
        timeline_layout.Layout(asked) if isinstance(asked, Timeline) else grid_layout.Layout(asked)
    )
    assert opened(draw(asked, "png")).size == (2 * layout.width, 2 * layout.height)


def test_an_svg_of_time_says_every_measure_how_it_stands_and_what_the_marks_mean() -> None:
    asked = timeline(bar(Lamp.LATE, 1, LONG), bar(Lamp.SILENT, 2))
    said = words_of(draw(asked, "svg"))
    assert LONG.replace(" ", "") in "".join(said).replace(" ", "")
    assert {"läge late", "läge silent", "2024", "i dag 10 juni"} <= set(said)
    assert {"rapport", "slutdatum passerat"} <= set(said)
    assert draw(asked, "svg") == draw(asked, "svg")


def test_an_svg_of_the_count_says_every_number() -> None:
    asked = grid((Tally(counts=((Lamp.LATE, 3), (Lamp.DONE, 41))), Tally()))
    assert {"3", "41", "–"} <= set(words_of(draw(asked, "svg")))


@pytest.mark.parametrize(("one", "other"), list(combinations(Lamp, 2)))
def test_two_lights_differ_without_colour(
    grey: dict[Lamp, Image.Image], one: Lamp, other: Lamp
) -> None:
    clear = ImageChops.difference(grey[one], grey[other]).point(lambda level: level > 60 and 255)
    assert ImageStat.Stat(clear).sum[0] / 255 > 60


@pytest.fixture(scope="module")
def grey() -> dict[Lamp, Image.Image]:
    """Each light as the worst of a cell, without colour and without its word."""
    pictures = {}
    for lamp in Lamp:
        alone = grid((Tally(counts=((lamp, 1),)),)).model_copy(update={"legend": ()})
        pictures[lamp] = opened(draw(alone, "png")).convert("L")
    return pictures


@pytest.mark.parametrize("number", [1, MOST_BARS])
def test_nothing_of_a_timeline_stands_outside_it(number: int) -> None:
    bars = [bar(list(Lamp)[at % len(Lamp)], at, LONG) for at in range(number)]
    endless = bars[0].model_copy(update={"due": None, "start": date(1999, 1, 1)})
    layout = timeline_layout.Layout(timeline(endless, *bars[1:]))
    assert layout.rows == sorted(layout.rows)
    first, last = layout.keys[0], layout.keys[-1]
    assert layout.bottom < first.y <= last.y < layout.foot.note_top < layout.height
    for each in layout.timeline.bars:
        left, right = layout.span(each)
        assert layout.chart <= left < right <= layout.right
    assert layout.width * layout.height < MOST_PIXELS


def test_a_full_cell_makes_its_row_higher() -> None:
    layout = grid_layout.Layout(grid((FULL, Tally()), (Tally(), Tally())))
    first, second, last = layout.rows
    assert first + 80 < second
    assert last - second < second - first
