"""What an attacker does not know: how many persons of each atom gave each answer.

What is told, what is looked for and what a member knows are linear expressions of these numbers.
They are asked for again and again while an audit goes on, so each is worked out once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from models.statistics.disclosure import Atom, Statement

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

    def is_looked_for(self, goal: Goal) -> bool:
        """Whether the person is one of those whom a goal looks for."""
        return goal.atom == self.atom and goal.counts(self.answers)


@dataclass(frozen=True)
class Row:
    """A linear expression of the unknowns, constant + Σ factor × unknown, and its limits."""

    constant: int
    places: Numbers
    factors: Numbers
    low: float = 1
    high: float = np.inf

    def value(self, found: Numbers) -> int:
        """What it comes to for some numbers."""
        return int(self.constant + self.factors @ found[self.places])


class Space:
    """The unknowns of some atoms: the first of `answers` follows from the others and is none."""

    def __init__(self, atoms: Sequence[Atom], answers: int) -> None:
        self.atoms, self.answers = tuple(atoms), answers
        self.place = {atom: number for number, atom in enumerate(self.atoms)}
        self.unknowns = len(self.atoms) * (answers - 1)
        self.most = np.repeat([atom.size for atom in self.atoms], answers - 1)
        self._told: dict[Statement, Row] = {}
        self._counts: dict[tuple[Atom, frozenset[int]], Row] = {}

    def told(self, statement: Statement) -> Row:
        """What is told of a cell."""
        if statement not in self._told:
            self._told[statement] = self._of_statement(statement)
        return self._told[statement]

    def count(self, atom: Atom, answers: frozenset[int]) -> Row:
        """How many of an atom gave some answers, and at least one did."""
        if (atom, answers) not in self._counts:
            self._counts[atom, answers] = self._count(atom, answers)
        return self._counts[atom, answers]

    def looked_for(self, goal: Goal) -> Row:
        """How many there are of those whom a goal looks for."""
        return self.count(goal.atom, self.answers_of(goal))

    def answers_of(self, goal: Goal) -> frozenset[int]:
        """The answers of those whom a goal looks for."""
        return frozenset(range(self.answers)) - goal.answers if goal.not_all else goal.answers

    def remainders(self) -> list[Row]:
        """That nobody gave the first answer less than no time, where that does not go without."""
        if self.answers == 2:
            return []
        every = (self._count(atom, frozenset({0})) for atom in self.atoms)
        return [Row(row.constant, row.places, row.factors, low=0) for row in every]

    def in_order(self, goal: Goal) -> tuple[int, list[int], bool]:
        """Where a goal stands among others, for the same data always the same."""
        return self.place[goal.atom], sorted(goal.answers), goal.not_all

    def _of_statement(self, statement: Statement) -> Row:
        weights = (*statement.weights, 0)[: self.answers]
        inside = [atom for atom in self.atoms if statement.cell.holds(atom)]
        steps = [(at, weights[at] - weights[0]) for at in range(1, self.answers)]
        steps = [(at, step) for at, step in steps if step]
        firsts = [self.place[atom] * (self.answers - 1) - 1 for atom in inside]
        return Row(
            weights[0] * sum(atom.size for atom in inside),
            np.array([first + at for first in firsts for at, _ in steps], dtype=np.int64),
            np.array([step for _, step in steps] * len(firsts), dtype=np.int64),
            statement.least,
            statement.most,
        )

    def _count(self, atom: Atom, among: frozenset[int]) -> Row:
        first = self.place[atom] * (self.answers - 1) - 1
        if 0 not in among:
            return _row(0, [first + answer for answer in sorted(among)], 1)
        rest = sorted(set(range(self.answers)) - among)
        return _row(atom.size, [first + answer for answer in rest], -1)


def _row(constant: int, places: Sequence[int], factor: int) -> Row:
    return Row(constant, np.array(places, dtype=np.int64), np.full(len(places), factor))


def matrix_of(rows: Iterable[Row], columns: int) -> Numbers:
    """The factors of some rows as a sparse matrix."""
    given = list(rows)
    if not given:
        return csr_matrix((0, columns), dtype=np.int64)
    ends = np.cumsum([0, *(len(row.places) for row in given)])
    places = np.concatenate([row.places for row in given])
    factors = np.concatenate([row.factors for row in given])
    return csr_matrix((factors, places, ends), shape=(len(given), columns))
