"""Whose year is meant: one group's, a district's, the central groups', or one's own groups'."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from handlers.errors import NotFound
from handlers.representation.scope import too_old
from handlers.representation.who import find_group
from handlers.surveys.entitled import is_sensitive
from handlers.understanding import Understanding
from handlers.visit import Visit, standing_of
from models.agreements import Level
from models.groups import Group, Seat
from models.people.organisations import Person
from models.places.place import District
from models.rights import Action, may
from models.surveys.survey import Invitation, Survey
from models.year import YearOf

MINE, CENTRAL, DISTRICT, GROUP = "mine", "central", "district", "group"
YEARS = range(1950, 2100)


@dataclass(frozen=True)
class Scope:
    """A year, and whose: `kind` with the name of a district or the code of a group."""

    year: int
    kind: str
    key: str = ""

    @property
    def first(self) -> date:
        """New Year's Day."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """New Year's Eve."""
        return date(self.year, 12, 31)

    def of_year(self, year: int) -> Scope:
        """The same of another year."""
        return Scope(year, self.kind, self.key)

    def as_value(self) -> str:
        """The scope as a button's value."""
        return f"{self.year}|{self.kind}|{self.key}"

    @classmethod
    def read(cls, visit: Visit, value: str) -> Scope:
        """What a button's value says; refuses what it cannot read."""
        year, _, rest = value.partition("|")
        kind, _, key = rest.partition("|")
        is_year = year.isascii() and year.isdigit() and len(year) == 4 and int(year) in YEARS
        if not is_year or kind not in (MINE, CENTRAL, DISTRICT, GROUP):
            raise too_old(visit)
        return cls(int(year), kind, key)


def scope_of(visit: Visit, wish: Understanding) -> Scope:
    """What a line asks for; who sits in no group is shown the central ones."""
    year = wish.year or visit.on.year
    if wish.group_code or wish.group:
        group = find_group(visit, wish)
        if group is None:
            raise NotFound(visit.language._("There is no such group today."))
        return Scope(year, GROUP, group.code)
    if wish.district:
        return Scope(year, DISTRICT, wish.district)
    if wish.level is not Level.CENTRAL and _sits(visit):
        return Scope(year, MINE)
    return Scope(year, CENTRAL)


def _sits(visit: Visit) -> bool:
    return visit.asker is not None and bool(seats_of(visit.session, visit.asker))


def seats_of(session: Session, person: Person) -> list[Seat]:
    """All mandates of a person that are believed, of whatever day."""
    query = select(Seat).where(Seat.person_id == person.id, Seat.superseded_at.is_(None))
    return list(session.scalars(query))


def groups_of(visit: Visit, scope: Scope) -> list[Group]:
    """The groups that there are in some part of the year."""
    meant: ColumnElement[bool]
    if scope.kind == GROUP:
        meant = Group.code == scope.key
    elif scope.kind == DISTRICT:
        meant = Group.district_id.in_(select(District.id).where(District.name == scope.key))
    elif scope.kind == CENTRAL:
        meant = Group.level == Level.CENTRAL
    else:
        seats = seats_of(visit.session, visit.person)
        meant = Group.id.in_({seat.group_id for seat in seats})
    lasts = (Group.valid_from <= scope.last) & (
        Group.valid_until.is_(None) | (Group.valid_until > scope.first)
    )
    return list(visit.session.scalars(select(Group).where(meant, lasts).order_by(Group.id)))


def year_of(visit: Visit, scope: Scope, groups: Sequence[Group]) -> YearOf:
    """The time that is asked for, as far as the asker may see it."""
    seats = seats_of(visit.session, visit.person) if scope.kind == MINE else None
    return YearOf(
        groups, scope.first, scope.last, seats, seen(visit.session, visit.asker, visit.on)
    )


def seen(session: Session, person: Person | None, on: date) -> Callable[[Survey], bool]:
    """Which surveys somebody may be told of: as with results, what is sensitive only if concerned.

    Nobody is the operator, who sees all.
    """
    if person is None or may(standing_of(person), Action.SEE_SENSITIVE_RESULT):
        return lambda _survey: True
    mine = {seat.group_id for seat in seats_of(session, person) if seat.holds_on(on)}
    asked = set(
        session.scalars(select(Invitation.survey_id).where(Invitation.person_id == person.id))
    )
    return lambda survey: not is_sensitive(survey) or survey.group_id in mine or survey.id in asked
