"""The open surveys as something that a member is asked."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from digests.asking import Asking, Round
from handlers.survey import invitation_parts
from models.organisations import Person
from models.surveys import Invitation, Survey


def survey_askings(session: Session, asked: Round) -> Sequence[Asking]:
    """The open surveys that still wait for a member's answer: an invitation, then a reminder."""
    people = {person.id: person for person in asked.people}
    waiting = session.scalars(
        select(Invitation)
        .join(Invitation.survey)
        .where(
            Invitation.answered.is_(False),
            Invitation.person_id.in_(people),
            Survey.opened_at <= asked.at,
            Survey.closes_at > asked.at,
            Survey.closed_at.is_(None),
        )
        .options(joinedload(Invitation.survey))
        .order_by(Survey.closes_at, Invitation.id)
    )
    return [_survey_asking(people[row.person_id], row.survey, asked) for row in waiting]


def _survey_asking(person: Person, survey: Survey, asked: Round) -> Asking:
    language = asked.speech(person)
    topic = language._("the survey {title}", title=survey.title(language.code))
    return Asking(person.id, topic, tuple(invitation_parts(language, survey)))
