"""The open surveys as something that a member is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Select, not_, select
from sqlalchemy.orm import Session, joinedload

from digests.asking import Asking, Round
from handlers.surveys.answer import invitation_parts
from models.intervals import A_DAY
from models.language import Language
from models.message import Note
from models.people.organisations import Person
from models.schedule import MORNING, ZONE, instant
from models.surveys.leaving import has_left
from models.surveys.survey import Invitation, Survey

MOST_TIMES = 3
"""The invitation and two reminders."""


def survey_askings(
    session: Session, asked: Round, most_times: int = MOST_TIMES
) -> Sequence[Asking]:
    """The open surveys that still wait for a member's answer: an invitation, then a reminder.

    Who has been asked `most_times` before is left out.
    """
    people = {person.id: person for person in asked.people}
    waiting = session.scalars(
        unanswered(asked.on, most_times).where(
            Invitation.person_id.in_(people),
            Survey.opened_at <= asked.at,
            Survey.closes_at > asked.at,
        )
    )
    found = []
    for row in waiting:
        found.append(_survey_asking(people[row.person_id], row, asked))
        # One that finds no room in the message counts too: rather one reminder too few.
        row.times_asked += 1
    return found


def closing_before(session: Session, days: Mapping[int, date], on: date) -> set[int]:
    """Those people who are invited to a survey that closes before the morning after their day."""
    invited = unanswered(on).where(Invitation.person_id.in_(days), Survey.opened_at.is_not(None))
    return {
        row.person_id
        for row in session.scalars(invited)
        if row.survey.closes_at < instant(days[row.person_id] + A_DAY, MORNING, ZONE)
    }


def unanswered(on: date, most_times: int = MOST_TIMES) -> Select[Invitation]:
    """The invitations to surveys not closed yet that wait for an answer, first those that close.

    Who has been reminded twice is not asked again, nor who has left the group.
    """
    return (
        select(Invitation)
        .join(Invitation.survey)
        .where(
            Invitation.answered.is_(False),
            Invitation.times_asked < most_times,
            Survey.closed_at.is_(None),
            not_(has_left(on)),
        )
        .options(joinedload(Invitation.survey))
        .order_by(Survey.closes_at, Invitation.id)
    )


def _survey_asking(person: Person, row: Invitation, asked: Round) -> Asking:
    language, survey = asked.speech(person), row.survey
    topic = language._("the survey {title}", title=survey.title(language.code))
    parts = invitation_parts(language, survey)
    if row.times_asked:
        parts.insert(1, Note(text=_reminder(language, row.times_asked)))
    return Asking(person.id, topic, tuple(parts))


def _reminder(language: Language, times_asked: int) -> str:
    if times_asked + 1 < MOST_TIMES:
        return language._("A reminder, since you have not answered yet.")
    return language._("The last reminder of this survey.")
