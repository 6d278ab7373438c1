"""Who answers for a measure: one definition of being without anybody, for all who ask."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.base import held_on
from models.groups import Seat
from models.measures.measure import Measure
from models.people.organisations import Person
from models.seats.holders import believed


def is_ownerless(on: date) -> ColumnElement[bool]:
    """Measures whose owner is nobody, has left, or holds no active seat in any group on the day.

    Whether such a measure is open, and so stands in the ownerless list, its reports say.
    """
    return ~_seats_of_active(on).where(Seat.person_id == Measure.owner_id).exists()


def has_no_seat_in_group(
    on: date,
    owner: InstrumentedAttribute[int] | InstrumentedAttribute[int | None] = Measure.owner_id,
    group: InstrumentedAttribute[int] = Measure.group_id,
) -> ColumnElement[bool]:
    """Measures, or whatever else has these, whose owner has no active seat in their group."""
    seats = _seats_of_active(on).where(Seat.person_id == owner, Seat.group_id == group)
    return ~seats.exists()


def seated(session: Session, people: Iterable[int], on: date) -> set[int]:
    """Those of the people, by id, who hold an active seat in any group on the day."""
    held = _seats_of_active(on).where(Seat.person_id.in_(set(people)))
    found = session.scalars(held.with_only_columns(Seat.person_id).distinct())
    return {each for each in found if each is not None}


def _seats_of_active(on: date) -> Select[int]:
    return (
        select(Seat.id)
        .join(Person, Person.id == Seat.person_id)
        .where(believed(), held_on(Seat, on), or_(Person.left_on.is_(None), Person.left_on > on))
    )
