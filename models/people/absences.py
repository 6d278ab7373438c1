"""When members are away: who is asked nothing on a day, and which days count for an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.base import held_on
from models.intervals import A_DAY
from models.people.organisations import Absence, Person
from models.schedule import is_quiet, is_working_day


def away(session: Session, people: Iterable[int], on: date) -> dict[int, date]:
    """The last day of their absence for those of the people who are away on a day."""
    query = select(Absence).where(
        Absence.person_id.in_(set(people)), Absence.withdrawn_at.is_(None), held_on(Absence, on)
    )
    until: dict[int, date] = {}
    for row in session.scalars(query):
        last = (row.valid_until or date.max) - A_DAY
        until[row.person_id] = max(last, until.get(row.person_id, last))
    return until


def spells(session: Session, people: Iterable[int]) -> dict[int, list[Absence]]:
    """All absences of the people that were not withdrawn, past and coming, in order."""
    query = (
        select(Absence)
        .where(Absence.person_id.in_(set(people)), Absence.withdrawn_at.is_(None))
        .order_by(Absence.valid_from, Absence.id)
    )
    found: dict[int, list[Absence]] = defaultdict(list)
    for row in session.scalars(query):
        found[row.person_id].append(row)
    return found


def set_absence(
    session: Session, person: Person, days: tuple[date, date], by: Person, at: datetime
) -> Absence:
    """Writes that a member is away from a day to another, both included.

    What was said before of any of these days gives way, and keeps the days outside them.
    """
    first, last = days
    _give_way(session, person, first, last, at)
    row = Absence(
        person_id=person.id,
        set_by_id=by.id,
        set_at=at,
        valid_from=first,
        valid_until=last + A_DAY,
    )
    session.add(row)
    session.flush()
    return row


def withdraw(session: Session, person: Person, on: date, at: datetime) -> bool:
    """Ends the absence that goes on, and takes back those to come; says whether there was any."""
    found = coming(session, person, on)
    for row in found:
        _keep(session, row, None, on)
        row.withdrawn_at = at
    return bool(found)


def coming(session: Session, person: Person, on: date) -> list[Absence]:
    """A member's absences that go on or are to come, in order."""
    mine = spells(session, [person.id])[person.id]
    return [row for row in mine if row.valid_until is None or row.valid_until > on]


def _give_way(session: Session, person: Person, first: date, last: date, at: datetime) -> None:
    """Takes back what overlaps the days, and writes again what of it lies outside them."""
    for row in spells(session, [person.id])[person.id]:
        if row.valid_from <= last and (row.valid_until is None or row.valid_until > first):
            _keep(session, row, None, first)
            _keep(session, row, last + A_DAY, None)
            row.withdrawn_at = at


def _keep(session: Session, row: Absence, since: date | None, until: date | None) -> None:
    """The part of an absence from one day until another as a row of its own, if there is any."""
    begins = max(row.valid_from, since or row.valid_from)
    ends = min(row.valid_until or date.max, until or row.valid_until or date.max)
    if begins < ends:
        part = Absence(
            person_id=row.person_id,
            set_by_id=row.set_by_id,
            set_at=row.set_at,
            valid_from=begins,
            valid_until=ends,
        )
        session.add(part)


def days_to_answer(since: date, until: date, spells: Sequence[Absence]) -> int:
    """How many days after one and up to another a member could answer on.

    Weekends, red days, July and the member's own absence do not count.
    """
    number, day = 0, since
    while day < until:
        day += A_DAY
        number += is_working_day(day) and not is_quiet(day) and not _is_away(spells, day)
    return number


def _is_away(spells: Sequence[Absence], day: date) -> bool:
    return any(row.holds_on(day) for row in spells)


def absences_ever(session: Session, person: Person) -> int:
    """How many absences have been written for a person, also those that were taken back."""
    query = select(func.count()).select_from(Absence).where(Absence.person_id == person.id)
    return session.scalar(query) or 0
