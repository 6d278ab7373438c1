"""Meetings as events of a calendar: the same meeting is the same event, however it moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Event
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from handlers.calendars import OURS, CalendarOf, empty_calendar
from models.groups import Seat
from models.meetings.meeting import Meeting
from models.people.organisations import Person
from models.schedule import local_day

BEHIND = timedelta(days=365)
"""How far back a calendar goes: a year, so that last spring's meetings are still found."""


def meetings_of_group(session: Session, group_id: int, at: datetime) -> list[Meeting]:
    """A group's meetings of the last year and those to come, cancelled ones too."""
    return _since(session, at, {group_id})


def meetings_of_person(session: Session, person: Person, at: datetime) -> list[Meeting]:
    """The meetings that fall within a seat of the person in the group, cancelled ones too."""
    seats = session.scalars(
        select(Seat).where(Seat.person_id == person.id, Seat.superseded_at.is_(None))
    ).all()
    found = _since(session, at, {seat.group_id for seat in seats})
    return [meeting for meeting in found if any(_covers(seat, meeting) for seat in seats)]


def _covers(seat: Seat, meeting: Meeting) -> bool:
    day = local_day(meeting.starts_at, meeting.group.zone)
    ends = seat.valid_until
    return seat.group_id == meeting.group_id and seat.valid_from <= day and (not ends or day < ends)


def _since(session: Session, at: datetime, groups: Iterable[int]) -> list[Meeting]:
    query = (
        select(Meeting)
        .where(Meeting.group_id.in_(groups), Meeting.starts_at > at - BEHIND)
        .options(joinedload(Meeting.group))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return list(session.scalars(query))


def as_ics(about: CalendarOf, meetings: Iterable[Meeting], base_url: str) -> bytes:
    """The meetings as a calendar file (RFC 5545).

    Time, group and place and no more: what is on the agenda stays where members sign in.
    """
    calendar = empty_calendar(about, "Meetings")
    for meeting in meetings:
        calendar.add_component(meeting_event(about, meeting, base_url))
    return bytes(calendar.to_ical())


def meeting_event(about: CalendarOf, meeting: Meeting, base_url: str) -> Event:
    """A meeting as an event: its times are UTC, which no clock change moves."""
    _ = about.language._
    event = Event()
    event.add("uid", f"meeting-{meeting.id}@{OURS}")
    name = meeting.group.name
    event.add("summary", _("Cancelled: {group}", group=name) if meeting.cancelled else name)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("dtstamp", about.at)
    event.add("sequence", meeting.revision - 1)
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    if meeting.place:
        event.add("location", meeting.place)
    event.add("url", f"{base_url}/groups/{meeting.group.code}")
    return event
