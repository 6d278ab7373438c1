"""How much work an audit may cost: counted and not timed, so that the same data has the same end.

A unit is about what a processor of 2020 does in half a microsecond; `make bench` shows what a wave
comes to.
"""

from __future__ import annotations

from dataclasses import dataclass

WAVE = 120_000_000
"""For all questions of a wave together: most of the minute that it may take, if all is needed."""


class Spent(Exception):
    """There is no work left, and what was not looked at by now is not known to be safe."""


@dataclass
class Effort:
    """What is left of an audit's work; everybody who works for it takes from the same."""

    left: int

    def spend(self, work: int) -> None:
        """Takes some work; raises `Spent` where there is not enough."""
        self.left -= work
        if self.left < 0:
            raise Spent

    def solve(self, factors: int, nodes: int) -> None:
        """Takes the work of a program with so many factors that looked at so many branches."""
        self.spend(factors * (16 + 4 * nodes) + 5_000)
