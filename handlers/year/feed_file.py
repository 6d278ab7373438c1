"""The year as a calendar file: meetings with their time, all else as whole days of no zone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from icalendar import Event
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.calendars import OURS, CalendarOf, empty_calendar
from handlers.files.calendar import corrections
from handlers.meetings.events import meeting_event
from handlers.visit import Visit
from handlers.year.scope import seats_of, seen
from handlers.year.words import plain
from models.groups import Group, Seat
from models.intervals import A_DAY
from models.measures.measure import MeasureChange, MeasureStatus
from models.meetings.calendar_feeds import CalendarFeed
from models.meetings.meeting import Meeting
from models.schedule import local_day
from models.year import Due, YearEntry, YearKind, YearOf, entries

BEHIND = timedelta(days=365)
AHEAD = timedelta(days=3 * 365)
"""How far back and ahead a feed goes: agreements are revised every second year."""


def year_file(
    visit: Visit, name: str, found: Sequence[YearEntry], known_at: datetime | None = None
) -> bytes:
    """What is shown of a year, as a file to keep; as it was known at a moment."""
    about = CalendarOf(name, visit.language, visit.at)
    moves = _moves(visit.session, found, known_at)
    return as_ics(visit.session, about, found, (visit.base_url, moves))


def year_feed(session: Session, feed: CalendarFeed, about: CalendarOf, base_url: str) -> bytes:
    """What a member's calendar program reads, of one group or of all that the member sits in."""
    seats = None if feed.group else seats_of(session, feed.person)
    groups = [feed.group] if feed.group else _groups(session, seats or [])
    on = local_day(about.at)
    wanted = YearOf(groups, on - BEHIND, on + AHEAD, seats, seen(session, feed.person, on))
    found = entries(session, wanted)
    return as_ics(session, about, found, (base_url, _moves(session, found)))


def _groups(session: Session, seats: Iterable[Seat]) -> list[Group]:
    query = select(Group).where(Group.id.in_({seat.group_id for seat in seats}))
    return list(session.scalars(query.order_by(Group.id)))


def as_ics(
    session: Session,
    about: CalendarOf,
    found: Sequence[YearEntry],
    beside: tuple[str, Counter[str]],
) -> bytes:
    """The entries as a calendar (RFC 5545); beside them the page's address, and each one's moves.

    Each keeps its name however it moves. Where the tables count its changes they are its
    SEQUENCE; else a newer DTSTAMP alone says which is newer (RFC 5546, 2.1.5).
    """
    calendar = empty_calendar(about, "Year")
    base_url, moves = beside
    groups = _codes(session, found)
    for entry in found:
        if isinstance(entry.about, Meeting):
            calendar.add_component(meeting_event(about, entry.about, base_url))
        else:
            event = _whole_day(about, entry, moves[entry.name])
            if entry.kind is not YearKind.TERTIAL:
                event.add("url", f"{base_url}/groups/{groups[min(entry.groups)]}")
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _whole_day(about: CalendarOf, entry: YearEntry, sequence: int) -> Event:
    event = Event()
    event.add("uid", f"{entry.name}@{OURS}")
    is_off = isinstance(entry.about, Due) and entry.about.status is MeasureStatus.CANCELLED
    words = plain(about.language, entry)
    event.add("summary", about.language._("Cancelled: {group}", group=words) if is_off else words)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + A_DAY)
    event.add("dtstamp", about.at)
    event.add("sequence", sequence + is_off)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _codes(session: Session, found: Iterable[YearEntry]) -> dict[int, str]:
    ids = {group for entry in found for group in entry.groups}
    rows = session.execute(select(Group.id, Group.code).where(Group.id.in_(ids)))
    return {row.id: row.code for row in rows}


def _moves(
    session: Session, found: Sequence[YearEntry], known_at: datetime | None = None
) -> Counter[str]:
    """How often each entry's day was changed, by its name, where that is written down."""
    seats = [entry.about for entry in found if isinstance(entry.about, Seat)]
    corrected = corrections(session, seats, known_at)
    moves = Counter({f"{code}-last": number for code, number in corrected.items()})
    due = {entry.about.measure.id: entry.name for entry in found if isinstance(entry.about, Due)}
    changes = select(MeasureChange.measure_id, MeasureChange.fields).where(
        MeasureChange.measure_id.in_(due)
    )
    if known_at is not None:
        changes = changes.where(MeasureChange.at < known_at)
    rows = session.execute(changes)
    moves.update(due[number] for number, fields in rows if "due_on" in fields)
    return moves
