"""Which picture is made of which drawing."""

from __future__ import annotations

from bot.drawing import grid, intervals, matrix, timeline
from bot.drawing.form import Form
from models.drawings import Drawing, Intervals, Matrix, StatusGrid, Timeline


def draw(drawing: Drawing, form: Form) -> bytes:
    """The drawing in a form."""
    match drawing:
        case Matrix():
            return matrix.draw(drawing, form)
        case Timeline():
            return timeline.draw(drawing, form)
        case StatusGrid():
            return grid.draw(drawing, form)
        case Intervals():
            return intervals.draw(drawing, form)
