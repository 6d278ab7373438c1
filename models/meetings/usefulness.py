"""Until when what still waits to be told of a meeting is of use, when the meeting is moved.

What is told before a meeting is of use until it begins. What waits, since mail or a platform was
down, follows the meeting; but what will be told anew before the new time, or is told otherwise in
a later notice, is never kept for longer than it was of use with the old one.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from models.delivery.outbox import Delivery, DeliveryState
from models.meetings.meeting import Meeting, MeetingChange
from models.schedule import local_day, working_days_before

WAITING = [state for state in DeliveryState if not state.is_over]


def before_name(meeting_id: int) -> str:
    """What the digest before a meeting is called, on the timetable and among the messages."""
    return f"meeting:{meeting_id}:before"


def notice_key(change: MeetingChange) -> str:
    """What the notice of a change is called among the messages."""
    return f"meeting_change:{change.id}"


def told_before(meeting: Meeting, zone: str) -> date:
    """The day on which the members hear what awaits the meeting, as their group has set it."""
    return working_days_before(local_day(meeting.starts_at, zone), meeting.group.digest_days)


def keep_useful(session: Session, change: MeetingChange) -> None:
    """Lets what waits to be told of a meeting follow it; before a cancelled one nothing is."""
    meeting = change.meeting
    if meeting.cancelled:
        for row in _waiting(session, before_name(meeting.id)):
            row.useful_until = change.at
        return
    _digests_follow(session, meeting)
    _notices_follow(session, change)


def _digests_follow(session: Session, meeting: Meeting) -> None:
    """A digest that no other comes after is of use until the new time, else no longer than it was.

    Its key has the day on which it was told.
    """
    name = before_name(meeting.id)
    again_on = told_before(meeting, meeting.group.zone)
    for row in _waiting(session, name):
        told_on = date.fromisoformat(row.key.removeprefix(f"{name}:").partition(":")[0])
        until = row.useful_until
        if until is not None:
            row.useful_until = (
                min(until, meeting.starts_at) if told_on < again_on else meeting.starts_at
            )


def _notices_follow(session: Session, change: MeetingChange) -> None:
    """Earlier notices of the old time are of no use once the meeting has begun at the new one."""
    was = change.before.get("starts_at")
    old, new = datetime.fromisoformat(str(was)), change.meeting.starts_at
    if new >= old:
        return
    earlier = select(MeetingChange).where(
        MeetingChange.meeting_id == change.meeting_id, MeetingChange.id < change.id
    )
    for row in _waiting(session, *map(notice_key, session.scalars(earlier))):
        # That of a series is of use for the others.
        if row.useful_until == old:
            row.useful_until = new


def close_earlier(
    session: Session, people: Collection[int], was: datetime, until: datetime
) -> None:
    """Lets what people are asked, and what could be answered until a moment, end earlier."""
    theirs = Delivery.person_id.in_(people), Delivery.useful_until == was
    waiting = update(Delivery).where(Delivery.state.in_(WAITING), *theirs)
    session.execute(waiting.values(useful_until=until))


def _waiting(session: Session, *names: str) -> list[Delivery]:
    """The messages with these names that are not over."""
    if not names:
        return []
    mine = or_(*(Delivery.key.startswith(f"{name}:", autoescape=True) for name in names))
    return list(session.scalars(select(Delivery).where(Delivery.state.in_(WAITING), mine)))
