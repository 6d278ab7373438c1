"""The time that a digest tells of, half open and in UTC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.groups import Group
from models.meetings.meeting import Meeting
from models.schedule import MORNING, WorkedWeek, instant

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Period:
    """A time `[since, until)`; `meeting` tells that it began with a meeting."""

    since: datetime
    until: datetime
    meeting: bool = False

    def __contains__(self, at: datetime) -> bool:
        return self.since <= at < self.until


def week_until(day: date, zone: str) -> Period:
    """The seven local days that end in the morning of a day, whenever it is asked."""
    return Period(instant(day - WEEK, MORNING, zone), instant(day, MORNING, zone))


def between_digests(rule: WorkedWeek, day: date, told_on: date | None) -> Period:
    """From the weekly digest before a day's until that one, also over what was quiet or skipped.

    `told_on` is the day of the last one that was looked at in time, where that is known.
    """
    first = min(rule.before(day), told_on or date.max)
    return Period(instant(first, rule.clock, rule.zone), instant(day, rule.clock, rule.zone))


def since_last_meeting(session: Session, group: Group, until: datetime) -> Period:
    """From the start of the group's last meeting; seven days where it has never met."""
    last = last_meeting(session, group, until)
    return since_meeting(last.starts_at if last else None, until)


def since_meeting(began: datetime | None, until: datetime) -> Period:
    """From when a meeting began; seven days where there was none."""
    if began is None:
        return Period(until - WEEK, until)
    return Period(began, until, meeting=True)


def last_meeting(session: Session, group: Group, before: datetime) -> Meeting | None:
    """The last meeting of a group that was held before a moment."""
    return next(iter(held_before(session, group, before, 1)), None)


def held_before(session: Session, group: Group, before: datetime, most: int) -> Sequence[Meeting]:
    """At most so many of a group's meetings that were held before a moment, the latest first."""
    query = _held(group).where(Meeting.starts_at < before).order_by(Meeting.starts_at.desc())
    return session.scalars(query.limit(most)).all()


def _held(group: Group) -> Select[Meeting]:
    return select(Meeting).where(Meeting.group_id == group.id, Meeting.cancelled.is_(False))
