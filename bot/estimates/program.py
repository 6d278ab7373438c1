"""The integer program of an attacker who knows all that was told: what can still be true?

A goal is something that must stay possible, such as "not all of this atom agree". Solved by HiGHS
through `scipy.optimize.milp`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, eye_array, vstack

from bot.estimates.effort import Effort
from bot.estimates.goals import Goals
from bot.estimates.seen import Seen
from bot.estimates.space import Goal, Insider, Numbers, Row, Space, matrix_of
from bot.estimates.walk import Walk
from models.statistics.disclosure import Atom, Statement

NODES = 1_000
"""So many branches are looked at; it is no time, so that the same order has the same answer."""

NEAR = 500
"""So many solutions near a known one are kept at most."""

STEPS = 200
"""So often for each atom somebody's answer is tried to be exchanged for another's."""

STARTS, LEAST_STEPS = 4, 2_000
"""From so many of the last solutions, and so often in all where there are few atoms."""

FEW, FEW_STEPS = 20, 10
"""The same from a solution that was just found, of use for others who look for something."""

OPTIMAL, INFEASIBLE = 0, 2
"""The status of `milp` when nothing is better, and when nothing fits."""


class Impossible(Exception):
    """Nothing fits what was told, so the attacker's assumptions are wrong."""


class Undecided(Exception):
    """Nothing was found within the limit of branches."""


class Program:
    """What fits a set of statements about some atoms."""

    def __init__(
        self, space: Space, told: Iterable[Statement], effort: Effort | None = None
    ) -> None:
        """Takes the statements up as constraints.

        Without an effort to take from, it may work as long as it needs.
        """
        self.space, self.effort = space, effort or Effort(sys.maxsize)
        rows = [*map(space.told, told), *space.remainders()]
        self.matrix = matrix_of(rows, space.unknowns)
        constants = np.array([row.constant for row in rows], dtype=np.int64)
        self.lows = np.array([row.low for row in rows]) - constants
        self.highs = np.array([row.high for row in rows]) - constants
        # What one more of each unknown adds to each row, and no more of an atom's first answer.
        self.adds = np.vstack([self.matrix.T.toarray(), np.zeros(len(rows), dtype=np.int64)])
        self.effort.spend(self.adds.size // 20)

    @classmethod
    def of(cls, atoms: Sequence[Atom], told: Iterable[Statement], answers: int) -> Program:
        """The program of some atoms and statements alone, each answer counted from 0.

        `answers` counts "no answer" where there is.
        """
        return cls(Space(atoms, answers), told)

    def never(self, goals: Iterable[Goal]) -> frozenset[Goal]:
        """The goals that nothing that fits reaches; raises `Impossible` when nothing fits."""
        numbered = Goals(self.space, goals)
        seen = Seen(numbered, self.effort)
        return numbered.named(self.unreached(numbered.every, seen))

    def unreached(
        self, wanted: Numbers, seen: Seen, insider: Insider | None = None, *, proven: bool = False
    ) -> Numbers:
        """The numbers of the goals that nothing that fits reaches; raises `Impossible`, `Spent`.

        An insider knows the own answer; goals are then about the others. `seen` are solutions
        that are known to fit; those found are added. What cannot be decided within the limit of
        branches counts as not reached, unless it has to be `proven`.
        """
        left = seen.left(wanted, insider)
        while len(left) or not len(seen):
            try:
                found, is_best = self._solved(seen.goals, left, insider)
            except Undecided:
                return left[:0] if proven else left
            seen.add([found, *self._near(found, FEW_STEPS * len(self.space.atoms), FEW)])
            still = seen.left(left, insider)
            if len(still) == len(left):
                return left if is_best or not proven else left[:0]
            left = still
        return left

    def range_of(self, atom: Atom, answers: Iterable[int]) -> tuple[int, int]:
        """How many of an atom gave some answers, at least and at most; raises `Impossible`."""
        row, nobody = self.space.count(atom, frozenset(answers)), Goals(self.space, ())
        ends = []
        for sign in (1, -1):
            aim = np.zeros(self.space.unknowns)
            aim[row.places] = sign * row.factors
            found, _ = self._milp(aim, [], (nobody.factors, nobody.constants))
            ends.append(row.value(found))
        return ends[0], ends[1]

    def wander(self, seen: Seen) -> None:
        """Adds what lies near some solutions and fits too: two exchange answers, or one does.

        It only saves the solver work: by chance, but by the same chance for the same program.
        """
        steps = max(STEPS * len(self.space.atoms), LEAST_STEPS) // STARTS
        for start in seen.found[-STARTS:]:
            seen.add(self._near(start, steps, NEAR // STARTS))

    def _near(self, found: Numbers, steps: int, most: int) -> list[Numbers]:
        """Some of the solutions by the way from one of them: neighbours are much alike."""
        self.effort.spend(steps * (20 + self.matrix.shape[0] // 50))
        walk = Walk(self.space, self.adds, (self.lows, self.highs), found)
        near = list(walk.through(steps))
        return near[:: len(near) // most + 1]

    def _solved(self, goals: Goals, left: Numbers, insider: Insider | None) -> tuple[Numbers, bool]:
        """A solution that reaches as many goals at once as can be found, and if none has more."""
        aim = np.concatenate([np.zeros(self.space.unknowns), -np.ones(len(left))])
        known = [self.space.count(insider.atom, insider.answers)] if insider else []
        constants = (goals.constants - goals.own(insider))[left]
        return self._milp(aim, known, (goals.factors[left], constants))

    def _milp(
        self, aim: Numbers, known: Sequence[Row], reaching: tuple[Numbers, Numbers]
    ) -> tuple[Numbers, bool]:
        """A solution for an aim, with rows that are known too, and goals that would be reached."""
        space, (lower, constants) = self.space, reaching
        upper, goals = vstack([self.matrix, matrix_of(known, space.unknowns)]), len(constants)
        matrix = block_array([[upper, None], [lower, -eye_array(goals)]]) if goals else upper
        lows = np.append(self.lows, [row.low - row.constant for row in known])
        highs = np.append(self.highs, [row.high - row.constant for row in known])
        found = milp(
            aim,
            constraints=LinearConstraint(
                matrix, np.append(lows, -constants), np.append(highs, np.full(goals, np.inf))
            ),
            bounds=Bounds(0, np.append(space.most, np.ones(goals))),
            integrality=np.array([1] * space.unknowns + [0] * goals),
            options={"node_limit": NODES},
        )
        self.effort.solve(matrix.nnz, found.mip_node_count or 0)
        if found.x is None:
            raise Impossible if found.status == INFEASIBLE else Undecided
        answer = np.rint(found.x[: space.unknowns]).astype(np.int64)
        sums = upper @ answer
        if not ((sums >= lows) & (sums <= highs)).all():
            raise ArithmeticError("the solver's answer does not fit what was told")
        return answer, found.status == OPTIMAL
