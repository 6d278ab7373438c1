"""Showing a digest to the one who asks, without sending it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from digests.cards import group_card
from digests.facts import gather_group
from digests.period import WEEK, Period, since_last_meeting, week_until
from digests.weekly import gather, message
from models.groups import Group
from models.language import Language
from models.message import Message
from models.schedule import MORNING, instant, monday_of_week


@dataclass(frozen=True)
class Wanted:
    """Which digest is asked for: the one of an ISO week such as 2024-W20, or since the meeting.

    The digest of a week is the one that its Monday brings. `until` is the moment that counts as
    now; without it, the morning of the day.
    """

    week: str = ""
    since_meeting: bool = False
    until: datetime | None = None


def preview(
    session: Session, group: Group, on: date, language: Language, wanted: Wanted | None = None
) -> Message | None:
    """The digest of a group as it would be on a day; nothing to say means none."""
    wanted = wanted or Wanted()
    until = wanted.until or instant(on, MORNING, group.zone)
    if wanted.since_meeting:
        facts = gather_group(session, group, since_last_meeting(session, group, until), on)
        return group_card("since", facts, language) if facts.has_news else None
    if wanted.week:
        day = monday_of_week(wanted.week)
        return message(gather(session, group, week_until(day, group.zone), day), language)
    return message(gather(session, group, Period(until - WEEK, until), on), language)
