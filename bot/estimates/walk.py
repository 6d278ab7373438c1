"""From one solution to others near it: two persons exchange their answers, or one gives another."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bot.estimates.space import Numbers, Space

ALONE = 4
"""One step of so many is that of a single person."""


class Walk:
    """A walk at random, but the same for the same program, among what fits some limits."""

    def __init__(
        self, space: Space, adds: Numbers, limits: tuple[Numbers, Numbers], start: Numbers
    ) -> None:
        """Starts where all rows are within their limits; `adds` has what each unknown adds to them.

        Its last line is of the first answers, which are no unknowns and add nothing.
        """
        self.space, self.adds, self.limits = space, adds, limits
        self.found, self.sums = start.copy(), start @ adds[:-1]
        self.persons = list(self._persons())

    def through(self, steps: int) -> Iterator[Numbers]:
        """The solutions on the way."""
        people, answers = len(self.persons), self.space.answers
        chance = np.random.default_rng(people)
        many = chance.integers((people, people, ALONE, answers), size=(steps, 4)).tolist()
        for one, other, alone, new in many:
            if alone:
                moves = {one: self.persons[other][1], other: self.persons[one][1]}
            else:
                moves = {one: new}
            if self._go(moves):
                yield self.found.copy()

    def _go(self, moves: dict[int, int]) -> bool:
        """Lets some persons give other answers, if what is told still fits."""
        steps = []
        for person, new in moves.items():
            atom, old = self.persons[person]
            if old == new:
                return False
            steps += [(self._place(atom, old), -1), (self._place(atom, new), 1)]
        sums = self.sums.copy()
        for place, more in steps:
            sums += more * self.adds[place]
        lows, highs = self.limits
        if (sums < lows).any() or (sums > highs).any():
            return False
        self.sums = sums
        for place, more in steps:
            if place >= 0:
                self.found[place] += more
        for person, new in moves.items():
            self.persons[person] = self.persons[person][0], new
        return True

    def _place(self, atom: int, answer: int) -> int:
        """Where an unknown stands; −1 for the first answer, which is none."""
        return atom * (self.space.answers - 1) + answer - 1 if answer else -1

    def _persons(self) -> Iterator[tuple[int, int]]:
        """Each person's atom and answer in the solution at which the walk begins."""
        given = self.found.reshape(len(self.space.atoms), self.space.answers - 1).tolist()
        for at, (atom, others) in enumerate(zip(self.space.atoms, given, strict=True)):
            for answer, number in enumerate([atom.size - sum(others), *others]):
                yield from ((at, answer) for _ in range(number))
