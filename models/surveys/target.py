"""Whom a survey asks: the dated member list, each with the cells in which an answer counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agreements import Level
from models.base import held_on
from models.groups import Group, GroupKind, Seat
from models.people.organisations import Person
from models.places.place import District
from models.representation.involvement import (
    concerned,
    degrees,
    districts_of_seats,
    fits,
    is_asked,
    present,
)
from models.seats.holders import holder_on, seats_of_group
from models.surveys.survey import Survey

EVERY = "every:"
"""`every:steering` among the target groups stands for every local steering group of the day."""


@dataclass(frozen=True)
class Asked:
    """A member who is asked, and the codes of where the member stands on that day."""

    person: Person
    district: str
    organisation: str
    party: str
    via_group: str


def asked(session: Session, survey: Survey, on: date) -> list[Asked]:
    """The members of the day whom a survey asks, each once, by the first of their groups."""
    found: dict[int, Asked] = {}
    for group in target_groups(session, survey, on):
        for seat, person in _members(session, survey, group, on):
            found.setdefault(person.id, _placed(group, seat, person, on))
    return list(found.values())


def target_groups(session: Session, survey: Survey, on: date) -> list[Group]:
    """The groups of the day that a survey asks: those named, or the one that made it."""
    if not survey.target_groups:
        return [survey.group]
    kinds = [code.removeprefix(EVERY) for code in survey.target_groups if code.startswith(EVERY)]
    every = (Group.level == Level.LOCAL) & Group.kind.in_([GroupKind(kind) for kind in kinds])
    named = Group.code.in_(survey.target_groups)
    query = select(Group).where(held_on(Group, on), named | every).order_by(Group.code)
    return list(session.scalars(query))


def _members(
    session: Session, survey: Survey, group: Group, on: date
) -> Iterator[tuple[Seat, Person]]:
    """The seats of a group whose holders are asked, for their role and their district."""
    roles = set(survey.target_roles)
    holders = [
        (seat, person)
        for seat in seats_of_group(session, group, on)
        if (not roles or seat.role in roles) and (person := holder_on(seat, on))
    ]
    people = {person.id: person for _, person in holders}
    if survey.target_area:
        wanted = _in_area(session, survey.target_area, group, list(people.values()), on)
    else:
        wanted = {each.id for each in concerned(session, group, people.values(), on, is_asked)}
    return ((seat, person) for seat, person in holders if person.id in wanted)


def _in_area(session: Session, area: str, group: Group, people: list[Person], on: date) -> set[int]:
    placed, spoken = degrees(session, area, on), districts_of_seats(session, group, on)
    found = set()
    for person in people:
        own = _district(group, None, person, on)
        districts = spoken.get(person.id, set()) | ({own.id} if own else set())
        if fits(districts, placed, is_asked):
            found.add(person.id)
    return found


def _placed(group: Group, seat: Seat, person: Person, on: date) -> Asked:
    district = _district(group, seat, person, on)
    return Asked(
        person,
        district=district.code if district else "",
        organisation=person.organisation.code,
        party=person.organisation.party.value,
        via_group=group.code,
    )


def _district(group: Group, seat: Seat | None, person: Person, on: date) -> District | None:
    """The one district that a member stands for: the group's, the organisation's, or the seat's."""
    own = group.district or person.organisation.district
    if own is None and seat is not None and len(seat.represents) == 1:
        own = seat.represents[0]
    return present(own, on) if own is not None else None
