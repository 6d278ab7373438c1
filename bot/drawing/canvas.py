"""A white sheet measured in pixels from the top left corner, and what can be put on it."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Patch, Polygon, Rectangle, Wedge

from bot.drawing.form import Form
from bot.drawing.measure import FONTS
from bot.drawing.palette import INK, PAPER

Point = tuple[float, float]

DPI = 100
POINT = 72 / DPI
"""A pixel in points, the unit of line widths and type sizes."""

MOST_PIXELS = 40_000_000
SETTINGS: Any = {
    "font.family": ["sans-serif"],
    "font.sans-serif": list(FONTS),
    "text.parse_math": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "samverkansbot",
    "hatch.linewidth": 0.7,
}


@dataclass(frozen=True)
class Type:
    """How words are set: their size in pixels, colour and weight."""

    size: float
    colour: str = INK
    bold: bool = False


@dataclass(frozen=True)
class Paint:
    """How a surface is painted; a hatch has the colour of the edge."""

    fill: str = PAPER
    edge: str | None = None
    hatch: str | None = None
    thick: float = 1


class Canvas:
    """A sheet of so many pixels; a PNG of it has twice as many each way."""

    def __init__(self, width: float, height: float) -> None:
        mpl.rcParams.update(SETTINGS)
        self.width, self.height = width, height
        self._figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)

    def text(
        self,
        at: Point,
        lines: Sequence[str],
        type_: Type,
        across: Literal["left", "center", "right"] = "left",
        turned: float = 0,
    ) -> None:
        """Lines below each other, the first one's base line at `at`, turned by degrees."""
        for number, line in enumerate(lines):
            self._axes.text(
                at[0],
                at[1] + number * leading(type_.size),
                line,
                fontsize=type_.size * POINT,
                color=type_.colour,
                fontweight="bold" if type_.bold else "normal",
                ha=across,
                va="baseline",
                rotation=turned,
                rotation_mode="anchor",
            )

    def rectangle(self, corner: Point, size: Point, paint: Paint) -> None:
        """A rectangle from its upper left corner."""
        self._put(
            Rectangle(
                corner,
                *size,
                facecolor=paint.fill,
                edgecolor=paint.edge or "none",
                hatch=paint.hatch,
                linewidth=paint.thick * POINT,
            )
        )

    def line(self, ends: Sequence[Point], colour: str, *, thick: float = 1) -> None:
        """A line through some points."""
        xs, ys = zip(*ends, strict=True)
        self._axes.plot(
            xs,
            ys,
            color=colour,
            linewidth=thick * POINT,
            solid_capstyle="butt",
            zorder=1,
            clip_on=False,
        )

    def stroke(self, ends: Sequence[Point], colour: str, *, thick: float = 1) -> None:
        """A line through some points, in its turn: above what was put before it."""
        xs, ys = zip(*ends, strict=True)
        self._axes.plot(
            xs,
            ys,
            color=colour,
            linewidth=thick * POINT,
            solid_capstyle="round",
            solid_joinstyle="round",
            zorder=2,
            clip_on=False,
        )

    def disc(self, at: Point, radius: float, colour: str, *, thick: float = 0) -> None:
        """A filled disc; with a thickness it is a ring."""
        fill = PAPER if thick else colour
        self._put(Circle(at, radius, facecolor=fill, edgecolor=colour, linewidth=thick * POINT))

    def half_disc(self, at: Point, radius: float, colour: str) -> None:
        """The left half of a disc."""
        self._put(Wedge(at, radius, 90, 270, facecolor=colour, edgecolor="none"))

    def shape(self, corners: Sequence[Point], colour: str, *, fill: str | None = None) -> None:
        """A closed shape with rounded corners."""
        self._put(
            Polygon(
                list(corners),
                closed=True,
                facecolor=fill or colour,
                edgecolor=colour,
                linewidth=1.6 * POINT,
                joinstyle="round",
            )
        )

    def saved(self, form: Form, title: str) -> bytes:
        """The sheet as a file; the same sheet gives the same bytes on any day."""
        made = io.BytesIO()
        if form == "svg":
            told = {"Date": None, "Creator": None, "Title": title}
            self._figure.savefig(made, format="svg", metadata=told)
        else:
            self._figure.savefig(made, format="png", dpi=self._dpi(), metadata={"Software": None})
        return made.getvalue()

    def _dpi(self) -> float:
        """Twice the pixels, or as many as a picture of that size can bear."""
        most = math.sqrt(MOST_PIXELS / (self.width * self.height))
        return DPI * min(2.0, most)

    def _put(self, patch: Patch) -> None:
        patch.set_zorder(2)
        patch.set_clip_on(False)
        # The sheet's limits are set, so nothing has to be measured again for each patch.
        self._axes.add_artist(patch)


def leading(size: float) -> float:
    """The distance between two base lines."""
    return round(size * 1.28)
