"""What each mark looks like: told apart by shape, hatch and border, so also without colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.drawing.canvas import Canvas, Paint, Point
from bot.drawing.palette import (
    ACCENT,
    BAD,
    BAD_SOFT,
    GROUND,
    INK,
    INK_SOFT,
    LINE_STRONG,
    PAPER,
    WARNING,
    WARNING_LINE,
    WARNING_SOFT,
)
from models.drawings import Mark

RADIUS = 7.5


@dataclass(frozen=True)
class Ground:
    """What lies behind a sign: how its cell is painted, and perhaps a border within its lines."""

    paint: Paint
    border: Paint | None = None


GROUNDS = {
    Mark.VACANT: Ground(Paint(WARNING_SOFT, WARNING_LINE, "////", 0)),
    Mark.IN_CONFLICT: Ground(Paint(BAD_SOFT, thick=0), Paint("none", BAD, thick=1.4)),
    Mark.NONE: Ground(Paint(PAPER, LINE_STRONG, r"\\\\\\", 0), Paint("none", INK, thick=2.2)),
    Mark.OUTSIDE: Ground(Paint(GROUND, thick=0)),
}
"""What lies behind the signs of some marks; the others stand on the paper."""


def key(canvas: Canvas, mark: Mark, corner: Point, size: Point) -> None:
    """A small cell that stands alone, with its sign."""
    ground = GROUNDS.get(mark)
    if ground is None or ground.border is None:
        canvas.rectangle(corner, size, Paint(edge=LINE_STRONG))
    cell(canvas, mark, corner, size, inset=0.5)
    sign(canvas, mark, (corner[0] + size[0] / 2, corner[1] + size[1] / 2))


def cell(canvas: Canvas, mark: Mark, corner: Point, size: Point, inset: float = 3) -> None:
    """The ground of a cell, within its lines; a border stands as far inside them as it says."""
    ground = GROUNDS.get(mark)
    if ground is None:
        return
    inset = inset if ground.border else 0.5
    corner = (corner[0] + inset, corner[1] + inset)
    size = (size[0] - 2 * inset, size[1] - 2 * inset)
    canvas.rectangle(corner, size, ground.paint)
    if ground.border:
        canvas.rectangle(corner, size, ground.border)


def sign(canvas: Canvas, mark: Mark, at: Point) -> None:
    """The sign of a mark around a point; a hole has none but its ground."""
    SIGNS[mark](canvas, at)


def _held(canvas: Canvas, at: Point) -> None:
    canvas.disc(at, RADIUS, ACCENT)


def _deputised(canvas: Canvas, at: Point) -> None:
    canvas.disc(at, RADIUS - 1, ACCENT, thick=2)
    canvas.half_disc(at, RADIUS - 1, ACCENT)


def _vacant(canvas: Canvas, at: Point) -> None:
    x, y = at
    canvas.shape([(x, y - 8), (x + 9, y + 7), (x - 9, y + 7)], WARNING, fill=PAPER)
    canvas.rectangle((x - 1.1, y - 3.2), (2.2, 5.4), Paint(WARNING, thick=0))
    canvas.disc((x, y + 4.6), 1.3, WARNING)


def _in_conflict(canvas: Canvas, at: Point) -> None:
    for x in (at[0] - 4, at[0] + 4):
        canvas.rectangle((x - 1.8, at[1] - 8), (3.6, 10), Paint(BAD, thick=0))
        canvas.disc((x, at[1] + 6), 2.1, BAD)


def _on_demand(canvas: Canvas, at: Point) -> None:
    canvas.disc(at, RADIUS - 1, ACCENT, thick=2)


def _via(canvas: Canvas, at: Point) -> None:
    x, y = at
    canvas.rectangle((x - 9, y - 1.1), (12, 2.2), Paint(INK_SOFT, thick=0))
    canvas.shape([(x + 2, y - 4.2), (x + 9, y), (x + 2, y + 4.2)], INK_SOFT)


def _none(canvas: Canvas, at: Point) -> None:
    pass


def _outside(canvas: Canvas, at: Point) -> None:
    canvas.disc(at, 1.4, INK_SOFT)


SIGNS: dict[Mark, Callable[[Canvas, Point], None]] = {
    Mark.HELD: _held,
    Mark.DEPUTISED: _deputised,
    Mark.VACANT: _vacant,
    Mark.IN_CONFLICT: _in_conflict,
    Mark.ON_DEMAND: _on_demand,
    Mark.VIA: _via,
    Mark.NONE: _none,
    Mark.OUTSIDE: _outside,
}
