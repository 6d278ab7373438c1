"""Telling those who lead a group what its channel cannot: its secretary, else its chairs.

Where neither can be reached the coordinators are told, so that nothing is lost in silence.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.occasions.telling import queue_to
from digests.cards import group_card, words_of
from digests.facts import GroupFacts
from handlers.seats.telling import is_reached, speech
from models.delivery.outgoing import Errand
from models.groups import Group, SeatRole
from models.people.organisations import Person, Standing
from models.schedule import local_day
from models.seats.holders import holder_on, seats_of_group


def tell_leading(
    session: Session, group: Group, facts: GroupFacts, key_and_time: tuple[str, datetime]
) -> int:
    """The weekly digest of a group without a channel, and why it comes so; how many got it."""
    key, at = key_and_time
    told = 0
    for person in leading(session, group, at):
        language = speech(person)
        why = words_of("weekly", facts, language)("no_channel")
        errand = Errand("meeting", f"{key}:{person.id}", at, person.id, group.id)
        told += queue_to(session, person, group_card("weekly", facts, language, why), errand)
    return told


def leading(session: Session, group: Group, at: datetime) -> list[Person]:
    """The secretary; where there is none to reach the chairs, and else the coordinators."""
    day = local_day(at, group.zone)
    held = [
        (seat.role, person)
        for seat in seats_of_group(session, group, day)
        if (person := holder_on(seat, day))
    ]
    for role in (SeatRole.SECRETARY, SeatRole.CHAIR):
        found = _reached(session, (person for each, person in held if each is role), at)
        if found:
            return found
    query = select(Person).where(Person.standing == Standing.COORDINATOR).order_by(Person.id)
    return _reached(session, session.scalars(query), at)


def _reached(session: Session, people: Iterable[Person], at: datetime) -> list[Person]:
    found = {person.id: person for person in people}
    return [person for person in found.values() if is_reached(session, person, at)]
