"""Change since the last wave, told only where it can be told from chance and gives nobody away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.publishing.tally import answers_of, value_of
from models.statistics.change import Change, Method, flagged, share_change
from models.statistics.change_independent import Wave
from models.statistics.change_paired import Moves
from models.statistics.telling import LIKERT, YES_NO
from models.surveys.facts import FigureFact, MemberFact, PreviousFact, QuestionFact, WaveFacts
from models.surveys.survey import Scale

DECIMALS = 3


def with_changes(facts: WaveFacts, figures: Sequence[FigureFact]) -> list[FigureFact]:
    """The figures, each with what may be told of its change; all of a wave are one family."""
    questions = {question.id: question for question in facts.questions}
    compared = {}
    for at, figure in enumerate(figures):
        previous = _previous(facts, questions[figure.question], figure)
        if previous is not None:
            found = _change(facts, questions[figure.question], figure, previous)
            compared[at] = previous, found
    changes = flagged([found for _, found in compared.values()])
    told = {
        at: _told(previous, change)
        for (at, (previous, _)), change in zip(compared.items(), changes, strict=True)
    }
    return [
        figure.model_copy(update={"change": told[at]}) if at in told else figure
        for at, figure in enumerate(figures)
    ]


def _previous(facts: WaveFacts, question: QuestionFact, figure: FigureFact) -> PreviousFact | None:
    """The same figure of the same cell and wording last time, where both counts are exact."""
    if (
        figure.figure != "share"
        or figure.count_low is None
        or figure.count_low != figure.count_high
    ):
        return None
    for row in facts.previous:
        same = (row.cell, row.key, row.version, row.figure) == (
            figure.cell, question.key, question.version, figure.figure,
        )  # fmt: skip
        if same and row.count_low is not None and row.count_low == row.count_high:
            return row
    return None


def _change(
    facts: WaveFacts, question: QuestionFact, figure: FigureFact, previous: PreviousFact
) -> Change:
    first = Wave(previous.count_low or 0, previous.n, previous.asked)
    second = Wave(figure.count_low or 0, figure.n, figure.asked)
    inside = [member for member in facts.members if figure.cell in member.cells]
    return share_change(first, second, _moves(question, inside))


def _moves(question: QuestionFact, members: Sequence[MemberFact]) -> Moves | None:
    """Who moved which way, of those who answered both times; only the numbers leave here."""
    values, frame = answers_of(question), LIKERT if question.scale is Scale.LIKERT else YES_NO
    yes = {values[answer] for answer in frame.agreeing}
    pairs = [
        (member.before[question.position] in yes, now in yes)
        for member in members
        if member.before
        and member.before.get(question.position) in values
        and (now := value_of(member, question)) in values
    ]
    if not pairs:
        return None
    return Moves(
        yes_to_no=pairs.count((True, False)),
        no_to_yes=pairs.count((False, True)),
        yes_both=pairs.count((True, True)),
        no_both=pairs.count((False, False)),
    )


def _told(previous: PreviousFact, change: Change) -> dict[str, Any]:
    """What a paired comparison says of who moved is told only when the change is clear."""
    is_told = change.is_clear or change.method is Method.INDEPENDENT
    return {
        "previous": previous.id,
        "method": change.method.value,
        "difference": round(change.difference, DECIMALS) if is_told else None,
        "low": round(change.interval.low, DECIMALS) if is_told else None,
        "high": round(change.interval.high, DECIMALS) if is_told else None,
        "least": round(change.least, DECIMALS),
        "more_yes": change.more_yes,
        "clear": change.is_clear,
    }
