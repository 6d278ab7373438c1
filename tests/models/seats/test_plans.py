"""What a planned change of seats writes, what makes it impossible, and what it would cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.agreements import Level
from models.groups import Group, GroupKind, Seat, SeatBasis, SeatRole
from models.people.organisations import Organisation, OrganisationKind, Party, Person
from models.places.place import District
from models.seats.changes import ChangeKind
from models.seats.faults import FaultKind, faults
from models.seats.occupancy import Filling, Occupancy, occupancies
from models.seats.plans import Plan, entries, is_held, rows_after
from models.seats.warnings import WarningKind, warnings

START = date(2024, 1, 1)
TODAY = date(2024, 6, 10)
NOW = datetime(2024, 1, 1, 8, tzinfo=UTC)
CITY = Organisation(
    id=1,
    code="SDF",
    name="Farsta stadsdelsförvaltning",
    kind=OrganisationKind.DISTRICT_ADMINISTRATION,
    party=Party.CITY,
    valid_from=START,
)
POLICE = Organisation(
    id=2,
    code="LPO",
    name="LPO Farsta",
    kind=OrganisationKind.LOCAL_POLICE_AREA,
    party=Party.POLICE,
    valid_from=START,
)
GROUP = Group(
    id=1, code="G", name="G", kind=GroupKind.STEERING, level=Level.LOCAL, valid_from=START
)
ANNA, BO, CARIN = (Person(id=n, name=name, organisation=CITY) for n, name in enumerate("ABC", 1))
DAVID = Person(id=4, name="D", organisation=POLICE)
ERIK = Person(id=5, name="E", organisation=CITY, left_on=date(2024, 3, 1))
SUMMER, AUTUMN = date(2024, 7, 1), date(2024, 9, 1)

APPOINT = Plan(ChangeKind.APPOINTED, GROUP, "A", SUMMER, person=BO, organisation=CITY)
REPLACE = replace(APPOINT, kind=ChangeKind.REPLACED)
END = Plan(ChangeKind.ENDED, GROUP, "A", SUMMER)
DEPUTY = replace(APPOINT, kind=ChangeKind.DEPUTY_NAMED, position="N", deputised="A")


def seat(
    position: str, person: Person | None, start: date = START, until: date | None = None
) -> Seat:
    """A row of a seat, in no database."""
    return Seat(
        code=f"{position}{start}{until}",
        position=position,
        role=SeatRole.MEMBER,
        organisation=POLICE if person is DAVID else CITY,
        person=person,
        basis=SeatBasis.ORDINARY,
        stands_in=False,
        valid_from=start,
        valid_until=until,
        recorded_at=NOW,
    )


HELD, EMPTY = [seat("A", ANNA)], [seat("A", None)]
ENDING = [seat("A", ANNA, until=AUTUMN), seat("A", None, AUTUMN)]
FOLLOWED = [seat("A", ANNA, until=AUTUMN), seat("A", CARIN, AUTUMN)]
BOTH = [seat("A", ANNA), seat("P", DAVID)]


def told(rows: Sequence[Seat], position: str = "A") -> list[tuple[str, date, date | None]]:
    """Who has a seat from when until when."""
    mine = [row for row in rows if row.position == position]
    return [
        (row.person.name if row.person else "–", row.valid_from, row.valid_until)
        for row in sorted(mine, key=lambda row: row.valid_from)
    ]


def after(
    plan: Plan, rows: Sequence[Seat], position: str = "A"
) -> list[tuple[str, date, date | None]]:
    """Who has a seat when a plan has been carried out."""
    assert faults(plan, rows) == []
    return told(rows_after(rows, entries(plan, rows)), position)


def test_a_vacancy_ends_the_day_before_somebody_comes() -> None:
    assert after(APPOINT, EMPTY) == [("–", START, SUMMER), ("B", SUMMER, None)]


def test_after_a_last_day_a_new_seat_is_vacant_unless_it_is_withdrawn() -> None:
    new = replace(APPOINT, until=AUTUMN)
    assert after(new, []) == [("B", SUMMER, AUTUMN), ("–", AUTUMN, None)]
    assert after(replace(new, withdrawn=True), []) == [("B", SUMMER, AUTUMN)]


def test_the_former_holder_goes_the_day_before_the_new_one_comes() -> None:
    assert after(REPLACE, HELD) == [("A", START, SUMMER), ("B", SUMMER, None)]


def test_from_a_mandates_own_first_day_it_is_corrected_wholly() -> None:
    assert after(replace(REPLACE, first=START), HELD) == [("B", START, None)]
    entry = entries(replace(REPLACE, first=START), HELD)[0]
    assert entry.row is HELD[0], "the row stays, with its code"


def test_who_replaces_for_a_time_leaves_a_vacancy_until_the_next() -> None:
    plan = replace(REPLACE, until=date(2024, 8, 1))
    assert after(plan, FOLLOWED) == [
        ("A", START, SUMMER),
        ("B", SUMMER, date(2024, 8, 1)),
        ("–", date(2024, 8, 1), AUTUMN),
        ("C", AUTUMN, None),
    ]


def test_a_seat_becomes_vacant_when_its_holder_goes_or_is_not_there_any_more() -> None:
    assert after(END, HELD) == [("A", START, SUMMER), ("–", SUMMER, None)]
    assert after(END, FOLLOWED)[1:] == [("–", SUMMER, AUTUMN), ("C", AUTUMN, None)]
    assert after(replace(END, withdrawn=True), FOLLOWED) == [("A", START, SUMMER)]
    assert after(replace(END, withdrawn=True), EMPTY) == [("–", START, SUMMER)]


def test_with_a_withdrawn_seat_go_its_deputies() -> None:
    deputy = seat("N", BO)
    deputy.deputy_for, deputy.role = HELD[0], SeatRole.DEPUTY
    assert after(replace(END, withdrawn=True), [*HELD, deputy], "N") == [("B", START, SUMMER)]


def test_a_deputy_for_a_time_stands_in_and_one_without_an_end_does_not() -> None:
    said = [entries(plan, HELD)[0].says for plan in (replace(DEPUTY, until=AUTUMN), DEPUTY)]
    assert [each.stands_in for each in said if each] == [True, False]
    assert {(each.role, each.deputy_for) for each in said if each} == {(SeatRole.DEPUTY, HELD[0])}


def on_demand() -> list[Seat]:
    """A seat that is approved until the autumn."""
    row = seat("A", ANNA, until=AUTUMN)
    row.basis, row.reason, row.approved_by = SeatBasis.ON_DEMAND, "Behövs", "Båda"
    return [row]


def test_a_seat_on_demand_keeps_its_reason_and_its_end() -> None:
    assert after(REPLACE, on_demand()) == [("A", START, SUMMER), ("B", SUMMER, AUTUMN)]
    said = entries(REPLACE, on_demand())[0].says
    assert said is not None
    assert (said.basis, said.reason) == (SeatBasis.ON_DEMAND, "Behövs")
    assert after(END, on_demand()) == [("A", START, SUMMER)]


STANDING = seat("M", BO)
STANDING.deputy_for, STANDING.role, STANDING.stands_in = HELD[0], SeatRole.DEPUTY, True
GONE = District(code="RIK", name="Rinkeby-Kista", valid_from=START, valid_until=date(2024, 2, 1))
CLOSED = Group(
    id=2, code="C", kind=GroupKind.WORKING, level=Level.LOCAL, valid_from=START, valid_until=AUTUMN
)


@pytest.mark.parametrize(
    ("plan", "rows", "field", "kind"),
    [
        (replace(APPOINT, person=None), EMPTY, "person", FaultKind.PERSON_MISSING),
        (APPOINT, HELD, "first", FaultKind.TAKEN),
        (APPOINT, [seat("A", CARIN, AUTUMN)], "last", FaultKind.TAKEN),
        (replace(APPOINT, person=ANNA), HELD, "person", FaultKind.ALREADY_IN_SEAT),
        (replace(REPLACE, person=ANNA), HELD, "person", FaultKind.ALREADY_IN_SEAT),
        (replace(APPOINT, until=SUMMER), EMPTY, "last", FaultKind.ENDS_BEFORE_START),
        (replace(APPOINT, until=date.max), EMPTY, "last", FaultKind.NO_SUCH_YEAR),
        (replace(APPOINT, first=date(1821, 1, 1)), EMPTY, "first", FaultKind.NO_SUCH_YEAR),
        (replace(APPOINT, first=date(2019, 1, 1)), EMPTY, "first", FaultKind.BEFORE_GROUP),
        (replace(END, first=date(2019, 1, 1)), HELD, "last", FaultKind.BEFORE_GROUP),
        (replace(APPOINT, group=CLOSED, first=AUTUMN), EMPTY, "first", FaultKind.AFTER_GROUP),
        (replace(APPOINT, group=CLOSED, until=date(2024, 10, 1)), EMPTY, "last",
         FaultKind.AFTER_GROUP),
        (replace(APPOINT, withdrawn=True), [], "last", FaultKind.NEEDS_LAST_DAY),
        (replace(APPOINT, represents=(GONE,)), EMPTY, "represents", FaultKind.NO_DISTRICT),
        (END, EMPTY, "withdrawn", FaultKind.VACANT_ALREADY),
        (END, [seat("A", ANNA, until=date(2024, 2, 1))], "last", FaultKind.NOBODY_TO_END),
        (replace(END, withdrawn=True), [seat("A", None, until=SUMMER)], "last",
         FaultKind.ENDS_ALREADY),
        (END, [seat("A", CARIN, AUTUMN)], "last", FaultKind.NOT_BEGUN),
        (replace(END, first=AUTUMN), ENDING, "last", FaultKind.ENDS_ALREADY),
        (replace(REPLACE, first=AUTUMN), on_demand(), "first", FaultKind.NOT_APPROVED),
        (replace(REPLACE, until=date(2025, 1, 1)), on_demand(), "last", FaultKind.NOT_APPROVED),
        (replace(DEPUTY, deputised="X"), HELD, "seat", FaultKind.NO_SEAT),
        (DEPUTY, [seat("A", ANNA, until=SUMMER)], "first", FaultKind.NO_SEAT),
        (replace(DEPUTY, until=date(2024, 10, 1)), [seat("A", ANNA, until=AUTUMN)], "last",
         FaultKind.NO_SEAT),
        (replace(DEPUTY, person=ANNA), HELD, "person", FaultKind.OWN_DEPUTY),
        (replace(DEPUTY, deputised="M"), [*HELD, STANDING], "seat", FaultKind.DEPUTY_OF_DEPUTY),
        (DEPUTY, [*HELD, STANDING], "person", FaultKind.ALREADY_DEPUTISED),
        (replace(DEPUTY, person=CARIN, until=AUTUMN), [*HELD, STANDING], "first",
         FaultKind.ALREADY_DEPUTISED),
    ],
)  # fmt: skip
def test_what_is_impossible_is_told_at_its_field(
    plan: Plan, rows: list[Seat], field: str, kind: FaultKind
) -> None:
    assert [(fault.field, fault.kind) for fault in faults(plan, rows)] == [(field, kind)]


@pytest.mark.parametrize(
    ("plan", "rows", "expected"),
    [
        (APPOINT, [*EMPTY, BOTH[1]], {WarningKind.GAP}),
        (replace(APPOINT, first=TODAY), EMPTY, set()),
        (replace(APPOINT, first=START), [*EMPTY, BOTH[1]], {WarningKind.RETROACTIVE}),
        (REPLACE, BOTH, set()),
        (replace(REPLACE, person=CARIN), FOLLOWED, set()),
        (REPLACE, FOLLOWED, {WarningKind.CUTS}),
        (replace(REPLACE, person=ERIK), BOTH,
         {WarningKind.LEAVES, WarningKind.NO_ADMINISTRATION}),
        (replace(REPLACE, person=DAVID), BOTH,
         {WarningKind.OTHER_PARTY, WarningKind.WORKS_ELSEWHERE}),
        (replace(REPLACE, person=BO), [*BOTH, seat("Q", BO)], {WarningKind.HAS_SEAT}),
        (END, BOTH, {WarningKind.GAP, WarningKind.NO_ADMINISTRATION}),
        (replace(END, position="P"), BOTH, {WarningKind.GAP, WarningKind.NO_POLICE}),
        (END, FOLLOWED, {WarningKind.GAP, WarningKind.NO_ADMINISTRATION}),
        (replace(END, withdrawn=True), [*FOLLOWED, seat("Q", BO)], {WarningKind.CUTS}),
        (replace(END, first=TODAY), [*HELD, seat("Q", BO)],
         {WarningKind.GAP, WarningKind.RETROACTIVE}),
        (replace(DEPUTY, person=DAVID, until=AUTUMN), HELD, {WarningKind.WORKS_ELSEWHERE}),
        (replace(DEPUTY, until=AUTUMN), [*HELD, seat("Q", BO)], {WarningKind.HAS_SEAT}),
        (DEPUTY, HELD, {WarningKind.NO_LAST_DAY}),
        (DEPUTY, [*HELD, seat("N", None)], {WarningKind.GAP}),
    ],
)  # fmt: skip
def test_what_a_change_would_cause_is_told(
    plan: Plan, rows: list[Seat], expected: set[WarningKind]
) -> None:
    assert faults(plan, rows) == []
    assert {found.kind for found in warnings(plan, rows, TODAY)} == expected


def test_an_ending_with_nobody_to_follow_leaves_a_gap_without_end() -> None:
    gap = next(iter(warnings(END, HELD, TODAY)))
    assert (gap.kind, gap.first, gap.until) == (WarningKind.GAP, END.first, None)
    withdrawn = warnings(replace(END, withdrawn=True), HELD, TODAY)
    assert WarningKind.GAP not in {found.kind for found in withdrawn}


def test_a_gap_says_its_days_from_today_on() -> None:
    gap = next(iter(warnings(APPOINT, EMPTY, TODAY)))
    assert (gap.first, gap.until) == (TODAY, SUMMER)


DAYS = st.integers(0, 40).map(lambda number: START + timedelta(days=number))
LENGTHS = st.none() | st.integers(1, 20)
PEOPLE = st.sampled_from([ANNA, BO, CARIN, DAVID, ERIK])


def _until(start: date, length: int | None) -> date | None:
    return None if length is None else start + timedelta(days=length)


@st.composite
def histories(draw: st.DrawFn) -> list[Seat]:
    """Rows of two seats, one after another and with gaps, in no conflict."""
    rows = []
    for position in "AB":
        start = draw(DAYS)
        for _ in range(draw(st.integers(1, 3))):
            until = _until(start, draw(LENGTHS))
            rows.append(seat(position, draw(PEOPLE | st.none()), start, until))
            if until is None:
                break
            start = until + timedelta(days=draw(st.integers(0, 5)))
    return rows


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Any change of one of the two seats, or of a third one."""
    kind = draw(st.sampled_from([APPOINT, REPLACE, END, DEPUTY])).kind
    deputy = kind is ChangeKind.DEPUTY_NAMED
    first, target = draw(DAYS), draw(st.sampled_from("ABN"))
    return Plan(
        kind=kind,
        group=GROUP,
        position="N" if deputy else target,
        first=first,
        until=None if kind is ChangeKind.ENDED else _until(first, draw(LENGTHS)),
        person=None if kind is ChangeKind.ENDED else draw(PEOPLE),
        organisation=CITY,
        deputised=target if deputy else "",
        withdrawn=draw(st.booleans()),
    )


def _states(rows: Sequence[Seat], on: date) -> dict[str, Occupancy]:
    return {found.position: found for found in occupancies(rows, on)}


@given(histories(), plans())
def test_an_accepted_plan_leaves_no_seat_in_conflict_and_others_as_they_were(
    rows: list[Seat], plan: Plan
) -> None:
    if faults(plan, rows):
        return
    written = entries(plan, rows)
    new = rows_after(rows, written)
    assert all(row.valid_until is None or row.valid_until > row.valid_from for row in new)
    main = written[0].says
    for day in (START + timedelta(days=number) for number in range(70)):
        before, now = _states(rows, day), _states(new, day)
        assert Filling.IN_CONFLICT not in {found.filling for found in now.values()}
        other = "B" if plan.position == "A" else "A"
        if plan.deputised == "":
            assert now.get(other) == before.get(other)
        if main and main.first <= day and (main.until is None or day < main.until):
            assert [row.person for row in now[main.position].mandates] == [main.person]


@given(histories(), plans(), DAYS)
def test_the_warnings_of_any_accepted_plan_are_about_days_that_come_in_order(
    rows: list[Seat], plan: Plan, on: date
) -> None:
    if faults(plan, rows):
        return
    for found in warnings(plan, rows, on):
        if found.kind is WarningKind.GAP:
            assert found.first is not None
            assert on <= found.first
            assert found.until is None or found.first < found.until
            assert found.until or plan.ends
            position = "N" if plan.deputised else plan.position
            mine = [r for r in rows_after(rows, entries(plan, rows)) if r.position == position]
            assert not any(is_held(row, found.first, found.until) for row in mine)
