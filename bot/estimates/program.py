"""The integer program of an attacker who knows all that was told: what can still be true?

Unknown is how many persons of each atom gave each answer. A goal is something that must stay
possible, such as "not all of this atom agree". Solved by HiGHS through `scipy.optimize.milp`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from models.statistics.disclosure import Atom, Statement

NODES = 20_000
"""So many branches are looked at; it is no time, so that the same order has the same answer."""

Numbers = Any
"""An array of numpy, whose types are of no use here."""


@dataclass(frozen=True)
class Goal:
    """That an atom may have somebody (or, if `not all`, somebody else) among some answers."""

    atom: Atom
    answers: frozenset[int]
    not_all: bool


class Impossible(Exception):
    """Nothing fits what was told, so the attacker's assumptions are wrong."""


@dataclass(frozen=True)
class _Row:
    """A linear expression of the unknowns: constant + Σ factor × unknown."""

    constant: int
    factors: dict[int, int]


class Program:
    """What fits a set of statements about some atoms, each answer counted from 0."""

    def __init__(self, atoms: Sequence[Atom], told: Iterable[Statement], answers: int) -> None:
        """Takes the statements up as constraints; `answers` counts "no answer" where there is."""
        self.atoms, self.answers = list(atoms), answers
        self.place = {atom: number for number, atom in enumerate(self.atoms)}
        self.unknowns = len(self.atoms) * (answers - 1)
        self.rows: list[tuple[_Row, float, float]] = []
        for statement in told:
            row = self._of_statement(statement)
            self.rows.append((row, statement.least, statement.most))
        if answers > 2:
            self.rows += [(self._count(atom, {0}), 0, atom.size) for atom in self.atoms]

    def unreached(self, goals: Iterable[Goal]) -> set[Goal]:
        """The goals that nothing that fits reaches; raises `Impossible` when nothing fits at all.

        What cannot be decided within the limit of branches counts as not reached.
        """
        left = sorted(goals, key=self._order)
        if not left:
            self._solved([])
        while left:
            found = self._solved(left)
            values = {goal: self._value(self._of_goal(goal), found) for goal in left}
            still = [goal for goal in left if values[goal] < 1]
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
            ends.append(self._value(row, self._milp(aim, self._constraints([]), 0)))
        return ends[0], ends[1]

    def _solved(self, goals: Sequence[Goal]) -> Numbers:
        """A solution that reaches as many goals at once as can be found."""
        aim = np.concatenate([np.zeros(self.unknowns), -np.ones(len(goals))])
        return self._milp(aim, self._constraints(goals), len(goals))

    def _milp(self, aim: Numbers, constraint: LinearConstraint, goals: int) -> Numbers:
        sizes = [atom.size for atom in self.atoms for _ in range(self.answers - 1)]
        found = milp(
            aim,
            constraints=constraint,
            bounds=Bounds(0, np.array(sizes + [1] * goals)),
            integrality=np.array([1] * self.unknowns + [0] * goals),
            options={"node_limit": NODES},
        )
        if found.x is None:
            raise Impossible
        answer = np.rint(found.x[: self.unknowns]).astype(int)
        if not all(low <= self._value(row, answer) <= high for row, low, high in self.rows):
            raise ArithmeticError("the solver's answer does not fit what was told")
        return answer

    def _constraints(self, goals: Sequence[Goal]) -> LinearConstraint:
        rows = [*self.rows]
        for number, goal in enumerate(goals):
            row = self._of_goal(goal)
            reached = {self.unknowns + number: -1}
            rows.append((_Row(row.constant, row.factors | reached), 0, np.inf))
        places, columns, factors = [], [], []
        for number, (row, _, _) in enumerate(rows):
            places += [number] * len(row.factors)
            columns += list(row.factors)
            factors += list(row.factors.values())
        shape = (max(len(rows), 1), self.unknowns + len(goals))
        matrix = csr_matrix((factors, (places, columns)), shape=shape)
        lows = [low - row.constant for row, low, _ in rows] or [0]
        highs = [high - row.constant for row, _, high in rows] or [0]
        return LinearConstraint(matrix, lows, highs)

    def _of_statement(self, statement: Statement) -> _Row:
        weights = (*statement.weights, 0)[: self.answers]
        constant, factors = 0, {}
        for atom in filter(statement.cell.holds, self.atoms):
            constant += weights[0] * atom.size
            first = self.place[atom] * (self.answers - 1) - 1
            for answer in range(1, self.answers):
                if weights[answer] != weights[0]:
                    factors[first + answer] = weights[answer] - weights[0]
        return _Row(constant, factors)

    def _of_goal(self, goal: Goal) -> _Row:
        return self._count(goal.atom, goal.answers, but=goal.not_all)

    def _count(self, atom: Atom, answers: Iterable[int], *, but: bool = False) -> _Row:
        """How many of an atom gave some answers, or any other; the first follows from the rest."""
        among, first = set(answers), self.place[atom] * (self.answers - 1) - 1
        if but:
            among = set(range(self.answers)) - among
        if 0 not in among:
            return _Row(0, {first + answer: 1 for answer in among})
        rest = set(range(self.answers)) - among
        return _Row(atom.size, {first + answer: -1 for answer in rest})

    @staticmethod
    def _value(row: _Row, found: Numbers) -> int:
        return int(row.constant + sum(f * found[place] for place, f in row.factors.items()))

    def _order(self, goal: Goal) -> tuple[int, list[int], bool]:
        return self.place[goal.atom], sorted(goal.answers), goal.not_all
