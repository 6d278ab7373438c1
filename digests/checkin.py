"""The check-in: which measures their owners are asked about, and with which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_
from sqlalchemy.orm import Session

from digests.asking import Asking, Round
from digests.words import say
from models.language import Language
from models.measures import Measure, ProgressReport
from models.message import Actions, Button, Note, Part, Text, Weight
from models.ownership import is_ownerless
from models.progress import Standing, standing
from models.schedule import local_day, monday_of, opens_week
from models.wording import standing_words
from models.workload import with_reports

MOST = 5
DUE_WITHIN = timedelta(days=14)
HEARD_WITHIN = timedelta(days=7)
"""Who has just reported is not asked again because the date is near."""

ANSWERS = ("on_plan", "delayed", "done", "help", "later")
"""The buttons of a measure, in order; each is the action `checkin.` and its name."""


@dataclass(frozen=True)
class WaitingFact:
    """A measure that its owner is asked about."""

    measure: Measure
    standing: Standing
    has_been_asked: bool


def askings(session: Session, asked: Round) -> Sequence[Asking]:
    """Asks the owners, on the first working day of a week, about what waits for a report."""
    if not opens_week(asked.on):
        return ()
    by_owner = gather(session, asked.on, [person.id for person in asked.people])
    return [
        _asking(asked, person.id, by_owner[person.id], asked.speech(person))
        for person in asked.people
        if person.id in by_owner
    ]


def gather(session: Session, on: date, owners: Iterable[int]) -> dict[int, list[WaitingFact]]:
    """What each owner is to be asked about on a day, the most urgent first.

    Who holds no seat is not asked: those measures wait for somebody to answer for them.
    """
    pairs = with_reports(
        session,
        Measure.owner_id.in_(list(owners)),
        ~is_ownerless(on),
        Measure.start_on <= on,
        or_(Measure.snoozed_until.is_(None), Measure.snoozed_until <= on),
    )
    by_owner: dict[int, list[WaitingFact]] = defaultdict(list)
    for measure, report in pairs:
        stands = standing(measure, report, on)
        if measure.owner_id is not None and _is_to_be_asked(measure, report, stands, on):
            waiting = WaitingFact(measure, stands, measure.last_asked_at is not None)
            by_owner[measure.owner_id].append(waiting)
    return {owner: sorted(found, key=_urgency) for owner, found in by_owner.items()}


def _is_to_be_asked(
    measure: Measure, report: ProgressReport | None, stands: Standing, on: date
) -> bool:
    if stands.status.is_closed or _was_asked_this_week(measure, on):
        return False
    heard = report is not None and local_day(report.at) > on - HEARD_WITHIN
    is_near = measure.due_on is not None and measure.due_on <= on + DUE_WITHIN
    return stands.is_silent or (is_near and not heard)


def _was_asked_this_week(measure: Measure, on: date) -> bool:
    asked = measure.last_asked_at
    return asked is not None and monday_of(local_day(asked)) >= monday_of(on)


def _urgency(waiting: WaitingFact) -> tuple[bool, int, int, str]:
    """Those never asked about first, so that none is for ever behind the fifth."""
    stands = waiting.standing
    return (
        waiting.has_been_asked,
        -stands.days_late,
        -stands.days_silent,
        waiting.measure.code,
    )


def _asking(asked: Round, person_id: int, waiting: list[WaitingFact], language: Language) -> Asking:
    parts: list[Part] = [Text(text=say("checkin", "lead", language, number=len(waiting)))]
    for fact in waiting[:MOST]:
        parts += _question(fact, asked.on, language)
        fact.measure.last_asked_at = asked.at
    parts += _rest(len(waiting) - MOST, language)
    parts.append(Note(text=say("checkin", "note", language)))
    summary = say("checkin", "topic", language, number=len(waiting))
    return Asking(person_id, summary, tuple(parts))


def _question(fact: WaitingFact, on: date, language: Language) -> list[Part]:
    """A measure with its five answers."""
    measure = fact.measure
    words = standing_words(fact.standing, language)
    text = say("checkin", "measure", language, measure=measure, status=words, on=on)
    buttons = tuple(_button(name, measure.code, language) for name in ANSWERS)
    return [Text(text=text), Actions(buttons=buttons)]


def _button(name: str, code: str, language: Language) -> Button:
    label = say("checkin", name, language)
    weight = Weight.PRIMARY if name == "on_plan" else Weight.PLAIN
    spoken = f"{code}: {label}"[:75]
    return Button(label=label, action=f"checkin.{name}", value=code, weight=weight, spoken=spoken)


def _rest(number: int, language: Language) -> list[Part]:
    """The measures beyond the fifth, behind one button."""
    if number <= 0:
        return []
    button = Button(label=say("checkin", "open_form", language), action="report.mine")
    return [Text(text=say("checkin", "rest", language, number=number)), Actions(buttons=(button,))]
