"""The two shapes in which a figure is told: a range of persons, and an interval of a measure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """How a number of persons may be told."""

    EXACT = "exact"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    BETWEEN = "between"


@dataclass(frozen=True)
class Persons:
    """From `least` to `most` persons, both included, `of` so many."""

    least: int
    most: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most <= self.of:
            raise ValueError(f"{self.least} to {self.most} of {self.of} is no range of persons")

    @property
    def shape(self) -> Shape:
        """Exactly, at most, at least, or between."""
        if self.least == self.most:
            return Shape.EXACT
        if self.least == 0:
            return Shape.AT_MOST
        return Shape.AT_LEAST if self.most == self.of else Shape.BETWEEN

    @property
    def count(self) -> int:
        """The one number to tell for all shapes but `BETWEEN`."""
        return self.most if self.shape is Shape.AT_MOST else self.least

    @property
    def share(self) -> Interval:
        """The same as shares; of nobody it is from 0 to 1."""
        if self.of == 0:
            return Interval(0.0, 1.0)
        return Interval(self.least / self.of, self.most / self.of)

    def hull(self, other: Persons) -> Persons:
        """The narrowest range that holds both, of the same number."""
        return Persons(min(self.least, other.least), max(self.most, other.most), self.of)

    def holds(self, count: int) -> bool:
        """Whether a number of persons lies in the range."""
        return self.least <= count <= self.most


@dataclass(frozen=True)
class Interval:
    """From `low` to `high` in the measure's own unit."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """How far it reaches from end to end."""
        return self.high - self.low

    def holds(self, value: float) -> bool:
        """Whether a value lies in the interval, its ends included."""
        return self.low <= value <= self.high

    def hull(self, other: Interval) -> Interval:
        """The narrowest interval that holds both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def clipped(self, bounds: Interval) -> Interval:
        """The part of it inside the bounds; raises `ValueError` when there is none."""
        low, high = max(self.low, bounds.low), min(self.high, bounds.high)
        if low > high:
            raise ValueError("an interval outside its bounds")
        return Interval(low, high)
