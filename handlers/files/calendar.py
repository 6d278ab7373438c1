"""A group's mandates as a calendar: the first and the last day of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from icalendar import Event
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from handlers.calendars import OURS, CalendarOf, empty_calendar
from models.groups import Group, Seat
from models.intervals import A_DAY, last_day
from models.language import Language
from models.seats.holders import seats_ever
from models.wording import role_word

PRODUCT = "Mandates"


@dataclass(frozen=True)
class Turn:
    """A day on which a mandate begins or ends; `what` is first or last."""

    seat: Seat
    what: str
    day: date

    @property
    def uid(self) -> str:
        """The event's name for ever: the row's code, without what marks an older belief of it."""
        return f"{_code(self.seat)}-{self.what}@{OURS}"


def mandates(
    session: Session, groups: Sequence[Group], on: date, known_at: datetime | None = None
) -> list[Seat]:
    """The groups' mandates that last on the day or begin after it."""
    query = seats_ever(known_at).where(Seat.group_id.in_([group.id for group in groups]))
    later = Seat.valid_until.is_(None) | (Seat.valid_until > on)
    query = query.where(later).order_by(Seat.valid_from, Seat.code)
    return list(session.scalars(query).unique())


def turns(seats: Iterable[Seat], on: date) -> Iterator[Turn]:
    """The first and last days of what somebody holds, and when seats become vacant ahead."""
    for seat in seats:
        if seat.person is not None or seat.valid_from > on:
            yield Turn(seat, "first", seat.valid_from)
        if seat.valid_until is not None and seat.person is not None:
            yield Turn(seat, "last", last_day(seat.valid_until))


def corrections(session: Session, seats: Sequence[Seat], known_at: datetime | None) -> Counter[str]:
    """How often each row has been corrected until the moment, by its code."""
    groups = {seat.group_id for seat in seats}
    past: ColumnElement[bool] = Seat.superseded_at.is_not(None)
    if known_at is not None:
        past = Seat.superseded_at <= known_at
    codes = session.scalars(select(Seat.code).where(Seat.group_id.in_(groups), past))
    return Counter(code.partition("~")[0] for code in codes if "~" in code)


def as_ics(about: CalendarOf, found: Iterable[Turn], corrected: Counter[str]) -> bytes:
    """The days as a calendar file; the same event has the same name in every file."""
    calendar = empty_calendar(about, PRODUCT)
    for turn in found:
        calendar.add_component(_event(about, turn, corrected[_code(turn.seat)]))
    return bytes(calendar.to_ical())


def _event(about: CalendarOf, turn: Turn, sequence: int) -> Event:
    event = Event()
    event.add("uid", turn.uid)
    event.add("summary", _summary(about.language, turn))
    event.add("dtstart", turn.day)
    event.add("dtend", turn.day + A_DAY)
    event.add("dtstamp", about.at)
    event.add("last-modified", turn.seat.recorded_at)
    event.add("sequence", sequence)
    event.add("transp", "TRANSPARENT")
    return event


def _summary(language: Language, turn: Turn) -> str:
    """What happens that day, with a protected holder as they may be shown."""
    _ = language._
    seat = turn.seat
    place = f"{role_word(language, seat.role)}, {seat.organisation.name}"
    if seat.person is None:
        return _("{group}: seat becomes vacant – {seat}", group=seat.group.name, seat=place)
    place = f"{place} ({seat.person.reached_as()})"
    if turn.what == "first":
        return _("{group}: mandate begins – {seat}", group=seat.group.name, seat=place)
    return _("{group}: mandate's last day – {seat}", group=seat.group.name, seat=place)


def _code(seat: Seat) -> str:
    return seat.code.partition("~")[0]
