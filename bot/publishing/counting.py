"""A closed survey's facts made into audited tables; pure, and nothing is read or written."""

from __future__ import annotations

from collections.abc import Iterator

from bot.publishing.tally import Tally, tallies
from models.published import Method, Shown
from models.statistics.bands import Coarseness
from models.statistics.ranges import Shape
from models.statistics.share_fact import Asked, ShareFact, share_fact
from models.survey_facts import FigureFact, QuestionFact, Tables, WaveFacts
from models.surveys import Scale

SHOWN = {
    Shape.EXACT: Shown.EXACT,
    Shape.AT_MOST: Shown.AT_MOST,
    Shape.AT_LEAST: Shown.AT_LEAST,
    Shape.BETWEEN: Shown.BETWEEN,
}


def count(facts: WaveFacts) -> Tables:
    """All figures of a survey that may be published."""
    figures = [
        figure
        for question in facts.questions
        if question.scale is not Scale.TEXT
        for figure in _figures(facts, question)
    ]
    return Tables(figures=tuple(figures))


def _figures(facts: WaveFacts, question: QuestionFact) -> Iterator[FigureFact]:
    for tally in tallies(facts, question):
        yield from _shares(question, tally)


def _shares(question: QuestionFact, tally: Tally) -> Iterator[FigureFact]:
    for figure, yes in tally.counts(question).items():
        asked = Asked(tally.asked, question.sensitivity)
        fact = share_fact(yes, tally.n, asked, Coarseness.EXACT)
        yield share_figure(question, tally, figure, fact)


def share_figure(question: QuestionFact, tally: Tally, figure: str, fact: ShareFact) -> FigureFact:
    """A share as a row to publish."""
    told, persons, bounds = fact.told, fact.persons, fact.bounds
    census = tally.n == tally.asked
    return FigureFact(
        question=question.id,
        cell=tally.cell,
        figure=figure,
        n=tally.n,
        answered=tally.answered,
        asked=tally.asked,
        shown=SHOWN[told.shape] if told else Shown.HIDDEN,
        count_low=told.least if told else None,
        count_high=told.most if told else None,
        value=fact.share,
        interval_low=persons.least if persons else None,
        interval_high=persons.most if persons else None,
        bounds_low=bounds.least if bounds else None,
        bounds_high=bounds.most if bounds else None,
        grade=fact.grading.grade,
        method=_method(told is not None, census=census),
    )


def _method(is_told: bool, *, census: bool) -> Method:
    if not is_told:
        return Method.NONE
    return Method.CENSUS if census else Method.HYPERGEOMETRIC
