"""Meetings as they were at a moment: what was changed since is read backwards.

What is given back is put into the meetings of the session without being written anywhere, so this
is for those who only read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from models.meetings.meeting import Meeting, MeetingChange, MeetingEvent

_TIMES = ("starts_at", "ends_at")


def changed_since(before: datetime) -> Select[int]:
    """The ids of the meetings that were planned, moved or cancelled since a moment."""
    return select(MeetingChange.meeting_id).where(MeetingChange.at >= before)


def as_they_were(session: Session, meetings: Iterable[Meeting], before: datetime) -> list[Meeting]:
    """The meetings that were planned at a moment, saying what they said then.

    What a file brought or changed is not written down, and counts as known always.
    """
    known = {meeting.id: meeting for meeting in meetings}
    query = select(MeetingChange).where(
        MeetingChange.meeting_id.in_(known), MeetingChange.at >= before
    )
    newest_first = query.order_by(MeetingChange.at.desc(), MeetingChange.id.desc())
    for row in session.scalars(newest_first).all():
        if row.event is MeetingEvent.PLANNED:
            known.pop(row.meeting_id, None)
        elif row.meeting_id in known:
            _turn_back(known[row.meeting_id], row)
    return list(known.values())


def _turn_back(meeting: Meeting, row: MeetingChange) -> None:
    for name, said in row.before.items():
        value = datetime.fromisoformat(str(said)) if name in _TIMES else said
        set_committed_value(meeting, name, value)
    set_committed_value(meeting, "revision", meeting.revision - 1)
