"""Who speaks for a party in a group on a day: its chair, whoever acts for the chair, or nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.groups import Group, Seat, SeatRole
from models.people.organisations import Party, Person, Standing
from models.seats.holders import holder_on, seats_ever
from models.seats.occupancy import Occupancy, occupancies

PARTIES = (Party.CITY, Party.POLICE)
"""Whose chairs approve, in the order in which they are named."""


@dataclass(frozen=True)
class PartyVoice:
    """Who may answer for a party in a group on a day: its chair and whoever acts for the chair.

    Where there is none, `chair_is_missing`, and the coordinators may answer in the chair's place.
    """

    people: tuple[Person, ...]
    chair_is_missing: bool = False

    def includes(self, person: Person) -> bool:
        """Whether the person is one of them."""
        return any(each.id == person.id for each in self.people)


Voices = Mapping[Party, PartyVoice]


def voices_in(session: Session, groups: Iterable[int], on: date) -> dict[int, Voices]:
    """Who may answer for each party in each of the groups, by their ids, on a day."""
    wanted = set(groups)
    if not wanted:
        return {}
    query = seats_ever().where(
        Seat.group_id.in_(wanted), Seat.role.in_((SeatRole.CHAIR, SeatRole.DEPUTY))
    )
    chairs = _chairs(session.scalars(query).unique(), on)
    has_all = all((group, party) in chairs for group in wanted for party in PARTIES)
    instead = PartyVoice(() if has_all else coordinators(session, on), chair_is_missing=True)
    return {
        group: {party: chairs.get((group, party), instead) for party in PARTIES} for group in wanted
    }


def voices_of(session: Session, group: Group, on: date) -> Voices:
    """Who may answer for each party in a group on a day."""
    return voices_in(session, [group.id], on)[group.id]


def coordinators(session: Session, on: date) -> tuple[Person, ...]:
    """The coordinators who work here on a day."""
    query = select(Person).where(Person.standing == Standing.COORDINATOR).order_by(Person.id)
    people = session.scalars(query.options(joinedload(Person.organisation)))
    return tuple(person for person in people if person.is_active(on))


def _chairs(seats: Iterable[Seat], on: date) -> dict[tuple[int, Party], PartyVoice]:
    """The voice of each party of each group that has one, from seats of any days."""
    found: dict[tuple[int, Party], dict[int, Person]] = {}
    for occupancy in occupancies(seats, on):
        for seat, person in _speakers(occupancy, on):
            key = (seat.group_id, seat.organisation.party)
            found.setdefault(key, {})[person.id] = person
    return {key: PartyVoice(tuple(people.values())) for key, people in found.items()}


def _speakers(occupancy: Occupancy, on: date) -> Iterator[tuple[Seat, Person]]:
    """The chair's seat with each who may speak from it: its holders, and who acts for them."""
    seats = [*occupancy.mandates]
    if not seats:
        seats = [each.deputy_for for each in occupancy.deputies if each.deputy_for]
    for seat in seats:
        if seat.role is not SeatRole.CHAIR:
            continue
        holder = holder_on(seat, on) if seat.holds_on(on) else None
        for person in (holder, occupancy.acting):
            if person is not None:
                yield seat, person
