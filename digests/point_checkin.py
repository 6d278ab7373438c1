"""What owners are asked about their action points near the last day: one press answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from digests.asking import Asking, Round
from digests.words import say
from models.language import Language
from models.meetings.due_points import due_points
from models.meetings.points import PointFacts
from models.meetings.words import lateness
from models.message import Actions, Button, Part, Text, Weight
from models.people.organisations import Person

MOST = 3
"""With a check-in of five measures so many still find room in the week's message."""


def point_askings(session: Session, asked: Round) -> Sequence[Asking]:
    """Asks the owners of what is near its last day or past it: once, and once more after days."""
    people = {person.id: person for person in asked.people}
    found = []
    for key, points in due_points(session, list(people), asked.on).items():
        found.append(_asking(people[key], points, asked))
        for each in points[:MOST]:
            each.point.asked_at = asked.at
            each.point.times_asked += 1
    return found


def _asking(person: Person, points: Sequence[PointFacts], asked: Round) -> Asking:
    language = asked.speech(person)
    parts: list[Part] = [Text(text=f"**{say('points', 'lead', language, number=len(points))}**")]
    for each in points[:MOST]:
        parts += _question(each, asked.on, language)
    if (beyond := len(points) - MOST) > 0:
        every = Button(label=say("points", "all_mine", language), action="point.list")
        rest = say("points", "rest", language, number=beyond)
        parts += [Text(text=rest), Actions(buttons=(every,))]
    return Asking(person.id, say("points", "topic", language, number=len(points)), tuple(parts))


def _question(facts: PointFacts, on: date, language: Language) -> list[Part]:
    """A point with its answers."""
    late = lateness(language, facts, on)
    text = say("points", "point", language, facts=facts, on=on, late=str(late) if late else "")
    return [Text(text=text), Actions(buttons=_buttons(facts, language))]


def _buttons(facts: PointFacts, language: Language) -> tuple[Button, ...]:
    number = str(facts.point.id)
    done = _button(facts, language, "done", "point.done", number)
    later = _button(facts, language, "later", "point.later", number)
    decision = facts.point.decision
    about = ("point.ask", number)
    if decision is not None:
        about = ("decision.ask", f"{facts.point.meeting_id}|{decision.id}")
    return (done, later, _button(facts, language, "ask", *about))


def _button(facts: PointFacts, language: Language, block: str, action: str, value: str) -> Button:
    label = say("points", block, language)
    weight = Weight.PRIMARY if block == "done" else Weight.PLAIN
    spoken = f"{label}: {facts.text}"[:75]
    return Button(label=label, action=action, value=value, weight=weight, spoken=spoken)
