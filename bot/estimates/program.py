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

FEW, FEW_STEPS = 20, 10
"""The same from a solution that was found for one insider, of use for others too."""

INFEASIBLE = 2
"""The status of `milp` when nothing fits."""


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

    def unreached(
        self,
        goals: Iterable[Goal],
        seen: Seen | None = None,
        insider: Insider | None = None,
        *,
        proven: bool = False,
    ) -> set[Goal]:
        """The goals that nothing that fits reaches; raises `Impossible` when nothing fits at all.

        An insider knows the own answer; goals are then about the others. `seen` are solutions
        that are known to fit; those found are added. What cannot be decided within the limit of
        branches counts as not reached, unless it has to be `proven`. Raises `Spent` when there is
        no work left.
        """
        known = Seen(self.space, self.effort) if seen is None else seen
        left = known.left(sorted(goals, key=self.space.in_order), insider)
        while left or not known:
            try:
                found = self._solved(left, insider)
            except Undecided:
                if proven:
                    return set()
                break
            known.add([found])
            if insider is not None:
                known.add(self._near(found, FEW_STEPS * len(self.space.atoms), FEW))
            still = known.left(left, insider)
            if len(still) == len(left):
                break
            left = still
        return set(left)

    def range_of(self, atom: Atom, answers: Iterable[int]) -> tuple[int, int]:
        """How many of an atom gave some answers, at least and at most; raises `Impossible`."""
        row = self.space.count(atom, frozenset(answers))
        ends = []
        for sign in (1, -1):
            aim = np.zeros(self.space.unknowns)
            aim[row.places] = sign * row.factors
            ends.append(row.value(self._milp(aim, [], [])))
        return ends[0], ends[1]

    def wander(self, seen: Seen) -> None:
        """Adds what lies near a solution and fits too: two persons exchange answers, or one does.

        It only saves the solver work: by chance, but by the same chance for the same program.
        """
        seen.add(self._near(seen.found[-1], STEPS * len(self.space.atoms), NEAR))

    def _near(self, found: Numbers, steps: int, most: int) -> list[Numbers]:
        """Some of the solutions by the way from one of them: neighbours are much alike."""
        self.effort.spend(steps * (20 + self.matrix.shape[0] // 50))
        walk = Walk(self.space, self.adds, (self.lows, self.highs), found)
        near = list(walk.through(steps))
        return near[:: len(near) // most + 1]

    def _solved(self, goals: Sequence[Goal], insider: Insider | None) -> Numbers:
        """A solution that reaches as many goals at once as can be found."""
        aim = np.concatenate([np.zeros(self.space.unknowns), -np.ones(len(goals))])
        known = [self.space.count(insider.atom, insider.answers)] if insider else []
        return self._milp(aim, known, [self._reaching(goal, insider) for goal in goals])

    def _reaching(self, goal: Goal, insider: Insider | None) -> Row:
        """How many the goal looks for; the insider is none of them."""
        row = self.space.looked_for(goal)
        if insider is None or not insider.is_looked_for(goal):
            return row
        return Row(row.constant - 1, row.places, row.factors)

    def _milp(self, aim: Numbers, known: Sequence[Row], reaching: Sequence[Row]) -> Numbers:
        space, goals = self.space, len(reaching)
        upper = vstack([self.matrix, matrix_of(known, space.unknowns)])
        lower = matrix_of(reaching, space.unknowns)
        matrix = block_array([[upper, None], [lower, -eye_array(goals)]]) if goals else upper
        lows = [*self.lows, *(row.low - row.constant for row in known)]
        highs = [*self.highs, *(row.high - row.constant for row in known)]
        lows += [-row.constant for row in reaching]
        highs += [np.inf] * goals
        found = milp(
            aim,
            constraints=LinearConstraint(matrix, lows, highs),
            bounds=Bounds(0, np.append(space.most, np.ones(goals))),
            integrality=np.array([1] * space.unknowns + [0] * goals),
            options={"node_limit": NODES},
        )
        self.effort.solve(matrix.nnz, found.mip_node_count or 0)
        if found.x is None:
            raise Impossible if found.status == INFEASIBLE else Undecided
        answer = np.rint(found.x[: space.unknowns]).astype(np.int64)
        sums = upper @ answer
        held = lows[: len(sums)], highs[: len(sums)]
        if not ((sums >= held[0]) & (sums <= held[1])).all():
            raise ArithmeticError("the solver's answer does not fit what was told")
        return answer
