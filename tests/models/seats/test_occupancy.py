"""For each seat and day exactly one of held, deputised, vacant and in conflict."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.groups import Group, Seat, SeatBasis, SeatRole
from models.people.organisations import Person
from models.seats.holders import seats_ever
from models.seats.occupancy import Filling, Occupancy, occupancies

START = date(2024, 1, 1)
NOW = datetime(2024, 1, 1, 8, tzinfo=UTC)
PEOPLE = [Person(id=number, name=f"Person {number}") for number in (1, 2)]

days = st.integers(0, 30).map(lambda number: START + timedelta(days=number))


def seat(position: str, start: date, until: date | None, person: Person | None) -> Seat:
    """A row of a seat, in no database."""
    return Seat(
        code=f"{position}-{start}",
        position=position,
        role=SeatRole.MEMBER,
        basis=SeatBasis.ORDINARY,
        valid_from=start,
        valid_until=until,
        person=person,
        stands_in=False,
        recorded_at=NOW,
    )


def deputy(row: Seat, deputised: Seat, *, stands_in: bool = False) -> Seat:
    """The row as a deputy's of another seat."""
    row.role, row.deputy_for, row.stands_in = SeatRole.DEPUTY, deputised, stands_in
    return row


@st.composite
def histories(draw: st.DrawFn) -> list[Seat]:
    """Rows of one seat, overlapping and with gaps as it happens, and perhaps a deputy's."""
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        start = draw(days)
        length = draw(st.none() | st.integers(1, 12))
        until = None if length is None else start + timedelta(days=length)
        rows.append(seat("A", start, until, draw(st.sampled_from([*PEOPLE, None]))))
    if draw(st.booleans()):
        start = draw(days)
        end = start + timedelta(days=draw(st.integers(1, 12)))
        row = seat("B", start, end, draw(st.sampled_from([*PEOPLE, None])))
        rows.append(deputy(row, rows[0], stands_in=draw(st.booleans())))
    return rows


def states(rows: list[Seat], on: date) -> dict[str, Occupancy]:
    """How each seat is filled on a day."""
    return {found.position: found for found in occupancies(rows, on)}


@given(histories(), days)
def test_a_seat_that_exists_is_filled_in_exactly_one_way(rows: list[Seat], on: date) -> None:
    found = [each for each in occupancies(rows, on) if each.position == "A"]
    mandates = [row for row in rows if row.position == "A"]
    valid = [row for row in mandates if row.holds_on(on)]
    exists = bool(valid) or (
        any(row.valid_from <= on for row in mandates)
        and any(on < row.valid_from for row in mandates)
    )
    assert len(found) == exists
    for each in found:
        held = len(valid) == 1 and valid[0].person is not None
        deputies = [row for row in rows if row.deputy_for and row.person and row.holds_on(on)]
        stood_in = any(row.stands_in for row in deputies)
        claims = {
            Filling.IN_CONFLICT: len(valid) > 1,
            Filling.DEPUTISED: len(valid) <= 1 and bool(deputies) and (stood_in or not held),
            Filling.HELD: held and not stood_in,
            Filling.VACANT: len(valid) <= 1 and not held and not deputies,
        }
        assert [filling for filling, true in claims.items() if true] == [each.filling]


@given(histories(), days)
def test_somebody_acts_exactly_when_the_seat_is_held_or_deputised(
    rows: list[Seat], on: date
) -> None:
    for found in occupancies(rows, on):
        acts = found.filling in (Filling.HELD, Filling.DEPUTISED)
        assert (found.acting is not None) == acts


@given(histories(), days)
def test_the_order_of_the_rows_does_not_matter(rows: list[Seat], on: date) -> None:
    forward = {position: found.filling for position, found in states(rows, on).items()}
    backward = states(rows[::-1], on)
    assert {position: found.filling for position, found in backward.items()} == forward


def test_who_stands_in_acts_while_the_holder_is_away() -> None:
    holder = seat("A", START, None, PEOPLE[0])
    away = seat("B", START, date(2024, 2, 1), PEOPLE[1])
    rows = [holder, deputy(away, holder, stands_in=True)]
    during, after = (states(rows, on)["A"] for on in (START, date(2024, 2, 1)))
    assert (during.filling, during.acting) == (Filling.DEPUTISED, PEOPLE[1])
    assert (after.filling, after.acting) == (Filling.HELD, PEOPLE[0])


def test_an_ordinary_deputy_acts_only_where_the_seat_is_vacant() -> None:
    holder = seat("A", START, date(2024, 2, 1), PEOPLE[0])
    empty = seat("A", date(2024, 2, 1), None, None)
    rows = [holder, empty, deputy(seat("B", START, None, PEOPLE[1]), holder)]
    assert states(rows, START)["A"].acting is PEOPLE[0]
    assert states(rows, date(2024, 2, 1))["A"].acting is PEOPLE[1]


def test_a_holder_who_left_leaves_the_seat_vacant() -> None:
    gone = Person(id=3, name="Gone", left_on=date(2024, 1, 5))
    rows = [seat("A", START, None, gone)]
    assert states(rows, date(2024, 1, 4))["A"].filling is Filling.HELD
    assert states(rows, date(2024, 1, 5))["A"].filling is Filling.VACANT


def test_an_organisation_that_was_co_opted_without_a_name_holds_its_seat() -> None:
    row = seat("A", START, date(2024, 2, 1), None)
    row.basis = SeatBasis.ON_DEMAND
    found = states([row], START)["A"]
    assert (found.filling, found.acting, found.is_on_demand) == (Filling.HELD, None, True)


def test_a_seat_between_two_mandates_is_vacant_and_after_the_last_is_not_there() -> None:
    rows = [
        seat("A", START, date(2024, 1, 10), PEOPLE[0]),
        seat("A", date(2024, 1, 20), date(2024, 2, 1), PEOPLE[1]),
    ]
    assert states(rows, date(2024, 1, 15))["A"].filling is Filling.VACANT
    assert states(rows, date(2024, 2, 1)) == {}


@pytest.mark.parametrize("on", [date(2020, 6, 1), date(2021, 10, 1), date(2024, 6, 10)])
def test_no_seat_of_stockholm_is_in_conflict(stockholm_session: Session, on: date) -> None:
    for group in stockholm_session.scalars(select(Group)).all():
        query = seats_ever().where(Seat.group_id == group.id)
        rows = stockholm_session.scalars(query).unique().all()
        fillings = {found.filling for found in occupancies(rows, on)}
        assert Filling.IN_CONFLICT not in fillings
