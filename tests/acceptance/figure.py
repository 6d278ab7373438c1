"""A figure that was measured, and the goal that it is held to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Size(Enum):
    """How much is simulated: a little in `make test`, all by `make acceptance`."""

    SMALL = "small"
    FULL = "full"

    def of(self, small: int, full: int) -> int:
        """The number for this size."""
        return small if self is Size.SMALL else full


@dataclass(frozen=True)
class Figure:
    """What was measured, and the least or the most that it may be."""

    name: str
    value: float
    least: float | None = None
    most: float | None = None

    @property
    def is_reached(self) -> bool:
        """Whether the value lies within its goal."""
        above = self.least is None or self.value >= self.least
        return above and (self.most is None or self.value <= self.most)

    @property
    def goal(self) -> str:
        """The goal in words."""
        parts = [f"≥ {self.least:g}"] if self.least is not None else []
        parts += [f"≤ {self.most:g}"] if self.most is not None else []
        return " and ".join(parts) or "told only"
