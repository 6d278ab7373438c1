"""What was answered to one question in each declared cell, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.statistics.thresholds import DEFAULT
from models.survey_box import DONT_KNOW
from models.survey_facts import MemberFact, QuestionFact, WaveFacts
from models.surveys import Scale

AGREES = ("4", "5")


@dataclass(frozen=True)
class Tally:
    """The answers in one cell: how many were asked, took part, and gave which value.

    `members` are those who gave a value, by index, where the answers were collected here.
    """

    cell: int
    asked: int
    answered: int
    values: Counter[str]
    members: tuple[int, ...] = field(default=())

    @property
    def n(self) -> int:
        """How many gave a value: who does not know has given none."""
        return self.values.total()

    def counts(self, question: QuestionFact) -> dict[str, int]:
        """The counts that a question's answers are told by, by the figure's name."""
        if question.scale is Scale.NUMBER:
            return {}
        if question.scale is Scale.CHOICE:
            return {f"option:{at}": self.values[str(at)] for at in range(1, question.options + 1)}
        return {"share": sum(self.values[value] for value in positive(question))}


def positive(question: QuestionFact) -> tuple[str, ...]:
    """The values that count as yes, or as agreeing."""
    return ("yes",) if question.scale is Scale.YES_NO else AGREES


def tallies(facts: WaveFacts, question: QuestionFact) -> Iterator[Tally]:
    """The tally of each cell in which somebody was asked, in the order of the cells."""
    if not facts.members:
        values = Counter(facts.counts.get(question.position, {}))
        values.pop(DONT_KNOW, None)
        yield Tally(0, facts.asked or 0, facts.answered or 0, values)
        return
    for cell in range(len(facts.cells)):
        inside = [(at, each) for at, each in enumerate(facts.members) if cell in each.cells]
        if inside:
            yield _tally(cell, inside, question)


def _tally(cell: int, inside: list[tuple[int, MemberFact]], question: QuestionFact) -> Tally:
    given = {at: each.values.get(question.position, DONT_KNOW) for at, each in inside}
    values = {at: value for at, value in given.items() if value != DONT_KNOW}
    return Tally(
        cell=cell,
        asked=len(inside),
        answered=sum(each.answered for _, each in inside),
        values=Counter(values.values()),
        members=tuple(values),
    )


def may_show_distribution(tally: Tally, options: int) -> bool:
    """Whether all options may be shown beside each other: enough answers, and none with few."""
    few = range(1, DEFAULT.least_in_category)
    counts = [tally.values[str(at)] for at in range(1, options + 1)]
    return tally.n >= DEFAULT.least_for_distribution and not any(each in few for each in counts)
