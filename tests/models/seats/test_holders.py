"""Who holds which seat on a day, and what that makes them in the group."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.groups import Group, Seat
from models.people.organisations import Person
from models.rights import Role
from models.seats.holders import group_roles, holder_on, members_of, seats_of_group, seats_of_person

ON = date(2024, 6, 10)


def group(session: Session, code: str = "FAR-STYR") -> Group:
    """A group by its code."""
    return session.scalars(select(Group).where(Group.code == code)).one()


def person(session: Session, name: str) -> Person:
    """A person by name."""
    return session.scalars(select(Person).where(Person.name == name)).one()


def test_a_groups_seats_stand_by_role(stockholm_session: Session) -> None:
    seats = seats_of_group(stockholm_session, group(stockholm_session), ON)
    roles = [seat.role.value for seat in seats]
    assert roles[:3] == ["chair", "chair", "secretary"]
    assert roles[-2:] == ["co_opted", "co_opted"]


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (date(2021, 8, 31), False),
        (date(2021, 9, 1), True),
        (date(2024, 6, 10), True),
    ],
)
def test_a_seat_is_held_from_its_first_day(
    stockholm_session: Session, on: date, holds: bool
) -> None:
    names = [each.name for each in members_of(stockholm_session, group(stockholm_session), on)]
    assert ("Stina Hallgren" in names) == holds


@pytest.mark.parametrize(
    ("left_on", "holds"), [(None, True), (date(2024, 6, 11), True), (date(2024, 6, 10), False)]
)
def test_who_has_left_holds_nothing_from_that_day(
    stockholm_session: Session, left_on: date | None, holds: bool
) -> None:
    stina = person(stockholm_session, "Stina Hallgren")
    stina.left_on = left_on
    seat = next(
        each
        for each in seats_of_group(stockholm_session, group(stockholm_session), ON)
        if each.person_id == stina.id
    )
    assert (holder_on(seat, ON) is stina) == holds
    assert (stina in members_of(stockholm_session, group(stockholm_session), ON)) == holds


def test_a_row_that_was_corrected_is_believed_no_more(stockholm_session: Session) -> None:
    seats = seats_of_group(stockholm_session, group(stockholm_session), ON)
    seats[0].superseded_at = seats[0].recorded_at
    stockholm_session.flush()
    assert len(seats_of_group(stockholm_session, group(stockholm_session), ON)) == len(seats) - 1


def test_a_persons_seats_are_those_of_the_day(stockholm_session: Session) -> None:
    stina = person(stockholm_session, "Stina Hallgren")
    codes = {seat.group.code for seat in seats_of_person(stockholm_session, stina, ON)}
    assert {"FAR-STYR", "CEN-STYR"} <= codes
    assert seats_of_person(stockholm_session, stina, date(2015, 1, 1)) == []


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("Stina Hallgren", {Role.COLLEAGUE, Role.CHAIR}),
        ("Maja Ekvall", {Role.COLLEAGUE, Role.SECRETARY}),
        ("Fatima El Amrioui", {Role.COLLEAGUE}),
        ("Oskar Fahlgrim", set()),
    ],
)
def test_a_seat_makes_somebody_something_in_the_group(
    stockholm_session: Session, name: str, roles: set[Role]
) -> None:
    who = person(stockholm_session, name)
    assert group_roles(stockholm_session, who, group(stockholm_session).id, ON) == roles


def test_nobody_is_two_members_of_one_group(stockholm_session: Session) -> None:
    for each in stockholm_session.scalars(select(Group)):
        people = members_of(stockholm_session, each, ON)
        assert len(people) == len({member.id for member in people})


def test_every_seat_of_the_demo_has_a_group_that_stands_as_long(
    stockholm_session: Session,
) -> None:
    for seat in stockholm_session.scalars(select(Seat)):
        assert seat.group.valid_from <= seat.valid_from
