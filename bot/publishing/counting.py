"""A closed survey's facts made into audited tables; pure, and nothing is read or written."""

from __future__ import annotations

from collections.abc import Iterator

from bot.estimates.effort import WAVE
from bot.publishing.auditing import Audited
from bot.publishing.changes import with_changes
from bot.publishing.means import likert_mean, number_means
from bot.publishing.tally import CLOSED_LISTS, Tally, names_of, tallies
from models.statistics.bands import Coarseness
from models.statistics.disclosure import tale_of
from models.statistics.grade import HIDDEN, HIDDEN_FOR_ANOTHER
from models.statistics.ranges import Persons, Shape
from models.statistics.response_rate import Response
from models.statistics.share_fact import Asked, ShareFact, fact_of_band
from models.surveys.facts import FigureFact, QuestionFact, Tables, ToldFact, WaveFacts
from models.surveys.published import Method, Shown
from models.surveys.survey import Scale

SHOWN = {
    Shape.EXACT: Shown.EXACT,
    Shape.AT_MOST: Shown.AT_MOST,
    Shape.AT_LEAST: Shown.AT_LEAST,
    Shape.BETWEEN: Shown.BETWEEN,
}


def count(facts: WaveFacts, work: int = WAVE) -> Tables:
    """All figures of a survey that may be published, audited with no more than some work.

    What one question's audit does not need is the others'.
    """
    waiting = sum(question.scale in CLOSED_LISTS for question in facts.questions)
    figures: list[FigureFact] = []
    told: list[ToldFact] = []
    cut_short: list[int] = []
    for question in facts.questions:
        found = tuple(tallies(facts, question))
        if question.scale in CLOSED_LISTS:
            share = work // waiting
            audited = Audited(facts, question, found, share)
            work, waiting = work - share + audited.left, waiting - 1
            figures += _figures(audited)
            told += audited.told()
            cut_short += [question.position] if audited.is_cut_short else []
        elif question.scale is Scale.NUMBER:
            figures += number_means(facts, question, found)
    changed = tuple(with_changes(facts, figures))
    return Tables(figures=changed, told=tuple(told), cut_short=tuple(cut_short))


def _figures(audited: Audited) -> Iterator[FigureFact]:
    question = audited.question
    for tally, figures, release in zip(
        audited.tallies, audited.order.figures, audited.releases, strict=True
    ):
        tale = tale_of(audited.order, figures, release.coarseness)
        parts = {_name(question, part.answers): part.told for part in tale.parts}
        for name in names_of(question):
            fact = _fact(audited, tally, parts.get(name), release.coarseness)
            yield share_figure(question, tally, name, fact)
        for part in tale.spread:
            name = f"answer:{'-'.join(str(at + 1) for at in part.answers)}"
            fact = _fact(audited, tally, part.told, release.coarseness)
            yield share_figure(question, tally, name, fact)
        if question.scale is Scale.LIKERT:
            limits = audited.order.thresholds
            yield likert_mean(question, tally, limits, is_told=tale.tells_mean)


def _name(question: QuestionFact, answers: tuple[int, ...]) -> str:
    return f"option:{answers[0] + 1}" if question.scale is Scale.CHOICE else "share"


def _fact(
    audited: Audited, tally: Tally, told: Persons | None, coarseness: Coarseness
) -> ShareFact:
    question, limits = audited.question, audited.order.thresholds
    asked = Asked(tally.asked, question.sensitivity)
    if told is not None:
        return fact_of_band(told, asked, limits)
    enough = limits.enough(tally.n, question.sensitivity)
    is_for_another = enough and coarseness is Coarseness.HIDDEN
    reason = HIDDEN_FOR_ANOTHER if is_for_another else HIDDEN
    return ShareFact(Response(tally.n, tally.asked), asked.basis, reason)


def share_figure(question: QuestionFact, tally: Tally, name: str, fact: ShareFact) -> FigureFact:
    """A share as a row to publish."""
    told, persons, bounds = fact.told, fact.persons, fact.bounds
    return FigureFact(
        question=question.id,
        cell=tally.cell,
        figure=name,
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
        method=_method(told is not None, census=tally.n == tally.asked),
    )


def _method(is_told: bool, *, census: bool) -> Method:
    if not is_told:
        return Method.NONE
    return Method.CENSUS if census else Method.HYPERGEOMETRIC
