"""Whom a group's decisions and points concern outside the group, and with which of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.agreements import Level
from models.groups import Group, GroupKind, Seat, SeatRole
from models.meetings.decisions import Decided
from models.meetings.points import PointFacts
from models.people.organisations import Person
from models.places.place import District
from models.representation.involvement import present
from models.seats.holders import holder_on, seats_on

LEADING = (SeatRole.CHAIR, SeatRole.SECRETARY)


@dataclass
class Affected:
    """Somebody outside the group, with the decisions and points that concern them."""

    person: Person
    decisions: list[Decided] = field(default_factory=list)
    points: list[PointFacts] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """What is told of a group on a day, and to which of its members it is told anyway."""

    group: Group
    decisions: Sequence[Decided]
    points: Sequence[PointFacts]
    members: frozenset[int]


def affected(session: Session, told: Told, on: date) -> list[Affected]:
    """Those outside the group: who leads in a district concerned, who acts, and who has a point.

    The group's own district is told by the group itself; what is restricted goes to nobody else.
    """
    found: dict[int, Affected] = {}
    leading = _leading(session, told, on)
    for decided in (each for each in told.decisions if not each.is_restricted):
        people = dict.fromkeys(
            (*_concerned(decided, leading), *_acting(session, told, decided, on))
        )
        for person in people:
            found.setdefault(person.id, Affected(person)).decisions.append(decided)
    for facts in (each for each in told.points if not each.point.restricted):
        if (owner := facts.owner) is not None:
            found.setdefault(owner.id, Affected(owner)).points.append(facts)
    return [each for key, each in sorted(found.items()) if key not in told.members]


Leading = Mapping[str, Sequence[tuple[Seat, Person]]]
"""The seats of those who lead a district's steering group, by the district's code."""


def _concerned(decided: Decided, leading: Leading) -> Iterator[Person]:
    """The chairs and secretaries of the districts, of the parties concerned where not both are."""
    parties = decided.wording.parties
    for code in _codes(decided):
        for seat, person in leading.get(code, ()):
            if not parties or seat.organisation.party in parties:
                yield person


def _codes(decided: Decided) -> list[str]:
    """The districts that it concerns, also those that it did before it was corrected."""
    former = decided.replaces.districts if decided.replaces else ()
    return list(dict.fromkeys((*decided.wording.districts, *former)))


def _leading(session: Session, told: Told, on: date) -> Leading:
    codes = {code for each in told.decisions for code in _codes(each)}
    own = told.group.district.code if told.group.district else ""
    query = select(District).where(District.code.in_(codes - {own}))
    districts = {each.code: present(each, on).id for each in session.scalars(query)}
    held: dict[int | None, list[tuple[Seat, Person]]] = defaultdict(list)
    if districts:
        seats = _steering(session, on, Group.district_id.in_(districts.values()))
        for seat, person in seats:
            if seat.role in LEADING:
                held[seat.group.district_id].append((seat, person))
    return {code: held[key] for code, key in districts.items()}


def _acting(session: Session, told: Told, decided: Decided, on: date) -> Iterable[Person]:
    """Who sits for the organisation that carries it out, where it has no seat in the group."""
    organisation = decided.wording.organisation
    if organisation is None:
        return ()
    in_group = select(Seat.id).where(
        Seat.group_id == told.group.id,
        Seat.organisation_id == organisation.id,
        Seat.person_id.in_(told.members),
    )
    if session.scalars(in_group.limit(1)).first() is not None:
        return ()
    district = select(District.id).where(District.code.in_(_codes(decided)))
    where = (Group.level == Level.CENTRAL) | Group.district_id.in_(district)
    seats = _steering(session, on, where & (Seat.organisation_id == organisation.id))
    return [person for _seat, person in seats]


def _steering(session: Session, on: date, where: ColumnElement[bool]) -> list[tuple[Seat, Person]]:
    query = (
        seats_on(on)
        .join(Seat.group)
        .where(Group.kind == GroupKind.STEERING, where)
        .order_by(Seat.code)
    )
    seats = session.scalars(query).unique()
    return [(seat, person) for seat in seats if (person := holder_on(seat, on))]
