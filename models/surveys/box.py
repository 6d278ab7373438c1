"""The two boxes of a survey: who has answered, and what was answered, with no link to read.

The first box, `Invitation`, is plain. The second, `Ballot`, is sealed with a key that stands
outside the database (`models/surveys/sealing.py`). After the close, and after the next wave's
where the same members are asked again, ballots and key are destroyed, and only what was published
remains.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import delete, func, not_, select
from sqlalchemy.orm import Session

from models.measures.measure import COMMENT_LENGTH
from models.people.organisations import Person
from models.schedule import local_day
from models.surveys.leaving import has_left
from models.surveys.sealing import Answers, KeyGone, Seal, SurveyKeys
from models.surveys.survey import Ballot, Invitation, NamedAnswer, Scale, Survey, SurveyResult
from models.surveys.target import asked

DONT_KNOW = "dk"
CONSENT = 0
"""Where a ballot says that its free texts may be shown, beside the questions' positions."""

_ROOM = 64
_ROOM_OF_TEXT = 6 * COMMENT_LENGTH
"""Bytes of the longest answer as JSON writes it, to a question of each kind."""


class Closed(Exception):
    """The survey has closed, and takes no more answers."""


def invite(session: Session, survey: Survey, now: datetime) -> list[Person]:
    """Opens a survey to the members of the day whom it asks, and writes down who they are.

    A second time invites nobody.
    """
    if survey.opened_at is not None:
        return []
    survey.opened_at = now
    known = set(
        session.scalars(select(Invitation.person_id).where(Invitation.survey_id == survey.id))
    )
    found = asked(session, survey, now.date())
    for each in found:
        if each.person.id not in known:
            session.add(
                Invitation(
                    survey_id=survey.id,
                    person_id=each.person.id,
                    district=each.district,
                    organisation=each.organisation,
                    party=each.party,
                    via_group=each.via_group,
                )
            )
    session.flush()
    return [each.person for each in found]


def make_key(survey: Survey, keys: SurveyKeys) -> None:
    """Gives a survey the key of its ballots, unless it has one."""
    if not survey.key_name:
        survey.key_name = secrets.token_hex(16)
        keys.make(survey.key_name)


def waiting_for_answer(session: Session, person: Person, at: datetime) -> list[Survey]:
    """The open surveys that wait for a person's answer, the first to close first."""
    return _open_to(session, person, at, answered=False)


def answered_and_open(session: Session, person: Person, at: datetime) -> list[Survey]:
    """The open surveys whose answer a person may still change, the first to close first."""
    return _open_to(session, person, at, answered=True)


def _open_to(session: Session, person: Person, at: datetime, *, answered: bool) -> list[Survey]:
    query = (
        select(Survey)
        .join(Invitation, Invitation.survey_id == Survey.id)
        .where(
            Invitation.person_id == person.id,
            Invitation.answered.is_(answered),
            Survey.opens_at <= at,
            Survey.closes_at > at,
            Survey.closed_at.is_(None),
            not_(has_left(local_day(at))),
        )
        .order_by(Survey.closes_at)
    )
    return list(session.scalars(query))


def put_answers(
    session: Session, invitation: Invitation, answers: Mapping[int, str], keys: SurveyKeys
) -> None:
    """Seals a member's answers by position; the latest count, and what is left out goes.

    Raises `Closed` where the survey was closed meanwhile, and `KeyGone` where its key is not here.
    """
    survey = session.scalars(
        select(Survey)
        .where(Survey.id == invitation.survey_id)
        # The close waits for those who are answering, and they for it; not for one another.
        .with_for_update(read=bool(invitation.survey.key_name))
        .execution_options(populate_existing=True)
    ).one()
    if survey.closed_at is not None:
        raise Closed(survey.code)
    make_key(survey, keys)
    seal = seal_of(survey, keys)
    link = seal.link(invitation.person_id)
    sealed = seal.close(link, answers)
    ballot = session.get(Ballot, link)
    if ballot is None:
        session.add(Ballot(link=link, survey_id=survey.id, sealed=sealed))
    else:
        ballot.sealed = sealed
    invitation.answered = True
    if survey.named:
        _put_by_name(session, survey, invitation.person_id, answers)
    session.flush()


def _put_by_name(
    session: Session, survey: Survey, person_id: int, answers: Mapping[int, str]
) -> None:
    questions = {question.position: question.id for question in survey.questions}
    session.execute(
        delete(NamedAnswer).where(
            NamedAnswer.person_id == person_id, NamedAnswer.question_id.in_(questions.values())
        )
    )
    session.add_all(
        NamedAnswer(question_id=questions[at], person_id=person_id, value=value)
        for at, value in answers.items()
        if at in questions
    )


def my_answers(session: Session, invitation: Invitation, keys: SurveyKeys) -> Answers:
    """What a member has answered so far in an open survey, by the question's position."""
    if not invitation.answered or not invitation.survey.key_name:
        return {}
    seal = seal_of(invitation.survey, keys)
    link = seal.link(invitation.person_id)
    ballot = session.get(Ballot, link)
    return seal.open(link, ballot.sealed) if ballot else {}


def seal_of(survey: Survey, keys: SurveyKeys) -> Seal:
    """What seals a survey's ballots; raises `KeyGone` where its key is not here."""
    if not survey.key_name:
        raise KeyGone(survey.code)
    text = sum(question.scale is Scale.TEXT for question in survey.questions)
    room = _ROOM * (len(survey.questions) + 1) + _ROOM_OF_TEXT * text
    return Seal(keys.find(survey.key_name), room)


def ballots(
    session: Session, survey: Survey, people: Iterable[int], keys: SurveyKeys
) -> dict[int, Answers]:
    """The answers of those of the people who have a ballot, for counting at the close.

    They stay in memory. Raises `KeyGone` where the key is not here.
    """
    query = select(Ballot.link, Ballot.sealed).where(Ballot.survey_id == survey.id)
    held = dict(session.execute(query).all())
    if not held:
        return {}
    seal = seal_of(survey, keys)
    links = {person: seal.link(person) for person in people}
    return {person: seal.open(link, held[link]) for person, link in links.items() if link in held}


def burn(session: Session, survey: Survey) -> None:
    """Takes away a survey's ballots; their key is then one of the `spent_keys`."""
    session.execute(delete(Ballot).where(Ballot.survey_id == survey.id))


def spent_keys(session: Session) -> list[Survey]:
    """The closed surveys whose key opens nothing any more, so that it is to be destroyed.

    They are found anew each time: a process that ends between the two leaves no key behind.
    """
    return list(
        session.scalars(
            select(Survey).where(
                Survey.key_name != "",
                Survey.closed_at.is_not(None),
                Survey.id.in_(select(SurveyResult.survey_id)),
                Survey.id.not_in(select(Ballot.survey_id)),
            )
        )
    )


def pass_on_answers(
    session: Session, invitation: Invitation, person: Person, keys: SurveyKeys
) -> None:
    """Lets a member's other record change what the invited one has answered in an open survey."""
    seal = seal_of(invitation.survey, keys)
    before, after = seal.link(invitation.person_id), seal.link(person.id)
    ballot = session.get(Ballot, before)
    if ballot is not None:
        sealed = seal.close(after, seal.open(before, ballot.sealed))
        session.delete(ballot)
        session.add(Ballot(link=after, survey_id=invitation.survey_id, sealed=sealed))
        session.flush()


def responses(session: Session, survey: Survey, on: date | None = None) -> tuple[int, int]:
    """How many have answered and how many were asked, by a day without those who have left."""
    if survey.asked is not None:
        return survey.answered or 0, survey.asked
    asked = select(func.count()).select_from(Invitation).where(Invitation.survey_id == survey.id)
    if on is not None:
        asked = asked.where(not_(has_left(on)))
    answered = asked.where(Invitation.answered.is_(True))
    return session.scalar(answered) or 0, session.scalar(asked) or 0
