"""Counting promises (medborgarlöften): so many times between two days, and how the pace is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

_WEEK = 7


@dataclass(frozen=True)
class Pace:
    """How a promise stands on a day: `done` of `promised` times, after `begun` of `weeks` weeks.

    A week counts as soon as it has begun, from the promise's own first day.
    """

    promised: int
    unit: str
    done: int
    begun: int
    weeks: int

    @property
    def expected(self) -> int:
        """How many times should have been reached by now, in whole times."""
        return self.promised * self.begun // self.weeks

    @property
    def behind(self) -> int:
        """How many times are missing by now; 0 when it goes as planned."""
        return max(0, self.expected - self.done)

    @property
    def is_weekly(self) -> bool:
        """Whether the promise is at most one time a week, and so is counted in weeks."""
        return self.promised <= self.weeks

    @property
    def is_kept(self) -> bool:
        """Whether all that was promised is done."""
        return self.done >= self.promised


class Promising(Protocol):
    """What must be known of a measure to say what it promises."""

    @property
    def start_on(self) -> date: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def promised(self) -> int | None: ...
    @property
    def promise_unit(self) -> str: ...


def pace(measure: Promising, done: int | None, on: date) -> Pace | None:
    """The pace of a measure's promise on a day; None without a promise, or without a last day."""
    if not measure.promised or measure.due_on is None:
        return None
    weeks = _weeks_to(measure.start_on, measure.due_on)
    begun = min(weeks, _weeks_to(measure.start_on, on)) if on >= measure.start_on else 0
    return Pace(measure.promised, measure.promise_unit, done or 0, begun, weeks)


def _weeks_to(start: date, last: date) -> int:
    """The weeks from a first day that have begun by a last day, which counts too."""
    return (last - start).days // _WEEK + 1
