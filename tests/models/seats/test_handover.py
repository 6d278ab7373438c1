"""Handing over: what a former holder answered for follows the seat, and comes back when undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.groups import Seat, SeatRole
from models.measures.measure import Measure
from models.measures.ownership import is_ownerless, seated
from models.measures.workload import open_measures
from models.meetings.action_points import PointEvent
from models.meetings.plans import By
from models.meetings.points import point_now, set_event
from models.people.organisations import Person
from models.records import AuditEntry
from models.seats.changes import ChangeKind, Ledger, SeatChange, undo
from models.seats.handover import Handover, Succession, hand_over, successions, take_back
from models.seats.holders import seats_of_group
from tests.digests.village import MONDAY, NOW, Village

DAY = timedelta(days=1)


@pytest.fixture
def village(session: Session) -> Village:
    """Maja is the secretary and answers for two open measures and one that is done."""
    village = Village(session)
    for code in ("FAR-001", "FAR-002", "FAR-003"):
        village.measure(code, village.maja)
    village.report(session.scalars(select(Measure)).all()[2], "done", DAY)
    return village


def seat_of(village: Village, person: Person) -> Seat:
    query = select(Seat).where(Seat.person_id == person.id, Seat.superseded_at.is_(None))
    return village.session.scalars(query).one()


def replace(village: Village, former: Person, heir: Person, on: date = MONDAY) -> SeatChange:
    """The heir takes the former's seat from a day on, as the form in the chat does it."""
    seat = seat_of(village, former)
    ledger = Ledger.open(village.session, ChangeKind.REPLACED, village.group, None, NOW)
    ledger.revise(seat, valid_until=on)
    ledger.add(
        Seat(
            code="",
            position=seat.position,
            group_id=seat.group_id,
            role=seat.role,
            organisation_id=seat.organisation_id,
            person_id=heir.id,
            valid_from=on,
        )
    )
    return ledger.change


def morning(session: Session, day: date) -> list[Handover]:
    """What the timetable does, without its messages."""
    at = datetime.combine(day, time(8), UTC)
    done = [hand_over(session, each.ended, each.successor, at) for each in due(session, day)]
    return [found for found in done if found is not None]


def due(session: Session, day: date) -> Sequence[Succession]:
    session.flush()
    session.expire_all()
    return successions(session, day)


def owned(session: Session, person: Person) -> list[str]:
    query = select(Measure.code).where(Measure.owner_id == person.id)
    return list(session.scalars(query.order_by(Measure.code)))


def test_open_measures_follow_the_seat_once_and_what_is_done_stays(village: Village) -> None:
    stina = village.person("Stina Hallgren", village.city)
    replace(village, village.maja, stina)
    [found] = morning(village.session, MONDAY)
    assert (found.former, found.successor) == (village.maja, stina)
    assert [each.code for each in found.measures] == ["FAR-001", "FAR-002"]
    assert owned(village.session, stina) == ["FAR-001", "FAR-002"]
    assert owned(village.session, village.maja) == ["FAR-003"]
    moves = village.session.scalars(select(AuditEntry).where(AuditEntry.action == "measure_moved"))
    assert [(row.subject, row.detail["from"], row.detail["to"]) for row in moves] == [
        ("measure:FAR-001", village.maja.id, stina.id),
        ("measure:FAR-002", village.maja.id, stina.id),
    ]
    assert morning(village.session, MONDAY) == morning(village.session, MONDAY + DAY) == []


def test_nothing_moves_before_the_successors_first_day(village: Village) -> None:
    replace(village, village.maja, village.person("Stina", village.city), MONDAY + 7 * DAY)
    assert morning(village.session, MONDAY + 6 * DAY) == []
    assert len(morning(village.session, MONDAY + 7 * DAY)) == 1


def test_who_keeps_another_seat_in_the_group_keeps_the_measures(village: Village) -> None:
    village.session.flush()
    other = seat_of(village, village.jonas)
    replace(village, village.maja, village.jonas)
    other.person = village.maja
    assert morning(village.session, MONDAY) == []
    assert owned(village.session, village.maja) == ["FAR-001", "FAR-002", "FAR-003"]


def test_a_coming_meeting_is_handed_over_even_without_any_measure(village: Village) -> None:
    for measure in village.session.scalars(select(Measure)):
        measure.owner_id = None
    replace(village, village.maja, village.person("Stina", village.city))
    assert morning(village.session, MONDAY) == []
    village.meeting(NOW + 8 * DAY)
    [found] = morning(village.session, MONDAY)
    assert found.measures == ()


def test_an_undone_change_gives_the_measures_back(village: Village) -> None:
    stina = village.person("Stina Hallgren", village.city)
    change = replace(village, village.maja, stina)
    morning(village.session, MONDAY)
    [first, second] = open_measures(village.session, Measure.owner_id == stina.id)
    second.owner_id = village.jonas.id
    undo(village.session, change, None, NOW + timedelta(hours=1))
    back = take_back(village.session, change, NOW + timedelta(hours=1))
    assert back == [first]
    assert owned(village.session, village.maja) == ["FAR-001", "FAR-003"]
    assert owned(village.session, village.jonas) == ["FAR-002"]
    assert take_back(village.session, change, NOW + timedelta(hours=2)) == []
    assert morning(village.session, MONDAY + DAY) == []


def test_open_action_points_follow_the_seat_and_an_undone_change_gives_them_back(
    village: Village,
) -> None:
    stina = village.person("Stina Hallgren", village.city)
    hers, done = village.point(village.maja, MONDAY), village.point(village.maja, MONDAY)
    others = village.point(village.jonas, MONDAY)
    by = By(village.maja, NOW)
    set_event(village.session, point_now(village.session, done), PointEvent.DONE, by)
    change = replace(village, village.maja, stina)
    [found] = morning(village.session, MONDAY)
    assert [(each.point, each.owner) for each in found.points] == [(hers, stina)]
    assert [point_now(village.session, each).owner for each in (done, others)] == [
        village.maja,
        village.jonas,
    ]
    undo(village.session, change, None, NOW + timedelta(hours=1))
    take_back(village.session, change, NOW + timedelta(hours=1))
    assert point_now(village.session, hers).owner is village.maja


def test_a_point_left_behind_goes_to_a_later_successor(village: Village) -> None:
    for measure in village.session.scalars(select(Measure)):
        measure.owner_id = None
    point = village.point(village.maja, MONDAY)
    village.maja.left_on = MONDAY
    assert morning(village.session, MONDAY) == []
    stina = village.person("Stina", village.city)
    replace(village, village.maja, stina, MONDAY + 20 * DAY)
    village.session.flush()
    assert len(morning(village.session, MONDAY + 25 * DAY)) == 1
    assert point_now(village.session, point).owner is stina


def test_a_row_whose_name_was_corrected_hands_over_what_nobody_answers_for(
    village: Village,
) -> None:
    stina = village.person("Stina Hallgren", village.city)
    seat = seat_of(village, village.maja)
    Ledger.open(village.session, ChangeKind.REPLACED, village.group, None, NOW).revise(
        seat, person_id=stina.id
    )
    [found] = morning(village.session, MONDAY)
    assert [each.code for each in found.measures] == ["FAR-001", "FAR-002"]


def test_a_successor_after_a_vacant_time_gets_what_was_left(village: Village) -> None:
    village.maja.left_on = MONDAY
    assert morning(village.session, MONDAY) == []
    assert ownerless(village.session, MONDAY) == {"FAR-001", "FAR-002"}
    replace(village, village.maja, village.person("Stina", village.city), MONDAY + 20 * DAY)
    assert len(morning(village.session, MONDAY + 20 * DAY)) == 1
    assert ownerless(village.session, MONDAY + 20 * DAY) == set()


def ownerless(session: Session, on: date) -> set[str]:
    session.flush()
    session.expire_all()
    return {measure.code for measure in open_measures(session, is_ownerless(on))}


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["appoint", "replace", "end", "leave", "correct", "own", "wait"]),
        st.integers(0, 4),
        st.integers(0, 4),
        st.integers(1, 9),
    ),
    max_size=6,
)


class Year:
    """The village's seats as they are changed at random, one event after the other."""

    def __init__(self, session: Session) -> None:
        self.village = Village(session)
        self.day = MONDAY
        village = self.village
        names = ("Stina", "Ali", "Berit")
        self.people = [
            village.maja,
            village.jonas,
            *(village.person(n, village.city) for n in names),
        ]
        self.measures = [village.measure(f"FAR-{n:03}", self.people[n % 2]) for n in range(4)]
        session.flush()

    def happens(self, what: str, one: int, other: int, days: int) -> None:
        """Lets an event happen on the day, and some days pass."""
        seats = seats_of_group(self.village.session, self.village.group, self.day)
        seat = seats[one % len(seats)] if seats else None
        person = self.people[other]
        if what == "appoint":
            self._add(f"FAR-BER-N{self.day}", person)
        elif what == "leave":
            person.left_on = self.day
        elif what == "own":
            self.measures[one % 4].owner_id = person.id
        elif seat is not None and what != "wait":
            self._change(what, seat, person)
        self.village.session.flush()
        self.day += days * DAY

    def _change(self, what: str, seat: Seat, person: Person) -> None:
        if what == "correct":
            self._ledger().revise(seat, person_id=person.id)
        elif seat.valid_from < self.day:
            self._ledger().revise(seat, valid_until=self.day)
            if what == "replace":
                self._add(seat.position, person, seat.role)

    def _add(self, position: str, person: Person, role: SeatRole = SeatRole.MEMBER) -> None:
        self._ledger().add(
            Seat(
                code="",
                position=position,
                group_id=self.village.group.id,
                role=role,
                organisation_id=self.village.city.id,
                person_id=person.id,
                valid_from=self.day,
            )
        )

    def _ledger(self) -> Ledger:
        at = datetime.combine(self.day, time(9), UTC)
        village = self.village
        return Ledger.open(village.session, ChangeKind.REPLACED, village.group, None, at)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS)
def test_every_open_measure_has_an_owner_with_a_seat_or_stands_in_the_ownerless_list(
    session: Session, events: list[tuple[str, int, int, int]]
) -> None:
    with session.begin_nested() as example:
        year = Year(session)
        for event in events:
            year.happens(*event)
            morning(session, year.day)
            listed = ownerless(session, year.day)
            for measure in year.measures:
                active = seated(session, [measure.owner_id or 0], year.day)
                assert bool(active) is (measure.code not in listed)
            # Whoever has a successor has nothing left: a second look finds nothing to move.
            assert [found for found in morning(session, year.day) if found.measures] == []
        example.rollback()
