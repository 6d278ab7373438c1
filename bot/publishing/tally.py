"""What was answered to one question in each declared cell, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.statistics.telling import LIKERT, YES_NO, Frame, options
from models.surveys.box import DONT_KNOW
from models.surveys.facts import MemberFact, QuestionFact, WaveFacts
from models.surveys.published import CellKind
from models.surveys.survey import Scale

WHOLES = (CellKind.GROUP, CellKind.CITY)
CLOSED_LISTS = (Scale.YES_NO, Scale.LIKERT, Scale.CHOICE)
"""The scales whose answers are counted one by one, and audited."""


@dataclass(frozen=True)
class Tally:
    """The answers in one cell: how many were asked, took part, and gave which value.

    `members` are those who were asked, where the answers were collected here.
    """

    cell: int
    kind: CellKind
    asked: int
    answered: int
    values: Counter[str]
    members: tuple[MemberFact, ...] = field(default=())

    @property
    def n(self) -> int:
        """How many gave a value: who does not know has given none."""
        return self.values.total()

    @property
    def is_whole(self) -> bool:
        """Whether it is of everybody who was asked."""
        return self.kind in WHOLES

    def counts(self, question: QuestionFact) -> tuple[int, ...]:
        """How many gave each of the question's answers, in the order of its frame."""
        return tuple(self.values[value] for value in answers_of(question))


def answers_of(question: QuestionFact) -> tuple[str, ...]:
    """The values of a question's answers, in the order of its frame."""
    if question.scale is Scale.YES_NO:
        return ("no", "yes")
    number = 5 if question.scale is Scale.LIKERT else question.options
    return tuple(str(at) for at in range(1, number + 1))


def frame_of(question: QuestionFact) -> Frame:
    """What is counted of a question with a closed list of answers."""
    frames = {Scale.YES_NO: YES_NO, Scale.LIKERT: LIKERT}
    return frames.get(question.scale) or options(question.options)


def names_of(question: QuestionFact) -> list[str]:
    """The figures by which a question is always told, be it that they are hidden."""
    if question.scale is Scale.CHOICE:
        return [f"option:{at}" for at in range(1, question.options + 1)]
    return ["mean"] if question.scale is Scale.NUMBER else ["share"]


def tallies(facts: WaveFacts, question: QuestionFact) -> Iterator[Tally]:
    """The tally of each cell in which somebody was asked, in the order of the cells."""
    if not facts.members:
        values = Counter(facts.counts.get(question.position, {}))
        values.pop(DONT_KNOW, None)
        yield Tally(0, facts.cells[0].kind, facts.asked, facts.answered, values)
        return
    for cell, each in enumerate(facts.cells):
        inside = tuple(member for member in facts.members if cell in member.cells)
        if inside:
            took_part = sum(member.answered for member in inside)
            values = Counter(filter(None, (value_of(member, question) for member in inside)))
            yield Tally(cell, each.kind, len(inside), took_part, values, inside)


def value_of(member: MemberFact, question: QuestionFact) -> str | None:
    """What a member answered; nothing where the member does not know."""
    value = member.values.get(question.position)
    return None if value == DONT_KNOW else value
