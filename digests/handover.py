"""What the successor of a seat takes over, and the former holder's receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from digests.facts import MeetingFact, meeting_fact
from digests.words import say
from models.groups import SeatRole
from models.language import Language
from models.measures.measure import Measure
from models.measures.progress import Standing
from models.meetings.meeting import Meeting
from models.meetings.points import PointFacts
from models.message import Actions, Button, Heading, Message, Part, Text, Weight
from models.seats.handover import Handover
from models.wording import standing_words

TEMPLATE = "handover"
MOST = 10
"""So many measures are told one by one; the others are counted and stand in the whole list."""


class Words(Protocol):
    """Says a block of the handover's template."""

    def __call__(self, block: str, **values: object) -> str: ...


@dataclass(frozen=True)
class TakenOver:
    """An open measure that changes hands, and how it stands."""

    code: str
    title: str
    due_on: date | None
    standing: Standing


@dataclass(frozen=True)
class HandoverFacts:
    """A seat that changes hands; names are as their protection lets them be shown."""

    code: str
    name: str
    role: SeatRole
    former: str
    successor: str
    on: date
    measures: tuple[TakenOver, ...]
    meetings: tuple[MeetingFact, ...]
    points: tuple[PointFacts, ...] = ()
    unanswered: int = 0


def gather(
    found: Handover,
    role: SeatRole,
    standings: dict[int, Standing],
    meetings: Sequence[Meeting],
    on: date,
) -> HandoverFacts:
    """The facts of a handover; `standings` are those of its measures, by id."""
    return HandoverFacts(
        code=found.group.code,
        name=found.group.name,
        role=role,
        former=found.former.shown_as(),
        successor=found.successor.shown_as(),
        on=on,
        measures=tuple(_taken(each, standings[each.id]) for each in found.measures),
        meetings=tuple(meeting_fact(each) for each in meetings),
        points=found.points,
    )


def message(facts: HandoverFacts, language: Language) -> Message:
    """What the successor takes over; each measure can be reported on at once."""
    words: Words = partial(say, TEMPLATE, language=language, facts=facts)
    parts: list[Part] = [Heading(text=words("heading")[:150]), Text(text=words("lead"))]
    for measure in facts.measures[:MOST]:
        parts += _measure(measure, facts, language, words)
    parts += _rest(len(facts.measures) - MOST, words)
    parts += _points(facts, words)
    if facts.meetings:
        parts.append(Text(text=f"**{words('meetings_label')}**\n{words('meetings')}"))
    if facts.unanswered:
        answer = Button(label=words("answer"), action="co_opt.list", value=f"{facts.code}|0")
        parts.append(Actions(buttons=(answer,)))
    return Message(summary=words("summary"), parts=tuple(parts))


def receipt(facts: HandoverFacts, language: Language) -> Message:
    """What the former holder has handed over."""
    words: Words = partial(say, TEMPLATE, language=language, facts=facts)
    text = words("receipt")
    heading = Heading(text=words("receipt_heading")[:150])
    return Message(summary=text[:1000], parts=(heading, Text(text=text)))


def _taken(measure: Measure, stands: Standing) -> TakenOver:
    return TakenOver(measure.code, measure.title, measure.due_on, stands)


def _measure(
    measure: TakenOver, facts: HandoverFacts, language: Language, words: Words
) -> list[Part]:
    status = standing_words(measure.standing, language)
    text = words("measure", measure=measure, status=status, on=facts.on)
    report = words("report")
    button = Button(
        label=report,
        action="report.open",
        value=measure.code,
        weight=Weight.PRIMARY,
        spoken=f"{measure.code}: {report}"[:75],
    )
    return [Text(text=text), Actions(buttons=(button,))]


def _points(facts: HandoverFacts, words: Words) -> list[Part]:
    """The action points, behind one button."""
    if not facts.points:
        return []
    button = Button(label=words("my_points"), action="point.list")
    return [
        Text(text=f"**{words('points_label')}**\n{words('points')}"),
        Actions(buttons=(button,)),
    ]


def _rest(number: int, words: Words) -> list[Part]:
    """The measures beyond the tenth, behind one button."""
    if number <= 0:
        return []
    button = Button(label=words("all_mine"), action="say", value="mina")
    return [Text(text=words("rest", number=number)), Actions(buttons=(button,))]
