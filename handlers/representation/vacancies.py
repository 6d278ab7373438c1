"""The seats that nobody holds, each with since when."""

from __future__ import annotations

from handlers.representation.pages import Page, Row, paged, seat_name
from handlers.representation.scope import Scope
from handlers.visit import Visit
from models.groups import Group
from models.message import Cell, Status, Tone
from models.representation.coverage import Representation, SeatOnDay
from models.seats.occupancy import Filling
from models.seats.vacancies import vacant_since


def vacancy_pages(visit: Visit, scope: Scope, facts: Representation) -> list[Page]:
    """The vacant seats of a scope, by group, on as many pages as they need."""
    _ = visit.language._
    vacant = [found for found in vacant_seats(facts) if _is_meant(scope, found[1])]
    columns = (_("Group"), _("Seat"), _("Since"))
    return paged([_count(visit, facts, len(vacant))], columns, _rows(visit, facts, vacant))


def vacant_seats(facts: Representation) -> list[tuple[Group, SeatOnDay]]:
    """The vacant seats of a day, each with its group."""
    return [
        (group, seat)
        for group in facts.groups
        for seat in facts.seats[group.id]
        if seat.occupancy.filling is Filling.VACANT
    ]


def _is_meant(scope: Scope, seat: SeatOnDay) -> bool:
    """Whether the seat is of the role, organisation and party that were asked for."""
    organisation = seat.row.organisation
    return (
        scope.role in ("", seat.row.role.value)
        and scope.organisation in ("", organisation.name)
        and scope.party in ("", organisation.party.value)
    )


def _rows(visit: Visit, facts: Representation, vacant: list[tuple[Group, SeatOnDay]]) -> list[Row]:
    positions = [seat.occupancy.position for _, seat in vacant]
    begun = vacant_since(visit.session, positions, facts.on, facts.known_at) if vacant else {}
    sign = Status(sign="⚠", word=visit.language._("Vacant"), tone=Tone.WARNING)
    return [
        (
            Cell(text=group.name),
            Cell(text=seat_name(visit.language, seat)),
            Cell(text=visit.language.day(begun[seat.occupancy.position]), status=sign),
        )
        for group, seat in vacant
    ]


def _count(visit: Visit, facts: Representation, vacant: int) -> str:
    groups = len(facts.groups)
    if not groups:
        return visit.language._("No group fits.")
    if not vacant:
        return visit.language.n(
            "No vacant seats in {number} group.", "No vacant seats in {number} groups.", groups
        )
    return visit.language.n("{number} vacant seat:", "{number} vacant seats:", vacant)
