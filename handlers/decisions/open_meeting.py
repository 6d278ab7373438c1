"""The meetings of which something can be written: begun, or later today; none that is cancelled.

Decisions are prepared on the meeting's day, and are seen by others once it has begun. Action
points are given to somebody, so they wait for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from handlers.decisions.preparing import is_ahead, is_today
from handlers.errors import Refusal
from handlers.meetings.card import find_meeting
from handlers.seats.opening import meant_groups
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.groups import Group, Seat, SeatRole
from models.meetings.meeting import Meeting
from models.message import Actions, Button, Heading, Message, Part, Text
from models.rights import Action
from models.schedule import local_day

MOST_MEETINGS = 10
MOST_AT_HOME = 4
LATELY = timedelta(days=3)
"""So long after it has begun a meeting stands on the home of those who write its decisions."""


def meeting_that_decides(visit: Visit, number: str, *, locked: bool = False) -> Meeting:
    """A meeting that the asker may write decisions of; raises a sentence for any other."""
    visit.demand_member()
    meeting = find_meeting(visit, number, locked=locked)
    visit.demand(Action.WRITE_DECISIONS, group_id=meeting.group_id)
    if meeting.cancelled:
        raise Refusal(visit.language._("The meeting is cancelled, so nothing is decided at it."))
    if is_ahead(visit, meeting) and not is_today(visit, meeting):
        raise Refusal(_not_yet(visit, meeting))
    return meeting


def meeting_that_has_begun(visit: Visit, number: str, *, locked: bool = False) -> Meeting:
    """The same, of which action points can be written too."""
    meeting = meeting_that_decides(visit, number, locked=locked)
    if is_ahead(visit, meeting):
        text = "The meeting has not begun. Write action points from {moment}."
        moment = visit.language.moment(meeting.starts_at, visit.on)
        raise Refusal(visit.language._(text, moment=moment))
    return meeting


def _not_yet(visit: Visit, meeting: Meeting) -> str:
    day = visit.language.day(local_day(meeting.starts_at, meeting.group.zone), visit.on)
    text = "The meeting is on {day}. Write its decisions from that day on."
    return visit.language._(text, day=day)


def meetings_meant(visit: Visit, wish: Understanding, *, begun: bool = False) -> Sequence[Meeting]:
    """The meetings that a line can mean: of each group today's or the last, or a named day's.

    With `begun` only those that have begun.
    """
    groups = meant_groups(visit, wish, Action.WRITE_DECISIONS)
    found = [each for group in groups for each in _of_group(visit, wish, group, begun)]
    if not found:
        raise Refusal(_none_there(visit, wish, groups))
    found.sort(key=lambda each: each.starts_at, reverse=True)
    return found[:MOST_MEETINGS]


def _of_group(visit: Visit, wish: Understanding, group: Group, begun: bool) -> list[Meeting]:
    """A group's meeting that is ahead today; the last one where there is none, or it is recent."""
    query = (
        select(Meeting)
        .where(Meeting.group_id == group.id, Meeting.starts_at <= visit.at)
        .where(Meeting.cancelled.is_(False))
        .order_by(Meeting.starts_at.desc())
    )
    held = visit.session.scalars(query if wish.on else query.limit(1)).all()
    today = None if begun else later_today(visit, group)
    found = [*([today] if today else []), *held]
    if wish.on is not None:
        return [each for each in found if local_day(each.starts_at, group.zone) == wish.on]
    return [each for each in found if today in (None, each) or _is_recent(visit, each)]


def _is_recent(visit: Visit, meeting: Meeting) -> bool:
    return meeting.starts_at > visit.at - LATELY


def later_today(visit: Visit, group: Group) -> Meeting | None:
    """The group's next meeting, where that begins later today."""
    query = (
        select(Meeting)
        .where(Meeting.group_id == group.id, Meeting.starts_at > visit.at)
        .where(Meeting.cancelled.is_(False))
        .order_by(Meeting.starts_at)
    )
    found = visit.session.scalars(query.limit(1)).first()
    return found if found is not None and is_today(visit, found) else None


def _none_there(visit: Visit, wish: Understanding, groups: Sequence[Group]) -> str:
    """Why there is no meeting to write of: the one of the day that is named lies ahead."""
    query = (
        select(Meeting)
        .where(Meeting.group_id.in_([group.id for group in groups]))
        .where(Meeting.starts_at > visit.at, Meeting.cancelled.is_(False))
        .order_by(Meeting.starts_at)
    )
    for each in visit.session.scalars(query):
        if local_day(each.starts_at, each.group.zone) == wish.on:
            return _not_yet(visit, each)
    return visit.language._("No meeting has been held there. Decisions are of meetings.")


def waiting_parts(visit: Visit, seats: Sequence[Seat]) -> list[Part]:
    """The meetings of the last days whose decisions the member writes, for their home."""
    led = {seat.group_id for seat in seats if seat.role in (SeatRole.CHAIR, SeatRole.SECRETARY)}
    query = (
        select(Meeting)
        .where(Meeting.group_id.in_(led), Meeting.cancelled.is_(False))
        .where(Meeting.starts_at <= visit.at, Meeting.starts_at > visit.at - LATELY)
        .order_by(Meeting.starts_at.desc())
        .limit(MOST_AT_HOME)
    )
    found = visit.session.scalars(query).all() if led else ()
    if not found:
        return []
    title = visit.language._("Write down what was decided")
    buttons = tuple(
        Button(label=_label(visit, each), action="decision.write", value=str(each.id))
        for each in found
    )
    return [Text(text=f"**{title}**"), Actions(buttons=buttons)]


def which_meeting(visit: Visit, found: Sequence[Meeting], action: str) -> Message:
    """The question which of several meetings is meant."""
    heading = visit.language._("Which meeting?")
    buttons = [
        Button(label=_label(visit, each), action=action, value=str(each.id)) for each in found
    ]
    rows = [Actions(buttons=tuple(buttons[at : at + 4])) for at in range(0, len(buttons), 4)]
    return Message(summary=heading, parts=(Heading(text=heading), *rows))


def _label(visit: Visit, meeting: Meeting) -> str:
    label = f"{meeting.group.code} {visit.language.moment(meeting.starts_at, visit.on)}"
    return label if len(label) <= 40 else f"{label[:39]}…"
