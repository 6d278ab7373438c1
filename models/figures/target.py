"""Whether a figure reaches its target, said only where its interval bears it."""

from __future__ import annotations

from enum import StrEnum

from models.figures.figure import Figure
from models.indicators.indicator import Direction


class Reached(StrEnum):
    """How a figure stands towards its target."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    """The target lies within the figure's interval."""
    NOT_SAID = "not_said"
    """No way is better, or there is no figure."""


def reached(figure: Figure, target: float, direction: Direction) -> Reached:
    """Whether the target is reached: surely, surely not, or it cannot be told."""
    if direction is Direction.CONTEXT or not figure.is_measured:
        return Reached.NOT_SAID
    ends = _ends(figure)
    if ends is None:
        return Reached.NOT_SAID
    met = [end <= target if direction is Direction.LOWER else end >= target for end in ends]
    if all(met):
        return Reached.YES
    return Reached.UNSURE if any(met) else Reached.NO


def _ends(figure: Figure) -> tuple[float, float] | None:
    if figure.interval is not None:
        return figure.interval.low, figure.interval.high
    return None if figure.value is None else (figure.value, figure.value)
