"""The digest before a meeting: where the measures stand, and what awaits it."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from digests.before_card import before_card
from digests.facts import BeforeFacts
from digests.gathering import before
from models.language import Language
from models.meetings.meeting import Meeting
from models.message import Message
from models.schedule import MORNING, instant


def gather_before(
    session: Session, meeting: Meeting, on: date, *, restricted: bool = True
) -> BeforeFacts:
    """How the group stands since its last meeting, on the morning of a day before the next.

    What is restricted to the group's own members is read for them only.
    """
    until = instant(on, MORNING, meeting.group.zone)
    return before.gather(session, meeting, (until, on), restricted=restricted)


def message_before(
    facts: BeforeFacts, language: Language, reader: int | None = None, *, answers: bool = True
) -> Message | None:
    """The digest before a meeting; without news, agenda and open points there is none.

    `reader` is the id of the member who reads; `answers` tells that they are called to it, or
    sent, and so can answer.
    """
    if facts.meeting is None or not facts.has_news:
        return None
    return before_card(facts, language, reader, answers=answers)


def meetings_around(session: Session, day: date) -> list[Meeting]:
    """The meetings close enough to a day that a digest about them may fall due."""
    near = timedelta(days=14)
    middle = instant(day, MORNING, "UTC")
    query = (
        select(Meeting)
        .where(Meeting.starts_at.between(middle - near, middle + near))
        .where(Meeting.cancelled.is_(False))
        .options(selectinload(Meeting.group))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return list(session.scalars(query))
