"""A matrix as a picture: whole, readable, and told without colour."""

from __future__ import annotations

import io
import re
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageChops, ImageStat

from bot.drawing.canvas import MOST_PIXELS
from bot.drawing.layout import MARGIN, Layout
from bot.drawing.matrix import draw
from bot.drawing.measure import width
from models.drawings import Mark, Matrix, MatrixCell, MatrixRow
from tests.bot.drawing.matrices import DISTRICTS, alone, matrix


def opened(drawn: bytes) -> Image.Image:
    """The picture that some bytes are."""
    return Image.open(io.BytesIO(drawn))


def words_of(svg: bytes) -> list[str]:
    """What can be read in an SVG, line by line."""
    found = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(text.itertext()) for text in found]


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (3, 11), (25, 4)])
def test_a_png_has_twice_the_pixels_of_its_layout(rows: int, columns: int) -> None:
    asked = matrix(rows, DISTRICTS[:columns])
    picture, layout = opened(draw(asked, "png")), Layout(asked)
    assert picture.format == "PNG"
    assert picture.size == (2 * layout.width, 2 * layout.height)


def test_an_svg_says_every_name_and_the_legend_in_text() -> None:
    asked = matrix(3, note="9 av 11 har egen röst.")
    said = words_of(draw(asked, "svg"))
    joined = " ".join(said)
    assert asked.title in said
    assert set(DISTRICTS) <= set(said)
    assert all(row.label in joined for row in asked.rows)
    assert {words for _, words in asked.legend} <= set(said)
    assert "9 av 11 har egen röst." in said
    assert said.count("via") == said.count("Farsta") - 1


def test_the_same_matrix_is_the_same_picture_on_any_day() -> None:
    assert draw(matrix(), "svg") == draw(matrix(), "svg")
    assert not re.search(rb"<dc:date>|matplotlib", draw(matrix(), "svg"))


@pytest.fixture(scope="module")
def grey() -> dict[Mark, Image.Image]:
    """Each mark in a cell of its own, without colour."""
    return {mark: opened(draw(alone(mark), "png")).convert("L") for mark in Mark}


@pytest.mark.parametrize(("one", "other"), list(combinations(Mark, 2)))
def test_two_marks_differ_without_colour(
    grey: dict[Mark, Image.Image], one: Mark, other: Mark
) -> None:
    clear = ImageChops.difference(grey[one], grey[other]).point(lambda level: level > 60 and 255)
    assert ImageStat.Stat(clear).sum[0] / 255 > 60


def test_a_hole_and_a_conflict_carry_more_ink_than_what_is_in_order(
    grey: dict[Mark, Image.Image],
) -> None:
    ink = {mark: 255 - ImageStat.Stat(picture).mean[0] for mark, picture in grey.items()}
    assert min(ink[Mark.NONE], ink[Mark.IN_CONFLICT]) > max(ink[Mark.HELD], ink[Mark.VIA])


@pytest.mark.parametrize(
    "columns", [DISTRICTS, DISTRICTS * 2, ("En mycket lång förvaltning " * 3,)]
)
def test_nothing_stands_outside_the_picture(columns: tuple[str, ...]) -> None:
    layout = Layout(matrix(22, tuple(name.strip() for name in columns), "Källa. " * 70))
    right = layout.left(len(layout.matrix.columns))
    assert right + MARGIN <= layout.width
    assert layout.rows == sorted(layout.rows)
    assert layout.bottom < layout.keys[0].y < layout.note_top < layout.height
    assert all(key.x + width(key.words, 11) <= layout.width for key in layout.keys)
    assert all(width(line, 11) <= layout.width - 2 * MARGIN for line in layout.note)


def test_long_words_make_their_cells_larger_and_are_never_cut() -> None:
    long = "via ordföranden i Enskede-Årsta-Vantör"
    row = MatrixRow(label="Styrgrupp", cells=(MatrixCell(mark=Mark.VIA, word=long),) * 11)
    asked = Matrix(title="Långa ord", columns=DISTRICTS, rows=(row,))
    assert "".join(words_of(draw(asked, "svg"))).replace(" ", "").count(long.replace(" ", "")) == 11


def test_names_are_text_whatever_signs_are_in_them() -> None:
    row = MatrixRow(label="Plan $x^2$ <b> & \x0b\nmer", cells=(MatrixCell(mark=Mark.HELD),))
    said = words_of(draw(Matrix(title="A$_b$", columns=("C & D",), rows=(row,)), "svg"))
    assert {"A$_b$", "C & D", "Plan $x^2$ <b> & mer"} <= set(said)


def test_the_largest_matrix_stays_within_what_a_picture_can_bear() -> None:
    layout = Layout(matrix(200, tuple(f"Stadsdel {number}" for number in range(40))))
    assert layout.width * layout.height < MOST_PIXELS
