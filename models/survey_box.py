"""The two boxes of a survey: who has answered, and what was answered, with no lasting link.

While a survey is open a keyed hash lets a member change an answer; its key is never in the
database. At the close the hashes are emptied and each question's answers are written anew in
shuffled order, so that neither order nor key ties two answers together.
"""

from __future__ import annotations

import hmac
import secrets
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from models.involvement import concerned, is_asked
from models.organisations import Person
from models.seats import members_of
from models.statistics.bands import band, enough
from models.statistics.ranges import Persons
from models.statistics.thresholds import DEFAULT
from models.surveys import Answer, Invitation, Question, Scale, Survey, SurveyResult

DONT_KNOW = "dk"
AGREES = ("4", "5")


def invite(session: Session, survey: Survey, now: datetime) -> list[Person]:
    """Opens a survey to those members of the day whose district takes part in the group's area.

    A second time invites nobody.
    """
    if survey.opened_at is not None:
        return []
    survey.opened_at = now
    on = now.date()
    members = members_of(session, survey.group, on)
    people = concerned(session, survey.group, members, on, is_asked)
    invited = set(
        session.scalars(select(Invitation.person_id).where(Invitation.survey_id == survey.id))
    )
    for person in people:
        if person.id not in invited:
            session.add(Invitation(survey_id=survey.id, person_id=person.id))
    session.flush()
    return people


def waiting_for_answer(session: Session, person: Person, at: datetime) -> list[Survey]:
    """The open surveys that wait for a person's answer, the first to close first."""
    query = (
        select(Survey)
        .join(Invitation, Invitation.survey_id == Survey.id)
        .where(
            Invitation.person_id == person.id,
            Invitation.answered.is_(False),
            Survey.opens_at <= at,
            Survey.closes_at > at,
            Survey.closed_at.is_(None),
        )
        .order_by(Survey.closes_at)
    )
    return list(session.scalars(query))


def put_answers(
    session: Session, invitation: Invitation, answers: Mapping[int, str], secret: bytes
) -> None:
    """Stores a member's answers by question id; the latest count, and what is left out goes."""
    link = _link(secret, invitation)
    session.execute(delete(Answer).where(Answer.link == link, Answer.question_id.not_in(answers)))
    for question_id, value in answers.items():
        before = session.scalars(
            select(Answer).where(Answer.question_id == question_id, Answer.link == link)
        ).first()
        if before is not None:
            before.value = value
        else:
            row = Answer(id=secrets.token_hex(16), question_id=question_id, link=link, value=value)
            session.add(row)
    invitation.answered = True


def my_answers(session: Session, invitation: Invitation, secret: bytes) -> dict[int, str]:
    """What a member has answered so far in an open survey, by question id."""
    rows = session.scalars(select(Answer).where(Answer.link == _link(secret, invitation)))
    return {row.question_id: row.value for row in rows}


def pass_on_answers(
    session: Session, invitation: Invitation, person: Person, secret: bytes
) -> None:
    """Lets a member's other record change what the invited one has answered in an open survey."""
    before, after = _link(secret, invitation), _link_of(secret, invitation.survey_id, person.id)
    session.execute(update(Answer).where(Answer.link == before).values(link=after))


def _link(secret: bytes, invitation: Invitation) -> str:
    return _link_of(secret, invitation.survey_id, invitation.person_id)


def _link_of(secret: bytes, survey_id: int, person_id: int) -> str:
    key = hmac.new(secret, f"survey:{survey_id}".encode(), sha256).digest()
    return hmac.new(key, str(person_id).encode(), sha256).hexdigest()


def close(session: Session, survey: Survey, now: datetime) -> SurveyResult:
    """Closes a survey: cuts the links, shuffles, and freezes what may be shown."""
    frozen = session.get(SurveyResult, survey.id)
    if frozen is not None:
        return frozen
    survey.closed_at = now
    for question in survey.questions:
        _shuffle(session, question)
    result = SurveyResult(survey_id=survey.id, frozen_at=now, table=_table(session, survey))
    session.add(result)
    session.flush()
    return result


def _shuffle(session: Session, question: Question) -> None:
    of_question = Answer.question_id == question.id
    values = list(session.scalars(select(Answer.value).where(of_question)))
    secrets.SystemRandom().shuffle(values)
    session.execute(delete(Answer).where(of_question))
    for value in values:
        session.add(Answer(id=secrets.token_hex(16), question_id=question.id, value=value))
    session.flush()


def responses(session: Session, survey: Survey) -> tuple[int, int]:
    """How many have answered and how many were asked."""
    asked = select(func.count()).select_from(Invitation).where(Invitation.survey_id == survey.id)
    answered = asked.where(Invitation.answered.is_(True))
    return session.scalar(answered) or 0, session.scalar(asked) or 0


def _table(session: Session, survey: Survey) -> dict[str, Any]:
    """What may be shown of a survey, as JSON: nothing in it tells more than the bands do."""
    answered, asked = responses(session, survey)
    shown = enough(answered, survey.sensitivity)
    rows = [_row(session, survey, question) for question in survey.questions] if shown else []
    return {"answered": answered, "asked": asked, "questions": rows}


def _row(session: Session, survey: Survey, question: Question) -> dict[str, Any]:
    counts = Counter(session.scalars(select(Answer.value).where(Answer.question_id == question.id)))
    counts.pop(DONT_KNOW, None)
    n = counts.total()
    row: dict[str, Any] = {"position": question.position, "n": n}
    if not enough(n, survey.sensitivity):
        return row
    if question.scale is Scale.YES_NO:
        row["band"] = _stored(band(counts["yes"], n, survey.sensitivity))
    if question.scale is Scale.LIKERT:
        agreeing = sum(counts[value] for value in AGREES)
        row["band"] = _stored(band(agreeing, n, survey.sensitivity))
    if question.scale is Scale.NUMBER and n >= DEFAULT.least_for_mean:
        total = sum(float(value) * times for value, times in counts.items())
        row["mean"] = round(total / n, 1)
    return row


def _stored(shown: Persons) -> dict[str, Any]:
    return {"shape": shown.shape.value, "count": shown.count, "n": shown.of}
