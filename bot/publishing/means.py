"""Means of scales and numbers as rows to publish, rounded to what the card prints."""

from __future__ import annotations

from collections.abc import Iterator

from bot.publishing.tally import Tally, answers_of, value_of
from models.statistics.grade import HIDDEN_FOR_ANOTHER, Grade
from models.statistics.likert import MeanFact, mean_fact
from models.statistics.numeric import numeric_fact
from models.statistics.ranges import Interval
from models.statistics.response_rate import Response
from models.statistics.share_fact import Asked
from models.statistics.thresholds import Thresholds
from models.surveys.facts import FigureFact, QuestionFact, WaveFacts
from models.surveys.published import Method, Shown

DECIMALS = 1


def likert_mean(
    question: QuestionFact, tally: Tally, limits: Thresholds, *, is_told: bool
) -> FigureFact:
    """The mean of agreeing from 1 to 5; the audit says whether it may be told beside the share."""
    values = [float(value) for value in answers_of(question) for _ in range(tally.values[value])]
    asked = Asked(tally.asked, question.sensitivity)
    fact = mean_fact(values, asked, thresholds=limits)
    return _figure(question, tally, fact if is_told else _hidden(fact))


def number_means(
    facts: WaveFacts, question: QuestionFact, tallies: tuple[Tally, ...]
) -> Iterator[FigureFact]:
    """The mean of the numbers, of everybody only, unless few have come or gone since it was told.

    A sum less a sum is the number of those in between.
    """
    for tally in tallies:
        if not tally.is_whole:
            continue
        values = [float(value) for value in tally.values.elements()]
        asked = Asked(tally.asked, question.sensitivity)
        fact = numeric_fact(values, asked, facts.limits.thresholds())
        is_mixed = len(set(values)) > 1 and not facts.is_too_much
        is_safe = is_mixed and not _few_came_or_went(facts, question)
        yield _figure(question, tally, fact if is_safe else _hidden(fact))


def _few_came_or_went(facts: WaveFacts, question: QuestionFact) -> bool:
    """Whether fewer than the least number were in or left since an earlier survey of this."""
    least = facts.limits.thresholds().least(question.sensitivity)
    surveys = {survey for member in facts.members for survey in member.earlier}
    for survey in surveys:
        came = went = 0
        for member in facts.members:
            now, then = value_of(member, question) is not None, survey in member.earlier
            came += now and not then
            went += then and not now
        if 0 < came < least or 0 < went < least:
            return True
    return False


def _hidden(fact: MeanFact) -> MeanFact:
    is_too_few = fact.grading.grade is Grade.X
    return fact if is_too_few else MeanFact(fact.response, HIDDEN_FOR_ANOTHER)


def _figure(question: QuestionFact, tally: Tally, fact: MeanFact) -> FigureFact:
    response: Response = fact.response
    is_told = not fact.grading.grade.is_hidden
    method = Method.CENSUS if response.is_census else Method.FLOORED_T
    low, high = _rounded(fact.interval)
    least, most = _rounded(fact.bounds)
    return FigureFact(
        question=question.id,
        cell=tally.cell,
        figure="mean",
        n=tally.n,
        answered=tally.answered,
        asked=tally.asked,
        shown=Shown.EXACT if is_told else Shown.HIDDEN,
        value=None if fact.value is None else round(fact.value, DECIMALS),
        interval_low=low,
        interval_high=high,
        bounds_low=least,
        bounds_high=most,
        grade=fact.grading.grade,
        method=method if is_told else Method.NONE,
    )


def _rounded(found: Interval | None) -> tuple[float | None, float | None]:
    if found is None:
        return None, None
    return round(found.low, DECIMALS), round(found.high, DECIMALS)
