"""Showing a digest to the one who asks, without sending it."""

from __future__ import annotations

from datetime import date, time, timedelta

from sqlalchemy.orm import Session

from digests.cards import group_card
from digests.facts import gather_group
from digests.period import WEEK, Period, since_last_meeting
from digests.weekly import gather, message
from models.groups import Group
from models.language import Language
from models.message import Message
from models.schedule import MORNING, instant, monday_of_week


def preview(
    session: Session, group: Group, on: date, language: Language, *, since_meeting: bool = False
) -> Message | None:
    """The digest of a group as it would be on a day; nothing to say means none.

    What was reported in the course of the day is told as well.
    """
    until = instant(on + timedelta(days=1), time(0), group.zone)
    if since_meeting:
        facts = gather_group(session, group, since_last_meeting(session, group, until), on)
        return group_card("since", facts, language) if facts.has_news else None
    since = instant(on - WEEK, MORNING, group.zone)
    return message(gather(session, group, Period(since, until), on), language)


def preview_week(session: Session, group: Group, week: str, language: Language) -> Message | None:
    """What happened in an ISO week such as 2024-W20, from its Monday to the next."""
    monday = monday_of_week(week)
    ended = monday + timedelta(days=7)
    period = Period(instant(monday, MORNING, group.zone), instant(ended, MORNING, group.zone))
    facts = gather_group(session, group, period, ended)
    return group_card("week", facts, language) if facts.has_news else None
