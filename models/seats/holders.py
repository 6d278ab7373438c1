"""Who holds which seat on a day."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload, subqueryload

from models.base import held_on
from models.groups import Group, Seat, SeatRole
from models.people.organisations import Person
from models.rights import Role


def believed(known_at: datetime | None = None) -> ColumnElement[bool]:
    """The rows that are believed now, or that were believed at a moment."""
    if known_at is None:
        return Seat.superseded_at.is_(None)
    later = or_(Seat.superseded_at.is_(None), Seat.superseded_at > known_at)
    return (Seat.recorded_at <= known_at) & later


# Kept as `held_on` is: the whole question is slow to build.
@lru_cache(maxsize=64)
def seats_on(on: date, known_at: datetime | None = None) -> Select[Seat]:
    """The seats that are valid on a day, as known now or at a moment, with what is shown."""
    return seats_ever(known_at).where(held_on(Seat, on))


@lru_cache(maxsize=64)
def seats_ever(known_at: datetime | None = None) -> Select[Seat]:
    """The seats of all days, as known now or at a moment, with what is shown of them."""
    return (
        select(Seat)
        .where(believed(known_at))
        .options(
            joinedload(Seat.group),
            joinedload(Seat.organisation),
            joinedload(Seat.person).joinedload(Person.organisation),
            subqueryload(Seat.represents),
            joinedload(Seat.deputy_for).options(
                joinedload(Seat.organisation), joinedload(Seat.person)
            ),
        )
    )


def seats_of_group(
    session: Session, group: Group, on: date, known_at: datetime | None = None
) -> list[Seat]:
    """A group's seats on a day, chairs first, then secretary, members, deputies, co-opted."""
    query = seats_on(on, known_at).where(Seat.group_id == group.id)
    seats = session.scalars(query).unique().all()
    order = list(SeatRole)
    return sorted(seats, key=lambda seat: (order.index(seat.role), seat.code))


def seats_of_person(
    session: Session, person: Person, on: date, known_at: datetime | None = None
) -> list[Seat]:
    """A person's seats on a day."""
    query = seats_on(on, known_at).where(Seat.person_id == person.id).order_by(Seat.code)
    return list(session.scalars(query).unique())


def holder_on(seat: Seat, on: date, known_at: datetime | None = None) -> Person | None:
    """Who holds the seat on the day; nobody when it is vacant or the holder has left."""
    person = seat.person
    return person if person is not None and person.is_active(on, known_at) else None


def members_of(session: Session, group: Group, on: date) -> list[Person]:
    """The people who hold seats in a group on a day, each once."""
    people = {
        person.id: person
        for seat in seats_of_group(session, group, on)
        if (person := holder_on(seat, on))
    }
    return list(people.values())


def group_roles(session: Session, person: Person, group_id: int, on: date) -> set[Role]:
    """What a person is in a group on a day."""
    held = session.scalars(
        select(Seat.role).where(
            held_on(Seat, on),
            Seat.superseded_at.is_(None),
            Seat.person_id == person.id,
            Seat.group_id == group_id,
        )
    )
    roles = set()
    for role in held:
        roles.add(Role.COLLEAGUE)
        if role is SeatRole.CHAIR:
            roles.add(Role.CHAIR)
        if role is SeatRole.SECRETARY:
            roles.add(Role.SECRETARY)
    return roles
