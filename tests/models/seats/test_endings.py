"""Which mandates are told to end soon, and since when seats stand empty; without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from models.agreements import Agreement, Level
from models.groups import Group, GroupKind, Seat, SeatBasis, SeatRole
from models.people.organisations import Organisation, OrganisationKind, Person
from models.representation.coverage import Breach, seats_from
from models.seats.empty import gone, missing_parties, vacant
from models.seats.endings import endings

ON = date(2024, 6, 10)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
LONG_AGO = date(2020, 1, 1)
GROUP = Group(
    code="FAR-STYR",
    level=Level.LOCAL,
    kind=GroupKind.STEERING,
    agreement=Agreement(level=Level.LOCAL),
    notice_weeks=6,
)
CITY = Organisation(id=1, name="Farsta", kind=OrganisationKind.DISTRICT_ADMINISTRATION)
POLICE = Organisation(id=2, name="LPO Farsta", kind=OrganisationKind.LOCAL_POLICE_AREA)
MAJA, STINA = Person(id=1, name="Maja"), Person(id=2, name="Stina")


def seat(
    start: date, until: date | None, person: Person | None, position: str = "A", **said: object
) -> Seat:
    """A row, in no database."""
    values: dict[str, object] = {
        "organisation": CITY,
        "role": SeatRole.MEMBER,
        "basis": SeatBasis.ORDINARY,
        "stands_in": False,
        **said,
    }
    return Seat(
        code=f"{position}-{start}",
        position=position,
        group=GROUP,
        valid_from=start,
        valid_until=until,
        person=person,
        recorded_at=datetime(2024, 1, 1, tzinfo=UTC),
        **values,
    )


@pytest.mark.parametrize(
    ("rows", "last_days"),
    [
        ([seat(LONG_AGO, ON + 6 * WEEK, MAJA)], [ON + 6 * WEEK - DAY]),
        ([seat(LONG_AGO, ON + 6 * WEEK + DAY, MAJA)], []),
        ([seat(LONG_AGO, ON, MAJA)], []),
        ([seat(LONG_AGO, None, MAJA)], []),
        ([seat(LONG_AGO, ON + WEEK, None)], []),
        ([seat(LONG_AGO, ON + WEEK, MAJA, stands_in=True)], []),
        ([seat(LONG_AGO, ON + WEEK, None, basis=SeatBasis.ON_DEMAND)], [ON + WEEK - DAY]),
        ([seat(LONG_AGO, ON + WEEK, MAJA), seat(ON + WEEK, None, STINA)], []),
        ([seat(LONG_AGO, ON + WEEK, MAJA), seat(ON + WEEK, None, None)], [ON + WEEK - DAY]),
        ([seat(LONG_AGO, ON + WEEK, MAJA), seat(ON + WEEK, None, STINA, "B")], [ON + WEEK - DAY]),
        ([seat(ON - WEEK, ON + 3 * WEEK, MAJA)], []),
        ([seat(ON - 2 * WEEK, ON + 2 * WEEK, MAJA)], [ON + 2 * WEEK - DAY]),
    ],
)
def test_a_mandate_is_told_to_end_when_it_is_near_and_nobody_follows(
    rows: list[Seat], last_days: list[date]
) -> None:
    assert [each.last_day for each in endings(rows, ON)] == last_days


def test_a_mandate_ends_when_its_holder_leaves() -> None:
    leaving = Person(id=3, name="Ali", left_on=ON + WEEK)
    [ending] = endings([seat(LONG_AGO, ON + 5 * WEEK, leaving)], ON)
    assert ending.last_day == ON + WEEK - DAY


def test_the_mandates_of_a_group_that_ends_with_them_are_no_news() -> None:
    row = seat(LONG_AGO, ON + WEEK, MAJA)
    row.group = Group(code="OST-STYR", notice_weeks=6, valid_until=ON + WEEK)
    assert endings([row], ON) == []


@pytest.mark.parametrize(
    ("rows", "since"),
    [
        ([seat(LONG_AGO, ON, MAJA), seat(ON, None, None)], ON),
        ([seat(LONG_AGO, ON - WEEK, MAJA), seat(ON + WEEK, None, STINA)], ON - WEEK),
        ([seat(LONG_AGO, None, Person(id=4, left_on=ON - DAY))], ON - DAY),
        ([seat(LONG_AGO, ON - WEEK, None), seat(ON - WEEK, None, None)], LONG_AGO),
        ([seat(LONG_AGO, ON, MAJA), seat(ON, None, STINA)], None),
        ([seat(LONG_AGO, ON, MAJA)], None),
    ],
)
def test_a_seat_is_vacant_since_the_first_day_without_anybody(
    rows: list[Seat], since: date | None
) -> None:
    assert [each.since for each in vacant(rows, ON)] == ([since] if since else [])


def test_a_seat_whose_deputy_acts_is_not_vacant() -> None:
    empty = seat(LONG_AGO, None, None)
    deputy = seat(ON, ON + WEEK, STINA, "B", role=SeatRole.DEPUTY, deputy_for=empty, stands_in=True)
    assert vacant([empty, deputy], ON) == []
    assert [each.since for each in vacant([empty, deputy], ON + WEEK)] == [ON + WEEK]


def test_a_seat_is_gone_on_the_day_after_its_last_mandate() -> None:
    rows = [seat(LONG_AGO, ON, MAJA), seat(LONG_AGO, ON - WEEK, MAJA, "B")]
    assert [(each.position, each.since) for each in gone(rows, ON - DAY, ON)] == [("A", ON)]


def test_a_steering_group_misses_a_party_whose_last_seat_is_vacant() -> None:
    rows = [
        seat(LONG_AGO, None, MAJA),
        seat(LONG_AGO, ON, STINA, "B", organisation=POLICE),
        seat(ON, None, None, "B", organisation=POLICE),
    ]
    assert missing_parties(GROUP, seats_from(rows, ON - DAY)) == ()
    assert missing_parties(GROUP, seats_from(rows, ON)) == (Breach.NO_POLICE,)
