"""Planning meetings, moving and cancelling them: a meeting keeps its id, and with it all it has.

Every change is written down with what was before and after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from dateutil.rrule import rrulestr
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from models.audit import record
from models.base import held_on
from models.groups import Group, Seat, SeatRole
from models.intervals import local_from_utc
from models.meetings.agendas import one_a_line
from models.meetings.meeting import Meeting, MeetingChange, MeetingEvent, MeetingSeries
from models.meetings.usefulness import keep_useful
from models.people.organisations import Person
from models.schedule import instant, is_quiet, is_red_day, local_day

MOST_TIMES = 26
"""How many meetings are planned at once: a year of every other week."""


class Rhythm(StrEnum):
    """How often a series of meetings comes."""

    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST_WEEK = 5


@dataclass(frozen=True)
class MeetingFacts:
    """When, where and about what a meeting is; the clock is the group's local one."""

    day: date
    starts: time
    ends: time
    place: str = ""
    agenda: str = ""

    def begins(self, zone: str) -> datetime:
        """The moment it begins."""
        return instant(self.day, self.starts, zone)

    def finishes(self, zone: str) -> datetime:
        """The moment it ends."""
        return instant(self.day, self.ends, zone)


def rule_of(rhythm: Rhythm, first: date, times: int) -> str:
    """A rhythm as RRULE; monthly means the same weekday of the same week of the month."""
    if rhythm in (Rhythm.WEEKLY, Rhythm.FORTNIGHTLY):
        interval = 2 if rhythm is Rhythm.FORTNIGHTLY else 1
        return f"FREQ=WEEKLY;INTERVAL={interval};COUNT={times}"
    week = (first.day - 1) // 7 + 1
    nth = -1 if week == _LAST_WEEK else week
    interval = 3 if rhythm is Rhythm.QUARTERLY else 1
    by_day = f"{nth}{_WEEKDAYS[first.weekday()]}"
    return f"FREQ=MONTHLY;INTERVAL={interval};BYDAY={by_day};COUNT={times}"


@dataclass(frozen=True)
class Days:
    """The days of a series: those that are kept, and those left out as red or in July."""

    kept: tuple[date, ...]
    left_out: tuple[date, ...] = ()


def days_of(rhythm: Rhythm, first: date, times: int) -> Days:
    """The days on which a series meets; the first one always, as it was chosen."""
    if rhythm is Rhythm.ONCE or times <= 1:
        return Days((first,))
    rule = rrulestr(rule_of(rhythm, first, times), dtstart=datetime.combine(first, time()))
    days = [at.date() for at in rule]
    kept = tuple(day for day in days if day == first or not (is_red_day(day) or is_quiet(day)))
    return Days(kept, tuple(day for day in days if day not in kept))


@dataclass(frozen=True)
class By:
    """Who changes a meeting, when, and through which platform where that is kept.

    Nobody where it follows from a seat that changes hands.
    """

    person: Person | None
    at: datetime
    source: str = ""


@dataclass(frozen=True)
class Plan:
    """Meetings of a group that are planned together: the same facts on each of the days."""

    group: Group
    facts: MeetingFacts
    days: tuple[date, ...]
    rhythm: Rhythm = Rhythm.ONCE


def plan(session: Session, wanted: Plan, by: By) -> list[MeetingChange]:
    """Plans a meeting on each day; more than one make a series."""
    series = _series(session, wanted) if len(wanted.days) > 1 else None
    zone = wanted.group.zone
    made = []
    for day in wanted.days:
        facts = replace(wanted.facts, day=day)
        meeting = Meeting(
            group=wanted.group,
            starts_at=facts.begins(zone),
            ends_at=facts.finishes(zone),
            place=facts.place,
            agenda=facts.agenda,
            series_id=series.id if series else None,
        )
        session.add(meeting)
        session.flush()
        made.append(_written(session, meeting, MeetingEvent.PLANNED, {}, by))
    return made


def _series(session: Session, wanted: Plan) -> MeetingSeries:
    rule = rule_of(wanted.rhythm, wanted.days[0], len(wanted.days))
    series = MeetingSeries(group_id=wanted.group.id, rule=rule)
    session.add(series)
    session.flush()
    return series


def change(session: Session, meeting: Meeting, facts: MeetingFacts, by: By) -> MeetingChange | None:
    """Moves or changes a meeting; None where nothing is different."""
    zone = meeting.group.zone
    before = said(meeting)
    meeting.starts_at, meeting.ends_at = facts.begins(zone), facts.finishes(zone)
    meeting.place = facts.place
    if one_a_line(facts.agenda) != one_a_line(meeting.agenda):
        meeting.agenda = facts.agenda
    if said(meeting) == before:
        return None
    return _written(session, meeting, MeetingEvent.CHANGED, before, by)


def change_all(
    session: Session, wanted: Sequence[tuple[Meeting, MeetingFacts]], by: By
) -> list[MeetingChange]:
    """Moves several meetings of a group; none is ever put where another still stands."""
    zone = wanted[0][0].group.zone
    ahead = [pair for pair in wanted if pair[1].begins(zone) > pair[0].starts_at]
    others = [pair for pair in wanted if pair not in ahead]
    ahead.sort(key=lambda pair: pair[0].starts_at, reverse=True)
    others.sort(key=lambda pair: pair[0].starts_at)
    done = [change(session, meeting, facts, by) for meeting, facts in (*ahead, *others)]
    changes = [each for each in done if each is not None]
    return sorted(changes, key=lambda each: each.meeting.starts_at)


def cancel(session: Session, meeting: Meeting, by: By) -> MeetingChange | None:
    """Cancels a meeting, which stays with all that it has; None where it was cancelled already."""
    return _set_cancelled(session, meeting, True, by)


def reinstate(session: Session, meeting: Meeting, by: By) -> MeetingChange | None:
    """Lets a cancelled meeting be held after all; None where it was not cancelled."""
    return _set_cancelled(session, meeting, False, by)


def _set_cancelled(
    session: Session, meeting: Meeting, cancelled: bool, by: By
) -> MeetingChange | None:
    if meeting.cancelled == cancelled:
        return None
    before = said(meeting)
    meeting.cancelled = cancelled
    event = MeetingEvent.CANCELLED if cancelled else MeetingEvent.REINSTATED
    return _written(session, meeting, event, before, by)


def said(meeting: Meeting) -> dict[str, str | bool]:
    """What a meeting says, as it is written down."""
    return {
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat(),
        "place": meeting.place,
        "agenda": meeting.agenda,
        "cancelled": meeting.cancelled,
    }


def _written(
    session: Session,
    meeting: Meeting,
    event: MeetingEvent,
    before: dict[str, str | bool],
    by: By,
) -> MeetingChange:
    after = said(meeting)
    row = MeetingChange(
        meeting=meeting, person=by.person, at=by.at, event=event, before=before, after=after
    )
    session.add(row)
    session.flush()
    if event is not MeetingEvent.PLANNED:
        keep_useful(session, row)
    record(session, by.person, f"meeting_{event.value}", f"meeting:{meeting.id}", by.at)
    return row


def following(session: Session, meeting: Meeting) -> list[Meeting]:
    """The meetings of the same series that come after it and are not cancelled."""
    if meeting.series_id is None:
        return []
    query = (
        select(Meeting)
        .where(Meeting.series_id == meeting.series_id, Meeting.starts_at > meeting.starts_at)
        .where(Meeting.cancelled.is_(False))
        .order_by(Meeting.starts_at)
        .with_for_update()
    )
    return list(session.scalars(query))


def taken(session: Session, group: Group, starts: Sequence[datetime]) -> list[Meeting]:
    """The meetings, cancelled or not, that the group has at some moments already."""
    query = select(Meeting).where(Meeting.group_id == group.id, Meeting.starts_at.in_(starts))
    return list(session.scalars(query.order_by(Meeting.starts_at)))


def of_group_then(
    session: Session, group: Group, begins: datetime, finishes: datetime
) -> list[Meeting]:
    """The meetings that the group has while another would last, but for cancelled ones."""
    query = (
        select(Meeting)
        .where(Meeting.group_id == group.id, Meeting.cancelled.is_(False))
        .where(Meeting.starts_at < finishes, Meeting.ends_at > begins)
    )
    return list(session.scalars(query.order_by(Meeting.starts_at)))


@dataclass(frozen=True)
class Clash:
    """Somebody who is to be in two meetings at once."""

    person: Person
    meeting: Meeting


def clashes(session: Session, group: Group, begins: datetime, finishes: datetime) -> list[Clash]:
    """The group's members who are called to another group that meets at the same time."""
    day = local_day(begins, group.zone)
    mine = select(Seat.person_id).where(Seat.group_id == group.id, *_is_called(day))
    query = (
        select(Person, Meeting)
        .join(Seat, Seat.person_id == Person.id)
        .join(Meeting, Meeting.group_id == Seat.group_id)
        .where(*_is_called(day), Person.id.in_(mine))
        .where(Meeting.group_id != group.id, Meeting.cancelled.is_(False))
        .where(Meeting.starts_at < finishes, Meeting.ends_at > begins)
        .order_by(Person.name, Meeting.starts_at)
    )
    found = {
        (person.id, meeting.id): (person, meeting) for person, meeting in session.execute(query)
    }
    return [Clash(person, meeting) for person, meeting in found.values()]


def _is_called(day: date) -> tuple[ColumnElement[bool], ...]:
    """That a seat calls its holder on the day; a deputy's does not."""
    return held_on(Seat, day), Seat.superseded_at.is_(None), Seat.role != SeatRole.DEPUTY


def elsewhere(session: Session, person: Person, meeting: Meeting) -> list[Meeting]:
    """The other meetings to which somebody is called while a meeting lasts."""
    day = local_day(meeting.starts_at, meeting.group.zone)
    groups = select(Seat.group_id).where(Seat.person_id == person.id, *_is_called(day))
    query = (
        select(Meeting)
        .where(Meeting.group_id.in_(groups), Meeting.group_id != meeting.group_id)
        .where(Meeting.starts_at < meeting.ends_at, Meeting.ends_at > meeting.starts_at)
        .where(Meeting.cancelled.is_(False))
        .options(joinedload(Meeting.group))
    )
    return list(session.scalars(query.order_by(Meeting.starts_at)))


def facts_of(meeting: Meeting) -> MeetingFacts:
    """What a meeting says now, on its group's clock."""
    return _facts(said(meeting), meeting.group.zone)


def facts_before(changed: MeetingChange) -> MeetingFacts:
    """What a meeting said before a change, on its group's clock."""
    return _facts(changed.before, changed.meeting.group.zone)


def _facts(written: Mapping[str, Any], zone: str) -> MeetingFacts:
    moments = (datetime.fromisoformat(written[name]) for name in ("starts_at", "ends_at"))
    starts, ends = (local_from_utc(at, zone) for at in moments)
    return MeetingFacts(
        starts.date(), starts.time(), ends.time(), written["place"], written["agenda"]
    )


def moved_by(facts: MeetingFacts, meeting: Meeting) -> timedelta:
    """How many days a meeting is moved by what it is to say."""
    return facts.day - local_day(meeting.starts_at, meeting.group.zone)
