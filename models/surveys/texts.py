"""Free text of those who agreed that it is shown: without name, time or order, or not at all."""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.surveys.box import CONSENT, ballots
from models.surveys.cells import invitations
from models.surveys.limits import thresholds_of
from models.surveys.published import PublishedText
from models.surveys.sealing import SurveyKeys
from models.surveys.survey import Question, Scale, Sensitivity, Survey


def may_be_shown(question: Question) -> bool:
    """Whether a question is of free text that may be shown at all: never a sensitive one."""
    return question.scale is Scale.TEXT and question.sensitivity is not Sensitivity.SENSITIVE


def consented(session: Session, survey: Survey, keys: SurveyKeys) -> list[PublishedText]:
    """The free texts that may be shown, in no order, from so many answers as anything is shown."""
    if not any(may_be_shown(question) for question in survey.questions):
        return []
    people = [row.person_id for row in invitations(session, survey)]
    found = list(ballots(session, survey, people, keys).values())
    limits = thresholds_of(survey)
    texts = [
        PublishedText(id=secrets.token_hex(16), question_id=question.id, text=text)
        for question in survey.questions
        if may_be_shown(question) and limits.enough(len(found), question.sensitivity)
        for answers in found
        if answers.get(CONSENT) == "yes" and (text := answers.get(question.position))
    ]
    secrets.SystemRandom().shuffle(texts)
    return texts


def shown_texts(session: Session, question: Question) -> list[str]:
    """The free texts that are shown of a question, by the alphabet."""
    query = select(PublishedText.text).where(PublishedText.question_id == question.id)
    return sorted(session.scalars(query))
