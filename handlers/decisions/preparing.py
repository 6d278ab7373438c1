"""What is prepared before a meeting begins: on its day, by those who lead its group, for them."""

from __future__ import annotations

from handlers.visit import Visit
from models.meetings.meeting import Meeting
from models.rights import Action, may
from models.schedule import local_day


def is_ahead(visit: Visit, meeting: Meeting) -> bool:
    """Whether the meeting has not begun."""
    return meeting.starts_at > visit.at


def is_today(visit: Visit, meeting: Meeting) -> bool:
    """Whether the meeting begins, or has begun, today where its group is."""
    zone = meeting.group.zone
    return local_day(meeting.starts_at, zone) == local_day(visit.at, zone)


def is_taken(visit: Visit, meeting: Meeting) -> bool:
    """Whether what is written of the meeting was decided there: it is held, and has begun."""
    return not meeting.cancelled and not is_ahead(visit, meeting)


def writes_of(visit: Visit, meeting: Meeting) -> bool:
    """Whether the asker may write decisions of the meeting now."""
    may_come = not is_ahead(visit, meeting) or is_today(visit, meeting)
    leads = may(visit.roles(group_id=meeting.group_id), Action.WRITE_DECISIONS)
    return leads and may_come and not meeting.cancelled


def stands_for(visit: Visit, meeting: Meeting) -> bool:
    """Whether what is written of the meeting stands; it is prepared by those who lead alone."""
    return is_taken(visit, meeting) or may(
        visit.roles(group_id=meeting.group_id), Action.WRITE_DECISIONS
    )


def prepared_note(visit: Visit, meeting: Meeting) -> str:
    """That the meeting has not begun, and who sees till then what is written; else nothing."""
    if not is_ahead(visit, meeting):
        return ""
    text = (
        "The meeting begins at {time}. Until then only those who lead the group see what is "
        "written."
    )
    return visit.language._(text, time=visit.language.time(meeting.starts_at))
