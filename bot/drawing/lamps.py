"""What each light looks like: its own sign, hatch and edge, so that no colour is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.drawing.canvas import Canvas, Paint, Point, Type
from bot.drawing.palette import (
    ACCENT,
    BAD,
    BAD_SOFT,
    GOOD,
    GOOD_SOFT,
    GROUND,
    INK_SOFT,
    LINE_STRONG,
    PAPER,
    WARNING,
    WARNING_SOFT,
)
from models.drawings import Lamp

RADIUS = 6.5


@dataclass(frozen=True)
class Look:
    """How a light is painted: the colour of its sign, and what lies behind it."""

    colour: str
    ground: Paint


LOOKS = {
    Lamp.LATE: Look(BAD, Paint(BAD_SOFT, BAD, "xxxx", 1.4)),
    Lamp.SILENT: Look(INK_SOFT, Paint(PAPER, INK_SOFT, "||||", 1.2)),
    Lamp.AWAY: Look(INK_SOFT, Paint(PAPER, INK_SOFT, r"\\\\", 1.2)),
    Lamp.AT_RISK: Look(WARNING, Paint(WARNING_SOFT, WARNING, "////", 1.2)),
    Lamp.NOT_STARTED: Look(ACCENT, Paint(PAPER, ACCENT, None, 1.2)),
    Lamp.ON_PLAN: Look(GOOD, Paint(GOOD_SOFT, GOOD, None, 1.2)),
    Lamp.DONE: Look(GOOD, Paint(GROUND, LINE_STRONG, None, 1)),
    Lamp.CANCELLED: Look(INK_SOFT, Paint(GROUND, LINE_STRONG, "----", 1)),
}


def sign(canvas: Canvas, lamp: Lamp, at: Point, radius: float = RADIUS) -> None:
    """The sign of a light around a point."""
    SIGNS[lamp](canvas, at, radius)


def _late(canvas: Canvas, at: Point, radius: float) -> None:
    x, y = at
    corners = [(x, y - radius), (x + radius, y + radius * 0.8), (x - radius, y + radius * 0.8)]
    canvas.shape(corners, BAD)


def _silent(canvas: Canvas, at: Point, radius: float) -> None:
    canvas.disc(at, radius, INK_SOFT, thick=1.4)
    size = radius * 1.6
    canvas.text((at[0], at[1] + size * 0.36), ["?"], Type(size, INK_SOFT, bold=True), "center")


def _away(canvas: Canvas, at: Point, radius: float) -> None:
    canvas.disc(at, radius, INK_SOFT, thick=1.4)
    half = radius * 0.5
    canvas.stroke([(at[0] - half, at[1]), (at[0] + half, at[1])], INK_SOFT, thick=2)


def _at_risk(canvas: Canvas, at: Point, radius: float) -> None:
    x, y = at
    canvas.shape([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], WARNING)


def _not_started(canvas: Canvas, at: Point, radius: float) -> None:
    canvas.disc(at, radius - 1, ACCENT, thick=1.8)


def _on_plan(canvas: Canvas, at: Point, radius: float) -> None:
    canvas.disc(at, radius - 0.5, GOOD)


def _done(canvas: Canvas, at: Point, radius: float) -> None:
    x, y = at
    hook = [(x - radius * 0.8, y), (x - radius * 0.2, y + radius * 0.7), (x + radius, y - radius)]
    canvas.stroke(hook, GOOD, thick=2.2)


def _cancelled(canvas: Canvas, at: Point, radius: float) -> None:
    x, y, half = at[0], at[1], radius * 0.75
    canvas.stroke([(x - half, y - half), (x + half, y + half)], INK_SOFT, thick=2)
    canvas.stroke([(x - half, y + half), (x + half, y - half)], INK_SOFT, thick=2)


SIGNS: dict[Lamp, Callable[[Canvas, Point, float], None]] = {
    Lamp.LATE: _late,
    Lamp.SILENT: _silent,
    Lamp.AWAY: _away,
    Lamp.AT_RISK: _at_risk,
    Lamp.NOT_STARTED: _not_started,
    Lamp.ON_PLAN: _on_plan,
    Lamp.DONE: _done,
    Lamp.CANCELLED: _cancelled,
}
