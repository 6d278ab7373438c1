"""Showing a digest to the one who asks, without sending it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from digests.cards import group_card
from digests.facts import GroupFacts
from digests.period import WEEK, Period, since_last_meeting
from digests.recorded import WeekThen
from digests.weekly import gather, message
from models.groups import Group
from models.language import Language
from models.message import Message
from models.schedule import MORNING, instant, monday_of_week

A_MOMENT = timedelta(seconds=1)


def preview(
    session: Session, group: Group, on: date, language: Language, now: datetime | None = None
) -> Message | None:
    """How a group stands at the end of a day, and what has happened; nothing to say means none.

    Who asks reads also what merely goes on to be so. Of a day that is not over, `now` says how far
    it has come: what is only prepared, or still ahead, has not happened.
    """
    period = Period(instant(on - WEEK, MORNING, group.zone), _end(group, on, now))
    return _shown("weekly", gather(session, group, period, on), language)


def preview_since_meeting(
    session: Session, group: Group, on: date, language: Language, now: datetime | None = None
) -> Message | None:
    """The same since the group's last meeting."""
    period = since_last_meeting(session, group, _end(group, on, now))
    return _shown("since", gather(session, group, period, on), language)


def _end(group: Group, on: date, now: datetime | None) -> datetime:
    """The end of a day, or how far it has come; what is done at that very moment counts."""
    end = instant(on + timedelta(days=1), time(0), group.zone)
    return end if now is None else min(end, now + A_MOMENT)


def preview_week(
    session: Session, group: Group, week: str, language: Language, now: datetime | None = None
) -> Message | None:
    """What happened in an ISO week such as 2024-W20, from its Monday to the next."""
    monday = monday_of_week(week)
    ended = monday + timedelta(days=7)
    until = instant(ended, MORNING, group.zone)
    since = instant(monday, MORNING, group.zone)
    if now is not None:
        until = max(since, min(until, now + A_MOMENT))
    return _shown("week", gather(session, group, Period(since, until), ended), language)


def as_posted(
    session: Session, group: Group, on: date, then: WeekThen, language: Language
) -> Message | None:
    """The weekly digest that fell due on a day, as it was wanted; None where it was empty."""
    return message(gather(session, group, then.period, on), language, then.wanted)


def _shown(template: str, facts: GroupFacts, language: Language) -> Message | None:
    if not (facts.has_news or facts.told):
        return None
    return group_card(template, facts, language)
