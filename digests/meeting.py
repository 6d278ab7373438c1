"""The digests around a meeting: before it where the measures stand, after it what was decided."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from digests.cards import decisions_card, group_card
from digests.facts import DecidedFacts, DecisionFact, GroupFacts, gather_group, meeting_fact
from digests.period import Period, since_last_meeting
from models.language import Language
from models.meetings.meeting import Decision, Meeting
from models.message import Message
from models.schedule import (
    MORNING,
    instant,
    local_day,
    working_days_after,
    working_days_before,
)

DAYS_BEFORE = 2
DAYS_AFTER = 1


def told_before(meeting: Meeting, zone: str) -> date:
    """The day on which the members hear what awaits the meeting."""
    return working_days_before(local_day(meeting.starts_at, zone), DAYS_BEFORE)


def told_after(meeting: Meeting, zone: str) -> date:
    """The day on which the members hear what the meeting decided."""
    return working_days_after(local_day(meeting.starts_at, zone), DAYS_AFTER)


def gather_before(session: Session, meeting: Meeting, on: date) -> GroupFacts:
    """How the group stands since its last meeting, on the morning of a day before the next."""
    until = instant(on, MORNING, meeting.group.zone)
    return gather_group(
        session, meeting.group, since_last_meeting(session, meeting.group, until), on
    )


def gather_after(session: Session, meeting: Meeting, on: date) -> DecidedFacts:
    """What was decided, read on the morning of a day after the meeting."""
    until = instant(on, MORNING, meeting.group.zone)
    period = Period(meeting.starts_at, until, meeting=True)
    return DecidedFacts(
        meeting=meeting_fact(meeting),
        decisions=_decisions(session, meeting),
        group=gather_group(session, meeting.group, period, on),
    )


def message_before(facts: GroupFacts, language: Language) -> Message | None:
    """The digest before a meeting; without news and agenda there is none."""
    meeting = facts.next_meeting
    if meeting is None or not (facts.told or meeting.agenda):
        return None
    return group_card("before", facts, language)


def message_after(facts: DecidedFacts, language: Language) -> Message | None:
    """The digest after a meeting; no decision means no message."""
    return decisions_card(facts, language) if facts.has_news else None


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


def _decisions(session: Session, meeting: Meeting) -> tuple[DecisionFact, ...]:
    query = (
        select(Decision)
        .where(Decision.meeting_id == meeting.id)
        .options(selectinload(Decision.organisation), selectinload(Decision.affects))
        .order_by(Decision.number)
    )
    return tuple(
        DecisionFact(
            number=row.number,
            text=row.text,
            organisation=row.organisation.name if row.organisation else "",
            affects=tuple(sorted(district.name for district in row.affects)),
        )
        for row in session.scalars(query)
    )
