"""What must stay possible, numbered: goals of some atoms as rows over the unknowns."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from bot.estimates.space import Goal, Insider, Numbers, Space, matrix_of


class Goals:
    """Goals in an order that is always the same for the same data; a number stands for each.

    Of a goal it is counted how many there are of those whom it looks for: constant + factors.
    """

    def __init__(self, space: Space, goals: Iterable[Goal]) -> None:
        """Takes up those goals whose atoms are in the space."""
        wanted = (goal for goal in goals if goal.atom in space.place)
        self.space, self.all = space, tuple(sorted(wanted, key=space.in_order))
        rows = [space.looked_for(goal) for goal in self.all]
        self.factors = matrix_of(rows, space.unknowns)
        self.constants = np.array([row.constant for row in rows], dtype=np.int64)
        self.every = np.arange(len(rows))
        self.number = {goal: number for number, goal in enumerate(self.all)}
        self._atoms = np.array([space.place[goal.atom] for goal in self.all], dtype=np.int64)
        self._counting: dict[frozenset[int], Numbers] = {}

    def named(self, numbers: Numbers) -> frozenset[Goal]:
        """The goals of some numbers."""
        return frozenset(self.all[number] for number in numbers)

    def numbers(self, goals: Iterable[Goal]) -> Numbers:
        """The numbers of those goals that are here, in order."""
        return np.array(sorted(self.number[goal] for goal in goals if goal in self.number), int)

    def of_others(self, insider: Insider) -> Numbers:
        """All that somebody may look for: alone in an atom there is nobody else in it."""
        if insider.atom.size > 1:
            return self.every
        return self.every[self._atoms != self.space.place[insider.atom]]

    def own(self, insider: Insider | None) -> Numbers:
        """How many of those whom each goal looks for are the insider, who is none of them."""
        if insider is None:
            return np.zeros(len(self.all), dtype=np.int64)
        if insider.answers not in self._counting:
            counting = [goal.counts(insider.answers) for goal in self.all]
            self._counting[insider.answers] = np.array(counting, dtype=np.int64)
        return self._counting[insider.answers] * (self._atoms == self.space.place[insider.atom])
