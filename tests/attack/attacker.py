"""An attack on published tables by somebody who never saw the publisher.

It knows what is printed, who was asked, in which cells they stand, and who took part when; and it
assumes that nobody changed an answer. It looks for persons whose answer is then certain. Nothing
of the bot is imported here: its own integer programs, and its own trial of every possibility.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

HALF_A_DECIMAL = 0.05 + 1e-9


@dataclass(frozen=True)
class Printed:
    """One printed figure: of so many in a cell and wave, from `low` to `high` gave `answers`.

    A printed `mean` is rounded to one decimal. A hidden figure has neither.
    """

    wave: int
    cell: str
    took_part: int
    n: int
    answers: frozenset[int] = frozenset()
    low: int | None = None
    high: int | None = None
    mean: float | None = None


@dataclass(frozen=True)
class Known:
    """What is known of somebody: the cells in each wave that the person took part in."""

    cells: tuple[tuple[int, frozenset[str]], ...]

    def is_in(self, wave: int, cell: str) -> bool:
        """Whether the person is counted in a cell of a wave."""
        return cell in dict(self.cells).get(wave, ())


@dataclass(frozen=True)
class Constraint:
    """low ≤ Σ weight × how many of each kind of person gave each answer ≤ high."""

    weights: dict[tuple[int, int], float]
    low: float
    high: float


class Attack:
    """Everything that is known, as kinds of persons and what their answers must add up to.

    `answers` are 0 to k − 1; one more, k, stands for no answer where some gave none.
    """

    def __init__(
        self, people: Iterable[Known], printed: Iterable[Printed], answers: int, agree: set[int]
    ) -> None:
        rows = list(printed)
        self.kinds = Counter(people)
        self.people = list(self.kinds)
        self.agree = agree
        self.answers = answers + any(row.n < row.took_part for row in rows)
        self.given = answers
        self.constraints = [each for row in rows for each in self._of(row)]

    def _of(self, row: Printed) -> Iterator[Constraint]:
        inside = [
            at
            for at, kind in enumerate(self.people)
            if row.cell in dict(kind.cells).get(row.wave, ())
        ]
        if not inside:
            return
        values = range(self.given)
        if self.answers > self.given:
            silent = {(at, self.given): 1.0 for at in inside}
            yield Constraint(silent, row.took_part - row.n, row.took_part - row.n)
        if row.low is not None and row.high is not None:
            yield Constraint(
                {(at, v): 1.0 for at in inside for v in row.answers}, row.low, row.high
            )
        if row.mean is not None:
            weights = {(at, v): float(v + 1) for at in inside for v in values}
            middle, slack = row.mean * row.n, HALF_A_DECIMAL * row.n
            yield Constraint(weights, middle - slack, middle + slack)

    def questions(self) -> Iterator[tuple[int, frozenset[int]]]:
        """Each kind of person with each set of answers whose having or not would be known."""
        everything = frozenset(range(self.answers))
        sets = [
            frozenset(self.agree),
            everything - self.agree,
            frozenset(range(self.given)) - self.agree,
        ]
        sets += [frozenset({answer}) for answer in range(self.given)]
        for at in range(len(self.people)):
            for answers in dict.fromkeys(sets):
                yield at, answers

    def certain(self) -> set[int]:
        """The kinds of persons who must all have given an answer of some telling set."""
        return certain_by_program(self)

    def persons(self) -> int:
        """How many persons' answers are certain."""
        return sum(self.kinds[self.people[at]] for at in self.certain())


def certain_by_program(attack: Attack) -> set[int]:
    """Solves for a possible world in which somebody of the kind answered otherwise."""
    open_questions = set(attack.questions())
    doubted: set[tuple[int, frozenset[int]]] = set()
    for question in sorted(open_questions, key=lambda each: (each[0], sorted(each[1]))):
        if question in doubted:
            continue
        found = _world_with_other_answer(attack, *question)
        if found is not None:
            doubted |= {each for each in open_questions if _has_other(attack, found, *each)}
    return {at for at, _ in open_questions - doubted}


def _has_other(attack: Attack, found: Any, at: int, answers: frozenset[int]) -> bool:
    return any(
        found[at * attack.answers + v] > 0.5 for v in range(attack.answers) if v not in answers
    )


def _world_with_other_answer(attack: Attack, at: int, answers: frozenset[int]) -> Any | None:
    """A possible world with as many of a kind outside the answers as can be; None if nobody is."""
    size = len(attack.people) * attack.answers
    aim = np.zeros(size)
    for answer in range(attack.answers):
        if answer not in answers:
            aim[at * attack.answers + answer] = -1.0
    rows: list[Any] = []
    lows: list[float] = []
    highs: list[float] = []
    for number, kind in enumerate(attack.people):
        row = np.zeros(size)
        row[number * attack.answers : (number + 1) * attack.answers] = 1.0
        rows.append(row)
        lows.append(attack.kinds[kind])
        highs.append(attack.kinds[kind])
    for each in attack.constraints:
        row = np.zeros(size)
        for (person, answer), weight in each.weights.items():
            row[person * attack.answers + answer] = weight
        rows.append(row)
        lows.append(each.low)
        highs.append(each.high)
    solved = milp(
        aim,
        constraints=LinearConstraint(np.array(rows), lows, highs),
        integrality=np.ones(size),
        bounds=Bounds(0, np.inf),
    )
    assert solved.success, "what was printed contradicts itself, so the attacker is wrong"
    return solved.x if solved.fun < -0.5 else None


def certain_by_trial(attack: Attack) -> set[int]:
    """The same by trying every possible world, for small ones."""
    doubted = set()
    for world in _worlds(attack):
        doubted |= {
            (at, answers)
            for at, answers in attack.questions()
            if any(world[at][v] for v in range(attack.answers) if v not in answers)
        }
    return {at for at, answers in attack.questions() if (at, answers) not in doubted}


def _worlds(attack: Attack) -> Iterator[Sequence[tuple[int, ...]]]:
    ways = [list(_splits(attack.kinds[kind], attack.answers)) for kind in attack.people]
    for world in product(*ways):
        sums = (
            (sum(w * world[at][v] for (at, v), w in each.weights.items()), each)
            for each in attack.constraints
        )
        if all(each.low <= total <= each.high for total, each in sums):
            yield world


def _splits(size: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way in which so many persons divide among so many answers."""
    if parts == 1:
        yield (size,)
        return
    for first in range(size + 1):
        for rest in _splits(size - first, parts - 1):
            yield (first, *rest)
