"""Finding members by typing part of a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from handlers.requests import OptionsAsked
from models.base import held_on
from models.groups import Seat, SeatRole
from models.message import Choice
from models.people.merge import is_whole
from models.people.organisations import DisplayPolicy, Person, Standing

MOST = 20
LONGEST = 75
"""The longest label that a choice may have."""

RECORDS = ("kept_record", "merged_record")
"""The fields in which the coordinator looks for records, also of those who have left."""


def person_options(session: Session, asker: Person, asked: OptionsAsked) -> tuple[Choice, ...]:
    """The members whose names fit what is typed, the best first.

    Protected ones are offered only to those who change seats, and then by what may be shown of
    them: their organisation and, where it has several, their function. No name finds them.
    """
    on = asked.at.date()
    every = asked.field in RECORDS and asker.standing is Standing.COORDINATOR
    query = select(Person).where(is_whole()).options(joinedload(Person.organisation))
    people = [person for person in session.scalars(query) if every or person.is_active(on)]
    if any(person.display_policy is DisplayPolicy.PROTECTED for person in people):
        people = people if changes_seats(session, asker, on) else _unprotected(people)
    names = _told_apart(people, by_address=every)
    return tuple(
        Choice(label=fitting(names[key]), value=str(key)) for key in _best(names, asked.typed)
    )


def changes_seats(session: Session, asker: Person, on: date) -> bool:
    """Whether somebody may change the seats of any group."""
    leading = select(Seat.id).where(
        held_on(Seat, on),
        Seat.superseded_at.is_(None),
        Seat.person_id == asker.id,
        Seat.role.in_((SeatRole.CHAIR, SeatRole.SECRETARY)),
    )
    return (
        asker.standing is Standing.COORDINATOR
        or session.scalars(leading.limit(1)).first() is not None
    )


def _unprotected(people: Iterable[Person]) -> list[Person]:
    return [person for person in people if person.display_policy is not DisplayPolicy.PROTECTED]


def _told_apart(people: list[Person], *, by_address: bool) -> dict[int, str]:
    """What each is offered as; those who would be called the same are told apart."""
    names = {person.id: _name(person) for person in people}
    for detail in (_with_title, _with_address):
        count = Counter(names.values())
        always = by_address and detail is _with_address
        for person in people:
            if always or count[names[person.id]] > 1:
                names[person.id] = detail(names[person.id], person)
    return names


def _name(person: Person) -> str:
    """The name and the organisation, or what the person's protection lets be shown."""
    return ", ".join(dict.fromkeys((person.shown_as(), person.organisation.name)))


def _with_title(name: str, person: Person) -> str:
    return f"{name}, {person.title}" if person.title not in ("", person.shown_as()) else name


def _with_address(name: str, person: Person) -> str:
    """The work e-mail too, which says the name, so only of those whose name may be shown."""
    return f"{name}, {person.email}" if person.display_policy is DisplayPolicy.SHOWN else name


def _best(names: dict[int, str], typed: str) -> list[int]:
    if not typed.strip():
        return [key for key, _ in sorted(names.items(), key=lambda pair: pair[1])][:MOST]
    found = process.extract(
        typed, names, scorer=fuzz.WRatio, limit=MOST, score_cutoff=60, processor=str.casefold
    )
    return [key for _, _, key in found]


def fitting(name: str) -> str:
    """A name as long as a choice's label may be; a longer one shows that it goes on."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
