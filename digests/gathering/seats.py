"""The seats of groups as they were known at a moment: which stand empty, which party is missing.

Most groups are full, which a few columns tell. Only of the others the rows are put together again
and judged by the rules for seats.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from digests.facts import VacancyFact
from digests.gathering.scope import Rows, Scope
from models.agreements import Level
from models.base import held_on
from models.groups import Group, GroupKind, Seat, SeatBasis, SeatRole
from models.measures.measure import Measure
from models.people.organisations import Organisation, OrganisationKind, Person
from models.representation.coverage import Breach, seats_from
from models.seats.empty import missing_parties, vacant
from models.seats.holders import believed

_PARTIES = frozenset({OrganisationKind.DISTRICT_ADMINISTRATION, OrganisationKind.LOCAL_POLICE_AREA})


class SeatRow(NamedTuple):
    """What of a seat says whether it is held; `left_on` as it was known."""

    id: int
    code: str
    position: str
    group_id: int
    role: SeatRole
    basis: SeatBasis
    stands_in: bool
    deputy_for_id: int | None
    valid_from: date
    valid_until: date | None
    person_id: int | None
    left_on: date | None
    organisation_id: int
    organisation: str
    kind: OrganisationKind

    def holds_on(self, on: date) -> bool:
        """Whether it is valid on the day."""
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)

    def is_held(self, on: date) -> bool:
        """Whether it is valid on the day and its holder is active."""
        is_active = self.left_on is None or on < self.left_on
        return self.person_id is not None and is_active and self.holds_on(on)


class Seating(NamedTuple):
    """The rows of each group by its id, and the people who hold any seat on the day."""

    rows: Mapping[int, Sequence[SeatRow]]
    seated: frozenset[int]


def read(session: Session, scope: Scope) -> Seating:
    """The groups' rows of all days, and whether the owners of their measures hold a seat."""
    until, own = scope.period.until, set(scope.ids)
    rows: dict[int, list[SeatRow]] = defaultdict(list)
    seated = set()
    for *columns, left_on, known_at, organisation_id, name, kind in session.execute(_rows(scope)):
        left = None if known_at is not None and until < known_at else left_on
        row = SeatRow._make((*columns, left, organisation_id, name, kind))
        if row.group_id in own:
            rows[row.group_id].append(row)
        if row.person_id is not None and row.is_held(scope.on):
            seated.add(row.person_id)
    return Seating(rows, frozenset(seated))


def _rows(scope: Scope) -> Rows:
    owners = select(Measure.owner_id).join(Measure.group).where(scope.follows())
    theirs = held_on(Seat, scope.on) & Seat.person_id.in_(owners)
    return (
        select(
            Seat.id,
            Seat.code,
            Seat.position,
            Seat.group_id,
            Seat.role,
            Seat.basis,
            Seat.stands_in,
            Seat.deputy_for_id,
            Seat.valid_from,
            Seat.valid_until,
            Seat.person_id,
            Person.left_on,
            Person.leaving_known_at,
            Organisation.id,
            Organisation.name,
            Organisation.kind,
        )
        .join(Seat.organisation)
        .outerjoin(Seat.person)
        .where(believed(scope.period.until), or_(Seat.group_id.in_(scope.ids), theirs))
    )


def empty_seats(
    group: Group, rows: Sequence[SeatRow], on: date, since: date
) -> tuple[tuple[VacancyFact, ...], tuple[Breach, ...]]:
    """A group's vacant seats and missing parties on a day; what fell vacant since one is news."""
    if _is_full(group, rows, on):
        return (), ()
    seats = _put_together(rows)
    vacancies = tuple(
        VacancyFact(
            empty.seat.role, empty.seat.organisation.name, empty.since, since <= empty.since
        )
        for empty in vacant(seats, on)
    )
    return vacancies, missing_parties(group, seats_from(seats, on))


def _is_full(group: Group, rows: Sequence[SeatRow], on: date) -> bool:
    """Whether somebody active holds each seat, for each party that must be there."""
    held = {row.position for row in rows if row.is_held(on)}
    if any(row.position not in held and _may_be_empty(row, rows, on) for row in rows):
        return False
    if group.level is not Level.LOCAL or group.kind is not GroupKind.STEERING:
        return True
    kinds = {row.kind for row in rows if row.is_held(on) and row.role is not SeatRole.DEPUTY}
    return kinds >= _PARTIES


def _may_be_empty(row: SeatRow, rows: Iterable[SeatRow], on: date) -> bool:
    """Whether the seat is there on the day: valid, or between two of its mandates."""
    if row.holds_on(on):
        return True
    return row.valid_from <= on and any(
        other.position == row.position and other.valid_from > on for other in rows
    )


def _put_together(rows: Sequence[SeatRow]) -> list[Seat]:
    """The rows as the rules for seats take them, in no session: nothing of them is written."""
    seats = {row.id: _seat(row) for row in sorted(rows, key=lambda row: row.code)}
    for row in rows:
        if row.deputy_for_id in seats:
            seats[row.id].deputy_for = seats[row.deputy_for_id]
    return list(seats.values())


def _seat(row: SeatRow) -> Seat:
    person = Person(id=row.person_id, left_on=row.left_on) if row.person_id is not None else None
    return Seat(
        position=row.position,
        code=row.code,
        group_id=row.group_id,
        role=row.role,
        basis=row.basis,
        stands_in=row.stands_in,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        person_id=row.person_id,
        person=person,
        organisation=Organisation(id=row.organisation_id, name=row.organisation, kind=row.kind),
    )
