"""Who is needed against what hinders a measure: a role in its group, an organisation, or somebody.

A report keeps a role as `role:chair` and an organisation by its code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.groups import SeatRole
from models.language import Language
from models.measures.measure import Measure, ProgressReport
from models.people.organisations import Organisation, Person
from models.seats.holders import holder_on, seats_of_group
from models.wording import role_word

ROLE = "role:"
ROLES = (SeatRole.CHAIR, SeatRole.SECRETARY)


def needed_choices(
    session: Session, measure: Measure, on: date, language: Language
) -> list[tuple[str, str]]:
    """What may be needed for a measure, as value and name: its group's roles and organisations."""
    seats = seats_of_group(session, measure.group, on)
    held = {seat.role for seat in seats if holder_on(seat, on)}
    roles = [(f"{ROLE}{role.value}", role_word(language, role)) for role in ROLES if role in held]
    organisations = {seat.organisation.name: seat.organisation.code for seat in seats}
    return [*roles, *((code, name) for name, code in sorted(organisations.items()))]


@dataclass(frozen=True)
class Needed:
    """Who is needed: a role in the group, and names that may be shown."""

    role: SeatRole | None = None
    names: tuple[str, ...] = ()

    def words(self, language: Language) -> str:
        """The role and the names in a row; empty where nobody is needed."""
        role = [role_word(language, self.role)] if self.role else []
        return language.join([*role, *self.names])


NOBODY = Needed()


def needed_by(session: Session, report: ProgressReport) -> Needed:
    """Who a report says is needed."""
    return needed_by_each(session, [report]).get(report.id, NOBODY)


def needed_by_each(session: Session, reports: Iterable[ProgressReport]) -> dict[int, Needed]:
    """Who is needed, by the id of each report that says so; at most two queries."""
    saying = [report for report in reports if report.needed or report.needed_person_id]
    codes = {report.needed for report in saying if not report.needed.startswith(ROLE)} - {""}
    names: dict[str, str] = {}
    if codes:
        named = select(Organisation.code, Organisation.name).where(Organisation.code.in_(codes))
        names = dict(session.execute(named).tuples().all())
    ids = {report.needed_person_id for report in saying} - {None}
    people: dict[int, Person] = {}
    if ids:
        query = select(Person).where(Person.id.in_(ids)).options(joinedload(Person.organisation))
        people = {person.id: person for person in session.scalars(query)}
    return {report.id: _needed(report, names, people) for report in saying}


def _needed(report: ProgressReport, names: dict[str, str], people: dict[int, Person]) -> Needed:
    is_role = report.needed.startswith(ROLE)
    role = SeatRole(report.needed.removeprefix(ROLE)) if is_role else None
    shown = [names[report.needed]] if report.needed in names else []
    if report.needed_person_id in people:
        shown.append(people[report.needed_person_id].shown_as())
    return Needed(role, tuple(shown))


def needed_people(session: Session, report: ProgressReport, on: date) -> list[Person]:
    """Those whom it concerns: the person, and who sits in the group in the role or for it."""
    people = [report.needed_person] if report.needed_person is not None else []
    if report.needed:
        for seat in seats_of_group(session, report.measure.group, on):
            holder = holder_on(seat, on)
            fits = report.needed in (f"{ROLE}{seat.role.value}", seat.organisation.code)
            if holder is not None and fits:
                people.append(holder)
    return list({person.id: person for person in people}.values())
