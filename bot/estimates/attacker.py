"""What an attacker may assume, in turn: static answers in all waves, else what still fits together.

Answers do change in truth, and then no static answers fit all waves. What is left to assume is
the closing wave alone, and each mark's own cells through the waves where these still fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace

from bot.estimates.program import Goal, Impossible, Program
from models.statistics.disclosure import Atom, Cell, Statement


@dataclass(frozen=True)
class View:
    """The cells that are held together, the persons in them, and what is not yet known possible."""

    concerns: Callable[[Cell], bool]
    atoms: tuple[Atom, ...]
    goals: frozenset[Goal]

    def narrowed(self, told: Iterable[Statement], answers: int) -> View:
        """The same, with the goals left that nothing reaches; raises `Impossible`."""
        concerned = (each for each in told if self.concerns(each.cell))
        program = Program(self.atoms, concerned, answers)
        return replace(self, goals=frozenset(program.unreached(self.goals)))


class Attacker:
    """Works out what cannot be; from one call to the next things are told more coarsely only.

    So a goal once reached stays reached, and only the others are looked at again.
    """

    def __init__(
        self, atoms: tuple[Atom, ...], cells: Sequence[Cell], goals: frozenset[Goal], answers: int
    ) -> None:
        """Takes everybody's atoms, the cells of the closing wave, and what must stay possible."""
        self.answers = answers
        self.whole = View(lambda _: True, atoms, goals)
        self.parts = [_alone({cell.wave for cell in cells}, self.whole)]
        self.parts += [_of_mark(mark, self.whole) for mark in sorted({c.mark for c in cells})]

    def unreached(self, told: Sequence[Statement]) -> frozenset[Goal]:
        """The goals that cannot be true, given everything told."""
        try:
            self.whole = self.whole.narrowed(told, self.answers)
        except Impossible:
            return self._of_parts(told)
        return self.whole.goals

    def copy(self) -> Attacker:
        """One that may be told more without this one knowing."""
        other = copy(self)
        other.parts = list(self.parts)
        return other

    def _of_parts(self, told: Sequence[Statement]) -> frozenset[Goal]:
        found: frozenset[Goal] = frozenset()
        for number, part in enumerate(self.parts):
            try:
                self.parts[number] = part.narrowed(told, self.answers)
            except Impossible:
                continue
            found |= self.parts[number].goals
        return found


def _alone(waves: set[int], whole: View) -> View:
    """The closing wave without any other."""
    atoms = tuple(atom for atom in whole.atoms if waves & _waves(atom))
    return View(lambda cell: cell.wave in waves, atoms, _about(atoms, whole.goals))


def _waves(atom: Atom) -> set[int]:
    return {*atom.waves, *(cell.wave for cell in atom.also)}


def _of_mark(mark: str, whole: View) -> View:
    """One mark's cells through all waves."""
    atoms = tuple(atom for atom in whole.atoms if atom.has(mark))
    return View(lambda cell: cell.mark == mark, atoms, _about(atoms, whole.goals))


def _about(atoms: Iterable[Atom], goals: Iterable[Goal]) -> frozenset[Goal]:
    among = set(atoms)
    return frozenset(goal for goal in goals if goal.atom in among)
