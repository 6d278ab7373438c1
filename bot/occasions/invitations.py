"""The open surveys as something that a member is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from digests.asking import Asking, Round
from handlers.survey import invitation_parts
from models.intervals import A_DAY
from models.organisations import Person
from models.schedule import MORNING, ZONE, instant
from models.surveys import Invitation, Survey


def survey_askings(session: Session, asked: Round) -> Sequence[Asking]:
    """The open surveys that still wait for a member's answer: an invitation, then a reminder."""
    people = {person.id: person for person in asked.people}
    waiting = session.scalars(
        _unanswered(people).where(Survey.opened_at <= asked.at, Survey.closes_at > asked.at)
    )
    return [_survey_asking(people[row.person_id], row.survey, asked) for row in waiting]


def closing_before(session: Session, days: Mapping[int, date]) -> set[int]:
    """Those people who are invited to a survey that closes before the morning after their day."""
    return {
        row.person_id
        for row in session.scalars(_unanswered(days).where(Survey.opened_at.is_not(None)))
        if row.survey.closes_at < instant(days[row.person_id] + A_DAY, MORNING, ZONE)
    }


def _unanswered(people: Collection[int]) -> Select[Invitation]:
    """The invitations to surveys not closed yet that wait for an answer, first those that close."""
    return (
        select(Invitation)
        .join(Invitation.survey)
        .where(
            Invitation.answered.is_(False),
            Invitation.person_id.in_(people),
            Survey.closed_at.is_(None),
        )
        .options(joinedload(Invitation.survey))
        .order_by(Survey.closes_at, Invitation.id)
    )


def _survey_asking(person: Person, survey: Survey, asked: Round) -> Asking:
    language = asked.speech(person)
    topic = language._("the survey {title}", title=survey.title(language.code))
    return Asking(person.id, topic, tuple(invitation_parts(language, survey)))
