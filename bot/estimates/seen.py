"""Answers of everybody that fit what was told: whatever is true in one of them is possible."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from bot.estimates.effort import Effort
from bot.estimates.goals import Goals
from bot.estimates.space import Insider, Numbers


class Seen:
    """Solutions that are known to fit, and how far each reaches the goals.

    They still fit when things are told more coarsely.
    """

    def __init__(self, goals: Goals, effort: Effort) -> None:
        self.goals, self.effort = goals, effort
        self.found = np.zeros((0, goals.space.unknowns), dtype=np.int64)
        self._counted = np.zeros((0, len(goals.all)), dtype=np.int64)

    def __len__(self) -> int:
        """How many are known."""
        return len(self.found)

    def copy(self) -> Seen:
        """The same, to which more may be added without this knowing."""
        apart = Seen(self.goals, self.effort)
        apart.found, apart._counted = self.found, self._counted
        return apart

    def add(self, solutions: Iterable[Numbers]) -> None:
        """Keeps more of them."""
        fresh = np.array(list(solutions), dtype=np.int64)
        if not len(fresh):
            return
        goals = self.goals
        self.effort.spend(len(fresh) * (goals.space.unknowns + 2 * goals.factors.nnz) // 1000)
        counted = (goals.factors @ fresh.T).T + goals.constants
        self.found = np.vstack([self.found, fresh])
        self._counted = np.vstack([self._counted, counted])

    def left(self, wanted: Numbers, insider: Insider | None) -> Numbers:
        """The goals that none of them reaches, of those in which the insider's answer is right."""
        self.effort.spend(len(self.found) * len(wanted) // 1000)
        counted = self._counted
        if insider is not None:
            row = self.goals.space.count(insider.atom, insider.answers)
            counted = counted[row.constant + self.found[:, row.places] @ row.factors > 0]
        reached = (counted[:, wanted] > self.goals.own(insider)[wanted]).any(axis=0)
        return wanted[~reached]
