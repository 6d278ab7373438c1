"""A closed survey told by its numbers alone, which takes neither an audit nor another process."""

from __future__ import annotations

from collections.abc import Iterator

from bot.publishing.tally import CLOSED_LISTS, Tally, frame_of, names_of, tallies
from models.statistics.disclosure import Cell, Figures, statements
from models.statistics.grade import Grade
from models.statistics.telling import Tale
from models.surveys.facts import FigureFact, QuestionFact, Tables, ToldFact, WaveFacts
from models.surveys.published import Shown
from models.surveys.survey import Scale


def numbers_only(facts: WaveFacts) -> Tables:
    """How many were asked, took part and answered each question, in each cell; nothing else."""
    asked = [question for question in facts.questions if question.scale is not Scale.TEXT]
    figures: list[FigureFact] = []
    told: list[ToldFact] = []
    for question in asked:
        for tally in tallies(facts, question):
            figures += _hidden(facts, question, tally)
            if question.scale in CLOSED_LISTS:
                told += _silence(question, tally)
    positions = tuple(question.position for question in asked)
    return Tables(figures=tuple(figures), told=tuple(told), cut_short=positions)


def _hidden(facts: WaveFacts, question: QuestionFact, tally: Tally) -> Iterator[FigureFact]:
    if question.scale is Scale.NUMBER and not tally.is_whole:
        return
    is_enough = facts.limits.thresholds().enough(tally.n, question.sensitivity)
    for name in names_of(question):
        yield FigureFact(
            question=question.id,
            cell=tally.cell,
            figure=name,
            n=tally.n,
            answered=tally.answered,
            asked=tally.asked,
            shown=Shown.HIDDEN,
            grade=Grade.X2 if is_enough else Grade.X,
        )


def _silence(question: QuestionFact, tally: Tally) -> Iterator[ToldFact]:
    """How many gave no answer to the question is told too, and counts in later audits."""
    frame, counts = frame_of(question), tally.counts(question)
    figures = Figures(Cell(0), counts, unanswered=tally.answered - sum(counts))
    for said in statements(frame, figures, Tale()):
        yield ToldFact(
            survey=0,
            cell=tally.cell,
            key=question.key,
            version=question.version,
            weights=said.weights,
            least=said.least,
            most=said.most,
        )
