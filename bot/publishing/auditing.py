"""A closed survey as orders to the audit: who stands where, what is out, what shall come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.estimates.audit import Outcome, all_at, audit
from bot.publishing.tally import Tally, frame_of
from models.statistics.bands import Coarseness
from models.statistics.disclosure import (
    Atom,
    Cell,
    Figures,
    Order,
    Statement,
    statements,
    tale_of,
)
from models.statistics.thresholds import LeastAnswers, Thresholds
from models.surveys.facts import MemberFact, QuestionFact, ToldFact, WaveFacts
from models.surveys.survey import Scale, Sensitivity

NOW = 0
"""The number of the wave that closes; earlier ones have their surveys' ids."""


def limits_of(facts: WaveFacts, question: QuestionFact) -> Thresholds:
    """The limits of what may be told of a question: those that its survey promised.

    The options of a choice are a distribution, whatever its sensitivity.
    """
    limits = facts.limits.thresholds()
    if question.scale is not Scale.CHOICE:
        return limits
    least = (max(limits.least(each), limits.least_for_distribution) for each in Sensitivity)
    return replace(limits, least_answers=LeastAnswers(*least))


class Audited:
    """One question, audited: how coarsely each cell must be told, and what that lets be known."""

    def __init__(
        self, facts: WaveFacts, question: QuestionFact, tallies: Sequence[Tally], work: int
    ) -> None:
        """Orders the audit, which may take some seconds for a whole city."""
        self.facts, self.question = facts, question
        self.moved = _moved(facts)
        self.tallies = list(tallies)
        self.order = Order(
            frame=frame_of(question),
            sensitivity=question.sensitivity,
            atoms=self._atoms(),
            figures=tuple(self._figures(tally) for tally in self.tallies),
            earlier=tuple(self._statement(told) for told in self._told_of_question()),
            thresholds=limits_of(facts, question),
        )
        outcome = self._audited(work)
        self.releases, self.is_cut_short = outcome.releases, outcome.is_cut_short
        self.left = outcome.left

    def _audited(self, work: int) -> Outcome:
        """Where no cell has enough answers to tell anything there is nothing to work out."""
        limits, sensitivity = self.order.thresholds, self.question.sensitivity
        if not any(limits.enough(tally.n, sensitivity) for tally in self.tallies):
            return Outcome(all_at(self.order, Coarseness.EXACT), left=work)
        if self.facts.is_too_much and sensitivity is not Sensitivity.OPEN:
            return Outcome(all_at(self.order, Coarseness.HIDDEN), is_cut_short=True, left=work)
        return audit(self.order, work)

    def told(self) -> list[ToldFact]:
        """What is published of the question, for later audits."""
        found: list[ToldFact] = []
        for tally, figures, release in zip(
            self.tallies, self.order.figures, self.releases, strict=True
        ):
            tale = tale_of(self.order, figures, release.coarseness)
            said = statements(self.order.frame, figures, tale)
            found += [self._as_told(tally, each) for each in said]
        return found

    def _as_told(self, tally: Tally, said: Statement) -> ToldFact:
        return ToldFact(
            survey=NOW,
            cell=tally.cell,
            key=self.question.key,
            version=self.question.version,
            weights=said.weights,
            least=said.least,
            most=said.most,
        )

    def _told_of_question(self) -> list[ToldFact]:
        wording = (self.question.key, self.question.version)
        return [told for told in self.facts.told if (told.key, told.version) == wording]

    def _atoms(self) -> tuple[Atom, ...]:
        """Persons whom nothing published tells apart."""
        if not self.facts.members:
            marks = frozenset({self._mark(NOW, 0)})
            answered = self.facts.answered
            return (Atom(marks, frozenset({NOW}), answered),) if answered else ()
        waves = {told.survey for told in self._told_of_question()}
        kinds = Counter(self._kind(member, waves) for member in self.facts.members)
        return tuple(
            Atom(marks, took_part, size)
            for (marks, took_part), size in sorted(kinds.items(), key=_in_order)
            if took_part
        )

    def _kind(self, member: MemberFact, waves: set[int]) -> tuple[frozenset[str], frozenset[int]]:
        marks, took_part = set(), set()
        if member.answered:
            took_part.add(NOW)
            marks |= {self._mark(NOW, cell) for cell in member.cells}
        for survey, cells in member.earlier.items():
            if survey in waves:
                took_part.add(survey)
                marks |= {self._mark(survey, cell) for cell in cells}
        return frozenset(marks), frozenset(took_part)

    def _figures(self, tally: Tally) -> Figures:
        counts = tally.counts(self.question)
        return Figures(
            cell=Cell(NOW, self._mark(NOW, tally.cell)),
            counts=counts,
            unanswered=tally.answered - sum(counts),
            rank=int(tally.is_whole),
        )

    def _statement(self, told: ToldFact) -> Statement:
        cell = Cell(told.survey, self._mark(told.survey, told.cell))
        return Statement(cell, told.weights, told.least, told.most)

    def _mark(self, survey: int, cell: int) -> str:
        """A cell's mark: the same through all surveys in which nobody stood elsewhere."""
        place = self.facts.cells[cell]
        mark = f"{place.kind}:{place.code}"
        return f"{survey}:{mark}" if survey in self.moved else mark


def _moved(facts: WaveFacts) -> set[int]:
    """The earlier surveys in which somebody stood in another cell of a kind than now.

    A mark that meant one thing then and another now would count them in the wrong cells.
    """
    found = set()
    for member in facts.members:
        now = {facts.cells[cell].kind: cell for cell in member.cells}
        for survey, cells in member.earlier.items():
            then = {facts.cells[cell].kind: cell for cell in cells}
            if any(then[kind] != now[kind] for kind in then.keys() & now.keys()):
                found.add(survey)
    return found


def _in_order(
    kind: tuple[tuple[frozenset[str], frozenset[int]], int],
) -> tuple[list[str], list[int]]:
    (marks, took_part), _ = kind
    return sorted(marks), sorted(took_part)
