"""The audit before publication: coarsens cells until nobody's answer can be worked out.

While some atom's answers can only be all alike, for somebody outside or for a member who knows the
own answer, the smallest touched cell of the wave that closes is told more coarsely, totals last.
Earlier waves are out already; what they alone give away is not held against the new one.

The work is limited. Where it does not suffice, less is told from the beginning and looked at anew,
and in the end nothing is told but how many answered, which needs no audit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from bot.estimates.attacker import Attacker
from bot.estimates.effort import WAVE, Effort, Spent
from bot.estimates.space import Goal, Insider
from models.statistics.bands import Coarseness
from models.statistics.disclosure import (
    Atom,
    Cell,
    Figures,
    Order,
    Release,
    Statement,
    statements,
    tale_of,
)
from models.statistics.telling import Tale
from models.surveys.survey import Sensitivity

STEPS = tuple(Coarseness)
TRIALS = 150
"""So often it is tried which cell helps; after that the nearest ones are coarsened untried."""

KEPT = 4
"""Each beginning but the last leaves one of so many parts of the work to those after it."""

BEGINNINGS = (
    (Coarseness.EXACT, Coarseness.EXACT),
    (Coarseness.SHARE, Coarseness.SHARE),
    (Coarseness.HIDDEN, Coarseness.SHARE),
    (Coarseness.HIDDEN, Coarseness.THIRDS),
)
"""How finely the cells and the totals are told at first, from the most to the least work."""

Steps = dict[Cell, Coarseness]


@dataclass(frozen=True)
class Known:
    """What was held against what was out before, and what of it was known then."""

    looked_at: frozenset[Goal] = frozenset()
    before: frozenset[Goal] = frozenset()


NOTHING = Known()


@dataclass(frozen=True)
class Outcome:
    """How coarsely each cell may be told, in the order of the order's figures.

    `is_cut_short` where the work did not suffice to look at all that might have been told; `left`
    is what was not needed of it.
    """

    releases: tuple[Release, ...]
    is_cut_short: bool = False
    left: int = 0


def audit(order: Order, work: int = WAVE) -> Outcome:
    """How coarsely each cell of an order may be told, found out with no more than some work.

    Open facts are not confidential, so that there is nothing to work out.
    """
    if order.sensitivity is Sensitivity.OPEN:
        return Outcome(all_at(order, Coarseness.EXACT), left=work)
    for cells, totals in BEGINNINGS:
        is_last = (cells, totals) == BEGINNINGS[-1]
        effort = Effort(work if is_last else work - work // KEPT)
        work -= effort.left
        begun = {each.cell: totals if each.rank else cells for each in order.figures}
        try:
            releases = Audit(order, begun, effort).releases()
        except Spent:
            continue
        is_cut_short = (cells, totals) != BEGINNINGS[0]
        return Outcome(releases, is_cut_short, work + effort.left)
    return Outcome(all_at(order, Coarseness.HIDDEN), is_cut_short=True)


def all_at(order: Order, step: Coarseness) -> tuple[Release, ...]:
    """Every cell told at the same step."""
    return tuple(Release(each.cell, step) for each in order.figures)


class Audit:
    """The audit of one question of one wave."""

    def __init__(self, order: Order, begun: Steps, effort: Effort) -> None:
        """Begins with every cell told as finely as is wanted and its number of answers allows."""
        self.order, self.effort = order, effort
        self.steps = begun
        self.said: dict[tuple[Cell, Coarseness], tuple[Statement, ...]] = {}
        told = self._told(self.steps)
        answers = order.frame.answers + any(map(self._is_of_silent, told))
        self.goals = frozenset(self._goals(told))
        self.outsider = Attacker.of(order.atoms, list(begun), self.goals, answers, effort)
        self.before = self.outsider.before(order.earlier)
        self.known: dict[Insider | None, Known] = {}
        self.trials = 0

    def releases(self) -> tuple[Release, ...]:
        """Coarsens until neither somebody outside nor a member learns another's answer.

        Raises `Spent` when the work does not suffice to find out.
        """
        self._coarsen_for(self.outsider)
        self.outsider.wander(self._told(self.steps))
        # What everybody knew before, a member knew too.
        known = self.known.get(None, NOTHING).before
        for insider in self._insiders():
            if self._coarsen_for(self.outsider.inside(insider, known)):
                self._coarsen_for(self.outsider)
        return tuple(Release(each.cell, self.steps[each.cell]) for each in self.order.figures)

    def _coarsen_for(self, attacker: Attacker) -> bool:
        """Coarsens until nothing new is given away to one attacker; whether it had to."""
        before = self.steps
        while blamed := self._given_away(attacker, self.steps):
            steps = self._coarser(attacker, blamed)
            if steps is None:
                break
            self.steps = steps
        return self.steps is not before

    def _given_away(self, attacker: Attacker, steps: Steps) -> frozenset[Goal]:
        """What cannot be any more, but could be before this wave."""
        found = attacker.unreached(self._told(steps))
        known = self.known.get(attacker.insider, NOTHING)
        if new := found - known.looked_at:
            before = self.before.about(new, attacker.insider).unreached(self.order.earlier)
            known = Known(known.looked_at | new, known.before | before)
            self.known[attacker.insider] = known
            attacker.forget(before)
        return found - known.before

    def _coarser(self, attacker: Attacker, blamed: frozenset[Goal]) -> Steps | None:
        """One cell told more coarsely: the first that helps, else the first that is touched.

        Touched are the cells of the first atom that is given away, also if it left before. What
        is told beside the share goes before the share does, and totals go last.
        """
        atom = min(blamed, key=_place).atom
        telling = [each for each in self.order.figures if not self._tale(each).is_silent]
        telling.sort(key=lambda each: self._sequence(each, atom))
        for each in telling if self.trials < TRIALS else ():
            self.trials += 1
            steps, trial = self._one_step(each), attacker.copy()
            if len(self._given_away(trial, steps)) < len(blamed):
                attacker.become(trial)
                return steps
        touched = [each for each in telling if atom.has(each.cell.mark)] or telling
        return self._one_step(touched[0]) if touched else None

    def _one_step(self, figures: Figures) -> Steps:
        """The steps with one cell at the next one at which it tells something else."""
        now = self.steps[figures.cell]
        before = self._statements(figures, now)
        later = STEPS[STEPS.index(now) + 1 :]
        step = next(step for step in later if self._statements(figures, step) != before)
        return self.steps | {figures.cell: step}

    def _insiders(self) -> Iterator[Insider]:
        """Somebody of each atom with each answer, or each side of a question with sides."""
        given = range(self.order.frame.answers)
        sides = [frozenset({answer}) for answer in given]
        if agreeing := frozenset(self.order.frame.agreeing):
            sides = [agreeing, frozenset(given) - agreeing]
        for atom in self.order.atoms:
            yield from (Insider(atom, side) for side in sides)

    def _goals(self, told: Iterable[Statement]) -> Iterator[Goal]:
        """That no atom's persons all agree, none do, or all give the same answer."""
        frame = self.order.frame
        given = frozenset(range(frame.answers))
        alike = {frozenset(i for i in given if s.weights[i]) for s in told if _counts(s)}
        agreeing = frozenset(frame.agreeing)
        if agreeing:
            # Who gave no answer neither agrees nor not, so that both sides are looked at.
            alike |= {agreeing, given - agreeing}
        for atom in self.order.atoms:
            for answers in sorted(alike - {frozenset()}, key=sorted):
                yield Goal(atom, answers, not_all=True)
            for answers in filter(None, (agreeing, given - agreeing) if agreeing else ()):
                yield Goal(atom, answers, not_all=False)

    def _told(self, steps: Steps) -> tuple[Statement, ...]:
        now = (self._statements(each, steps[each.cell]) for each in self.order.figures)
        return (*self.order.earlier, *chain.from_iterable(now))

    def _is_of_silent(self, statement: Statement) -> bool:
        """Whether it says that somebody took part and gave no answer to this question."""
        return len(statement.weights) > self.order.frame.answers and statement.most > 0

    def _statements(self, figures: Figures, step: Coarseness) -> tuple[Statement, ...]:
        said = self.said.get((figures.cell, step))
        if said is None:
            said = statements(self.order.frame, figures, tale_of(self.order, figures, step))
            self.said[figures.cell, step] = said
        return said

    def _tale(self, figures: Figures) -> Tale:
        return tale_of(self.order, figures, self.steps[figures.cell])

    def _sequence(self, figures: Figures, atom: Atom) -> tuple[bool, int, bool, int, Cell]:
        tale = self._tale(figures)
        tells_more, is_touched = tale.tells_mean or bool(tale.spread), atom.has(figures.cell.mark)
        return not tells_more, figures.rank, not is_touched, figures.n, figures.cell


def _counts(statement: Statement) -> bool:
    """Whether it counts persons; a sum of values tells no answers apart by itself."""
    return set(statement.weights) <= {0, 1}


def _place(goal: Goal) -> tuple[int, list[str], list[int], list[int], bool]:
    """The smallest atoms first, for the same order always in the same sequence."""
    atom, answers = goal.atom, sorted(goal.answers)
    stands = sorted(atom.marks), sorted(atom.waves)
    return atom.size, *stands, answers, goal.not_all
