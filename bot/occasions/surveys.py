"""A survey's own times: it opens and it closes; its result is made apart from the timetable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from bot.occasions.asking import ask_people
from bot.occasions.occasion import Occasion
from bot.occasions.outside import invite_outside
from digests.asking import askable
from models.schedule import local_day, local_hour, may_ask_at
from models.surveys import box as survey_box
from models.surveys import closing as survey_closing
from models.surveys.survey import Survey


def due(session: Session, _began: datetime, now: datetime) -> Iterator[Occasion]:
    """The surveys to open and to close; late is better than never, so they are never skipped."""
    surveys = session.scalars(
        select(Survey)
        .where(Survey.closed_at.is_(None))
        .where(
            or_(Survey.closes_at <= now, and_(Survey.opened_at.is_(None), Survey.opens_at <= now))
        )
        .order_by(Survey.opens_at, Survey.id)
    )
    for survey in surveys:
        if now < survey.closes_at:
            name, day, act = "open", local_day(survey.opens_at), open_survey
        else:
            name, day, act = "close", local_day(survey.closes_at), close_survey
        yield Occasion(f"survey:{survey.id}:{name}", day, now, act, survey.id)


def open_survey(session: Session, occasion: Occasion) -> str:
    """Invites the members whom it concerns: now, at their hour, or in the next week's message."""
    found = session.get_one(Survey, occasion.subject)
    invited = {person.id for person in survey_box.invite(session, found, occasion.at)}
    if not may_ask_at(occasion.at):
        return "waits for the morning"
    passed = range(local_hour(occasion.at) + 1)
    today = replace(occasion, day=local_day(occasion.at))
    invite_outside(session, today, passed)
    people = [each for each in askable(session, today.day, passed) if each.id in invited]
    return ask_people(session, people, today)


def close_survey(session: Session, occasion: Occasion) -> str:
    """Takes no more answers, and makes ready the next wave; the counting follows by itself."""
    following = survey_closing.end(session, session.get_one(Survey, occasion.subject), occasion.at)
    return f"closed, next {following.code}" if following else "closed"
