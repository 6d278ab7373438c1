"""The integer program of an attacker who knows all that was told: what can still be true?

Unknown is how many persons of each atom gave each answer. A goal is something that must stay
possible, such as "not all of this atom agree". Solved by HiGHS through `scipy.optimize.milp`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from bot.estimates.effort import Effort
from models.statistics.disclosure import Atom, Statement

NODES = 1_000
"""So many branches are looked at; it is no time, so that the same order has the same answer."""

NEAR = 500
"""So many solutions near a known one are kept at most."""

INFEASIBLE = 2
"""The status of `milp` when nothing fits."""

Numbers = Any
"""An array of numpy, whose types are of no use here."""


@dataclass(frozen=True)
class Goal:
    """That an atom may have somebody (or, if `not all`, somebody else) among some answers."""

    atom: Atom
    answers: frozenset[int]
    not_all: bool

    def counts(self, answers: frozenset[int]) -> bool:
        """Whether somebody who gave one of the answers is one that the goal looks for."""
        return not answers & self.answers if self.not_all else answers <= self.answers


@dataclass(frozen=True)
class Insider:
    """One person of an atom, who knows that the own answer was one of these."""

    atom: Atom
    answers: frozenset[int]


class Impossible(Exception):
    """Nothing fits what was told, so the attacker's assumptions are wrong."""


class Undecided(Exception):
    """Nothing was found within the limit of branches."""


@dataclass(frozen=True)
class _Row:
    """A linear expression of the unknowns, constant + Σ factor × unknown, and its limits."""

    constant: int
    factors: dict[int, int]
    low: float = 1
    high: float = np.inf

    def value(self, found: Numbers) -> int:
        return int(self.constant + sum(f * found[place] for place, f in self.factors.items()))


class Program:
    """What fits a set of statements about some atoms, each answer counted from 0."""

    def __init__(
        self,
        atoms: Sequence[Atom],
        told: Iterable[Statement],
        answers: int,
        effort: Effort | None = None,
    ) -> None:
        """Takes the statements up as constraints; `answers` counts "no answer" where there is.

        Without an effort to take from, it may work as long as it needs.
        """
        self.atoms, self.answers = list(atoms), answers
        self.effort = effort or Effort(sys.maxsize)
        self.place = {atom: number for number, atom in enumerate(self.atoms)}
        self.unknowns = len(self.atoms) * (answers - 1)
        self.insider: Insider | None = None
        self.rows = [self._of_statement(statement) for statement in told]
        self.effort.spend(len(self.rows) * len(self.atoms) // 2)
        if answers > 2:
            self.rows += [self._count(atom, {0}, low=0) for atom in self.atoms]

    def know(self, insider: Insider) -> None:
        """Takes up what one person knows of the own answer; goals are then about the others."""
        self.insider = insider
        self.rows.append(self._count(insider.atom, insider.answers, low=1))

    def unreached(
        self, goals: Iterable[Goal], seen: list[Numbers], *, proven: bool = False
    ) -> set[Goal]:
        """The goals that nothing that fits reaches; raises `Impossible` when nothing fits at all.

        `seen` are solutions that are known to fit; those found are added. What cannot be decided
        within the limit of branches counts as not reached, unless it has to be `proven`. Raises
        `Spent` when there is no work left.
        """
        left = self._not_in(sorted(goals, key=self._order), seen)
        while left or not seen:
            try:
                found = self._solved(left)
            except Undecided:
                if proven:
                    return set()
                break
            seen.append(found)
            still = self._not_in(left, [found])
            if len(still) == len(left):
                break
            left = still
        return set(left)

    def range_of(self, atom: Atom, answers: Iterable[int]) -> tuple[int, int]:
        """How many of an atom gave some answers, at least and at most; raises `Impossible`."""
        row = self._count(atom, answers)
        ends = []
        for sign in (1, -1):
            aim = np.zeros(self.unknowns)
            for place, factor in row.factors.items():
                aim[place] = sign * factor
            ends.append(row.value(self._milp(aim, self.rows, 0)))
        return ends[0], ends[1]

    def wander(self, seen: list[Numbers], steps: int) -> None:
        """Adds what lies near a solution and fits too, one or two persons at a time.

        It only saves the solver work: by chance, but by the same chance for the same program.
        """
        matrix = _matrix(self.rows, self.unknowns).toarray()
        lows = np.array([row.low - row.constant for row in self.rows])
        highs = np.array([row.high - row.constant for row in self.rows])
        tops = np.array([atom.size for atom in self.atoms for _ in range(self.answers - 1)])
        self.effort.spend(steps * (20 + len(self.rows) // 50))
        chance, found = np.random.default_rng(len(tops)), seen[-1].copy()
        sums, near = matrix @ found, []
        for up, down in chance.integers(self.unknowns, size=(steps, 2)):
            if up == down or found[up] >= tops[up] or found[down] <= 0:
                continue
            moved = sums + matrix[:, up] - matrix[:, down]
            if (moved >= lows).all() and (moved <= highs).all():
                found[up] += 1
                found[down] -= 1
                sums = moved
                near.append(found.copy())
        # Neighbours are much alike, and each is looked at for every insider.
        seen += near[:: len(near) // NEAR + 1]

    def _not_in(self, goals: Sequence[Goal], solutions: Sequence[Numbers]) -> list[Goal]:
        """The goals that none of some solutions reaches, of those that fit what is known."""
        if not solutions or not goals:
            return list(goals)
        table = np.array(solutions)
        if self.insider is not None:
            table = table[self._values([self.rows[-1]], table)[:, 0] > 0]
        reached = self._values([self._of_goal(goal) for goal in goals], table) > 0
        return [goal for goal, some in zip(goals, reached.any(axis=0), strict=True) if not some]

    def _values(self, rows: Sequence[_Row], table: Numbers) -> Numbers:
        """Each row's value in each solution; few unknowns are in a row, so it stays sparse."""
        factors = _matrix(rows, self.unknowns)
        self.effort.spend(table.shape[0] * (self.unknowns + 2 * factors.nnz) // 500)
        return (factors @ table.T).T + np.array([row.constant for row in rows])

    def _solved(self, goals: Sequence[Goal]) -> Numbers:
        """A solution that reaches as many goals at once as can be found."""
        aim = np.concatenate([np.zeros(self.unknowns), -np.ones(len(goals))])
        reaching = []
        for number, goal in enumerate(goals):
            row = self._of_goal(goal)
            reaching.append(_Row(row.constant, row.factors | {self.unknowns + number: -1}, low=0))
        return self._milp(aim, [*self.rows, *reaching], len(goals))

    def _milp(self, aim: Numbers, rows: Sequence[_Row], goals: int) -> Numbers:
        sizes = [atom.size for atom in self.atoms for _ in range(self.answers - 1)]
        constraints = _constraints(rows, self.unknowns + goals)
        found = milp(
            aim,
            constraints=constraints,
            bounds=Bounds(0, np.array(sizes + [1] * goals)),
            integrality=np.array([1] * self.unknowns + [0] * goals),
            options={"node_limit": NODES},
        )
        self.effort.solve(constraints.A.nnz, found.mip_node_count or 0)
        if found.x is None:
            raise Impossible if found.status == INFEASIBLE else Undecided
        answer = np.rint(found.x[: self.unknowns]).astype(int)
        if not all(row.low <= row.value(answer) <= row.high for row in self.rows):
            raise ArithmeticError("the solver's answer does not fit what was told")
        return answer

    def _of_statement(self, statement: Statement) -> _Row:
        weights = (*statement.weights, 0)[: self.answers]
        constant, factors = 0, {}
        for atom in filter(statement.cell.holds, self.atoms):
            constant += weights[0] * atom.size
            first = self.place[atom] * (self.answers - 1) - 1
            for answer in range(1, self.answers):
                if weights[answer] != weights[0]:
                    factors[first + answer] = weights[answer] - weights[0]
        return _Row(constant, factors, statement.least, statement.most)

    def _of_goal(self, goal: Goal) -> _Row:
        """How many the goal looks for; the insider is none of them."""
        among = set(goal.answers)
        row = self._count(goal.atom, set(range(self.answers)) - among if goal.not_all else among)
        insider = self.insider
        if insider is None or insider.atom != goal.atom or not goal.counts(insider.answers):
            return row
        return _Row(row.constant - 1, row.factors)

    def _count(self, atom: Atom, answers: Iterable[int], low: float = 1) -> _Row:
        """How many of an atom gave some answers; the first answer follows from the others."""
        among, first = set(answers), self.place[atom] * (self.answers - 1) - 1
        if 0 not in among:
            return _Row(0, {first + answer: 1 for answer in sorted(among)}, low)
        rest = sorted(set(range(self.answers)) - among)
        return _Row(atom.size, {first + answer: -1 for answer in rest}, low)

    def _order(self, goal: Goal) -> tuple[int, list[int], bool]:
        return self.place[goal.atom], sorted(goal.answers), goal.not_all


def _constraints(rows: Sequence[_Row], columns: int) -> LinearConstraint:
    """The rows as a sparse matrix with limits; one empty row where there is none."""
    given = list(rows) or [_Row(0, {}, low=0)]
    lows = [row.low - row.constant for row in given]
    return LinearConstraint(
        _matrix(given, columns), lows, [row.high - row.constant for row in given]
    )


def _matrix(rows: Sequence[_Row], columns: int) -> Any:
    places = [number for number, row in enumerate(rows) for _ in row.factors]
    columns_of = [place for row in rows for place in row.factors]
    factors = [factor for row in rows for factor in row.factors.values()]
    return csr_matrix((factors, (places, columns_of)), shape=(len(rows), columns))
