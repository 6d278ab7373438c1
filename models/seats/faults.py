"""What makes a planned change of seats impossible, at the fields where it was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.groups import Seat, SeatBasis, SeatRole
from models.intervals import A_DAY
from models.seats.changes import ChangeKind
from models.seats.occupancy import occupancies
from models.seats.plans import Plan, is_had, is_held, pattern, seat_rows

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)


class FaultKind(StrEnum):
    """What makes a plan impossible."""

    PERSON_MISSING = "person_missing"
    ALREADY_IN_SEAT = "already_in_seat"
    OWN_DEPUTY = "own_deputy"
    ENDS_BEFORE_START = "ends_before_start"
    NO_SUCH_YEAR = "no_such_year"
    BEFORE_GROUP = "before_group"
    AFTER_GROUP = "after_group"
    TAKEN = "taken"
    NO_SEAT = "no_seat"
    DEPUTY_OF_DEPUTY = "deputy_of_deputy"
    ALREADY_DEPUTISED = "already_deputised"
    NOBODY_TO_END = "nobody_to_end"
    VACANT_ALREADY = "vacant_already"
    NOT_BEGUN = "not_begun"
    ENDS_ALREADY = "ends_already"
    NO_DISTRICT = "no_district"
    NO_ORGANISATION = "no_organisation"
    NOT_APPROVED = "not_approved"
    NEEDS_LAST_DAY = "needs_last_day"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a field; with the row, the day or the name that it is about."""

    field: str
    kind: FaultKind
    row: Seat | None = None
    day: date | None = None
    name: str = ""


def faults(plan: Plan, rows: Sequence[Seat]) -> list[Fault]:
    """What makes a plan impossible, at the fields where it was written."""
    wrong = _wrong_days(plan)
    if wrong:
        return wrong
    mine = seat_rows(rows, plan.position)
    if plan.ends:
        return _wrong_ending(plan, mine)
    wrong = [*_wrong_person(plan, mine), *_wrong_places(plan), *_not_approved(plan, mine)]
    if plan.deputised:
        return [*wrong, *_wrong_deputy(plan, rows)]
    already = any(fault.kind is FaultKind.ALREADY_IN_SEAT for fault in wrong)
    return wrong if already else [*wrong, *_taken(plan, mine)]


def _wrong_days(plan: Plan) -> list[Fault]:
    group, first, until = plan.group, plan.first, plan.until
    start = "last" if plan.ends else "first"
    found = []
    if not EARLIEST <= first < LATEST:
        found.append(Fault(start, FaultKind.NO_SUCH_YEAR))
    elif first < group.valid_from:
        found.append(Fault(start, FaultKind.BEFORE_GROUP, day=group.valid_from))
    elif group.valid_until is not None and first >= group.valid_until:
        found.append(Fault(start, FaultKind.AFTER_GROUP, day=group.valid_until - A_DAY))
    if until is None:
        return [*found, *([Fault("last", FaultKind.NEEDS_LAST_DAY)] if _lets_go(plan) else [])]
    if until <= first:
        found.append(Fault("last", FaultKind.ENDS_BEFORE_START, day=first))
    elif until > LATEST:
        found.append(Fault("last", FaultKind.NO_SUCH_YEAR))
    elif group.valid_until is not None and until > group.valid_until:
        found.append(Fault("last", FaultKind.AFTER_GROUP, day=group.valid_until - A_DAY))
    return found


def _lets_go(plan: Plan) -> bool:
    return plan.withdrawn and not plan.ends


def _wrong_ending(plan: Plan, mine: Sequence[Seat]) -> list[Fault]:
    there = [row for row in mine if row.holds_on(plan.first - A_DAY)]
    held = [row for row in there if is_had(row)]
    if there and not held and not plan.withdrawn:
        return [Fault("withdrawn", FaultKind.VACANT_ALREADY)]
    if not there:
        begins = next((row for row in mine if is_had(row) and row.valid_from >= plan.first), None)
        kind = FaultKind.NOT_BEGUN if begins else FaultKind.NOBODY_TO_END
        return [Fault("last", kind, row=begins)]
    goes_on = any(row.valid_until != plan.first for row in held or there)
    later = any(row.valid_from >= plan.first for row in mine)
    if goes_on or (plan.withdrawn and later):
        return []
    return [Fault("last", FaultKind.ENDS_ALREADY, row=(held or there)[0])]


def _wrong_person(plan: Plan, mine: Sequence[Seat]) -> list[Fault]:
    person = plan.person
    if person is None:
        return [Fault("person", FaultKind.PERSON_MISSING)]
    until = plan.until if plan.kind is ChangeKind.APPOINTED else plan.first + A_DAY
    for row in mine:
        if row.person is person and is_held(row, plan.first, until):
            return [Fault("person", FaultKind.ALREADY_IN_SEAT, row=row)]
    return []


def _wrong_places(plan: Plan) -> list[Fault]:
    gone = [district for district in plan.represents if not district.holds_on(plan.first)]
    found = [Fault("represents", FaultKind.NO_DISTRICT, name=each.name) for each in gone[:1]]
    organisation = plan.organisation
    if organisation is not None and not organisation.holds_on(plan.first):
        found.append(Fault("organisation", FaultKind.NO_ORGANISATION, name=organisation.name))
    return found


def _not_approved(plan: Plan, mine: Sequence[Seat]) -> list[Fault]:
    """A seat on demand goes on no longer than it was approved (rule R6)."""
    shape = pattern(mine, plan.first)
    if shape is None or shape.basis is not SeatBasis.ON_DEMAND or shape.valid_until is None:
        return []
    if plan.first >= shape.valid_until:
        return [Fault("first", FaultKind.NOT_APPROVED, day=shape.valid_until - A_DAY)]
    if plan.until is not None and plan.until > shape.valid_until:
        return [Fault("last", FaultKind.NOT_APPROVED, day=shape.valid_until - A_DAY)]
    return []


def _taken(plan: Plan, mine: Sequence[Seat]) -> list[Fault]:
    """Somebody else has the seat in that time; who is replaced gives way."""
    if plan.kind is ChangeKind.REPLACED:
        return []
    held = [row for row in mine if is_held(row, plan.first, plan.until)]
    return [
        Fault("first" if row.valid_from <= plan.first else "last", FaultKind.TAKEN, row=row)
        for row in held[:1]
    ]


def _wrong_deputy(plan: Plan, rows: Sequence[Seat]) -> list[Fault]:
    mine = seat_rows(rows, plan.deputised)
    if not mine:
        return [Fault("seat", FaultKind.NO_SEAT)]
    if mine[0].role is SeatRole.DEPUTY:
        return [Fault("seat", FaultKind.DEPUTY_OF_DEPUTY)]
    days = {"first": plan.first, "last": plan.until - A_DAY if plan.until else plan.first}
    for field, day in days.items():
        if not occupancies(mine, day):
            return [Fault(field, FaultKind.NO_SEAT, day=day)]
    for row in mine:
        if row.person is plan.person and is_held(row, plan.first, plan.until):
            return [Fault("person", FaultKind.OWN_DEPUTY, row=row)]
    return _deputies_already(plan, rows)


def _deputies_already(plan: Plan, rows: Sequence[Seat]) -> list[Fault]:
    """Two may not stand in at once, and nobody is a deputy twice."""
    for row in rows:
        if row.deputy_for is None or row.deputy_for.position != plan.deputised:
            continue
        same = row.person is plan.person
        if is_held(row, plan.first, plan.until) and (same or (plan.until and row.stands_in)):
            field = "person" if same else "first"
            return [Fault(field, FaultKind.ALREADY_DEPUTISED, row=row)]
    return []
