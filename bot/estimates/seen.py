"""Answers of everybody that fit what was told: whatever is true in one of them is possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import vstack

from bot.estimates.effort import Effort
from bot.estimates.space import Goal, Insider, Numbers, Space, matrix_of
from models.statistics.disclosure import Atom

Counted = tuple[Atom, frozenset[int]]
"""How many of an atom gave some answers."""


class Seen:
    """Solutions that are known to fit, with what was counted in them so far.

    They still fit when things are told more coarsely.
    """

    def __init__(self, space: Space, effort: Effort) -> None:
        self.space, self.effort = space, effort
        self.found: list[Numbers] = []
        self._columns: dict[Counted, int] = {}
        self._factors = matrix_of((), space.unknowns)
        self._constants = np.zeros(0, dtype=np.int64)
        self._table = np.zeros((0, 0), dtype=np.int64)

    def __bool__(self) -> bool:
        """Whether any is known."""
        return bool(self.found)

    def copy(self) -> Seen:
        """The same, to which more may be added without this knowing."""
        apart = Seen(self.space, self.effort)
        apart.__dict__.update(self.__dict__)
        apart.found, apart._columns = list(self.found), dict(self._columns)
        return apart

    def add(self, solutions: Iterable[Numbers]) -> None:
        """Keeps more of them."""
        self.found += solutions

    def left(self, goals: Sequence[Goal], insider: Insider | None) -> list[Goal]:
        """The goals that none of them reaches, of those in which the insider's answer is right."""
        if not self.found or not goals:
            return list(goals)
        table = self._counted([(goal.atom, self.space.answers_of(goal)) for goal in goals])
        self.effort.spend(table.size // 500)
        if insider is not None:
            own = self._counted([(insider.atom, insider.answers)])[:, 0] > 0
            # Who knows the own answer is none of those who are looked for.
            table = table[own] - [insider.is_looked_for(goal) for goal in goals]
        reached = (table > 0).any(axis=0)
        return [goal for goal, some in zip(goals, reached, strict=True) if not some]

    def _counted(self, wanted: Sequence[Counted]) -> Numbers:
        """One row for each solution, one column for each that is wanted."""
        new = [each for each in dict.fromkeys(wanted) if each not in self._columns]
        if new:
            self._widen(new)
        if len(self._table) < len(self.found):
            fresh = self._count(self.found[len(self._table) :], self._factors, self._constants)
            self._table = np.vstack([self._table, fresh])
        return self._table[:, [self._columns[each] for each in wanted]]

    def _widen(self, new: Sequence[Counted]) -> None:
        self._columns |= {each: at for at, each in enumerate(new, len(self._columns))}
        rows = [self.space.count(*each) for each in new]
        factors = matrix_of(rows, self.space.unknowns)
        constants = np.array([row.constant for row in rows])
        fresh = self._count(self.found[: len(self._table)], factors, constants)
        self._table = np.hstack([self._table, fresh])
        self._factors = vstack([self._factors, factors], format="csr")
        self._constants = np.append(self._constants, constants)

    def _count(self, solutions: Sequence[Numbers], factors: Numbers, constants: Numbers) -> Numbers:
        if not solutions:
            return np.zeros((0, len(constants)), dtype=np.int64)
        self.effort.spend(len(solutions) * (self.space.unknowns + 2 * factors.nnz) // 500)
        return (factors @ np.array(solutions).T).T + constants
