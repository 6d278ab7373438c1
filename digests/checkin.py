"""The check-in: what its owners are asked about measures, in which words, with which answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from digests.asking import Asking, Round
from digests.waiting import WaitingFact, asking_day, due_now
from digests.words import say
from models.language import Language
from models.measures.prompts import ask
from models.message import Actions, Button, Note, Part, Text, Weight
from models.people.absences import spells
from models.people.organisations import Person
from models.wording import standing_words

Waiting = Mapping[int, list[WaitingFact]]
"""What waits for a report, by the id of the person who is asked about it."""

MOST = 5

ANSWERS = ("on_plan", "delayed", "done", "help")
"""The buttons of a measure that answer, in order; each is the action `checkin.` and its name."""

NOT_ANSWERS = ("later", "hand_on")
"""The buttons that put it off or hand it on, below them."""


def askings(
    session: Session, asked: Round, waiting: Waiting, early: Collection[int] = ()
) -> Sequence[Asking]:
    """Asks the owners, on their day of the week, about what waits for a report.

    Those in `early` are asked already now, for something else cannot wait until their day.
    """
    found = []
    for person in asked.people:
        facts = waiting.get(person.id, [])
        ready = [fact for fact in facts if fact.may_be_asked(asked.on)]
        due = ready if person.id in early else due_now(facts, asked.on)
        if due:
            found.append(_asking(session, asked, person, due))
    return found


def later_this_week(session: Session, waiting: Waiting, on: date) -> dict[int, date]:
    """Those who are asked on a later day of the week, by their id, with the day."""
    days = {key: asking_day(facts) for key, facts in waiting.items()}
    later = {key: day for key, day in days.items() if day is not None and day > on}
    absences = spells(session, later)
    return {
        key: day
        for key, day in later.items()
        if not any(absence.holds_on(day) for absence in absences[key])
    }


def _asking(session: Session, asked: Round, person: Person, due: list[WaitingFact]) -> Asking:
    language = asked.speech(person)
    parts: list[Part] = [Text(text=say("checkin", "lead", language, number=len(due)))]
    for fact in due[:MOST]:
        parts += _question(fact, asked.on, language)
        if fact.prompt is not None:
            fact.prompt.reminded_at = asked.at
        else:
            ask(session, fact.measure, person.id, asked.at)
    parts += _all_at_once(len(due), language)
    takes_lines = person.id not in asked.silent
    parts.append(Note(text=say("checkin", "note", language, takes_lines=takes_lines)))
    summary = say("checkin", "topic", language, number=len(due))
    return Asking(person.id, summary, tuple(parts))


def _question(fact: WaitingFact, on: date, language: Language) -> list[Part]:
    """A measure with its answers; of one asked about before it says when."""
    measure, prompt = fact.measure, fact.prompt
    words = standing_words(fact.standing, language)
    asked = language.local(prompt.asked_at).date() if prompt else None
    text = say("checkin", "measure", language, measure=measure, status=words, on=on, asked=asked)
    rows = [
        Actions(buttons=tuple(_button(name, measure.code, language) for name in names))
        for names in (ANSWERS, NOT_ANSWERS)
    ]
    return [Text(text=text), *rows]


def _button(name: str, code: str, language: Language) -> Button:
    label = say("checkin", name, language)
    weight = Weight.PRIMARY if name == "on_plan" else Weight.PLAIN
    spoken = f"{code}: {label}"[:75]
    return Button(label=label, action=f"checkin.{name}", value=code, weight=weight, spoken=spoken)


def _all_at_once(number: int, language: Language) -> list[Part]:
    """One form with all measures of the week; it also holds those beyond the fifth."""
    if number < 2:
        return []
    button = Button(label=say("checkin", "open_form", language), action="checkin.week")
    beyond = number - MOST
    rest: list[Part] = []
    if beyond > 0:
        rest.append(Text(text=say("checkin", "rest", language, number=beyond)))
    return [*rest, Actions(buttons=(button,))]
