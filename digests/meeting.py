"""The digest before a meeting: where the measures stand, and what is on the agenda."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from digests.cards import group_card
from digests.facts import GroupFacts, gather_group
from digests.period import since_last_meeting
from models.language import Language
from models.meetings.meeting import Meeting
from models.message import Message
from models.schedule import (
    MORNING,
    instant,
    local_day,
    working_days_before,
)

DAYS_BEFORE = 2


def told_before(meeting: Meeting, zone: str) -> date:
    """The day on which the members hear what awaits the meeting."""
    return working_days_before(local_day(meeting.starts_at, zone), DAYS_BEFORE)


def gather_before(session: Session, meeting: Meeting, on: date) -> GroupFacts:
    """How the group stands since its last meeting, on the morning of a day before the next."""
    until = instant(on, MORNING, meeting.group.zone)
    period = since_last_meeting(session, meeting.group, until)
    return gather_group(session, meeting.group, period, on, restricted=True)


def message_before(
    facts: GroupFacts, language: Language, *, answers: bool = True
) -> Message | None:
    """The digest before a meeting; without news, agenda and open points there is none.

    `answers` tells that the reader is called to it, or sent, and so can answer.
    """
    meeting = facts.next_meeting
    if meeting is None or not (facts.told or meeting.agenda or facts.minutes.open_points):
        return None
    return group_card("before", facts, language, answers=answers)


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
