"""The declared cells of a survey: in which of them each member's answer is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.groups import Group
from models.places.place import District
from models.surveys.facts import Cell
from models.surveys.published import CellKind
from models.surveys.survey import Invitation, Survey

PARTIES = {"city": "Staden", "police": "Polisen", "external": "Externa", "joint": "Gemensamt"}


@dataclass
class Cells:
    """The cells in use, each with an index; a cell gets its index when it is first asked for."""

    session: Session
    found: dict[tuple[CellKind, str], int] = field(default_factory=dict)

    def index(self, kind: CellKind, code: str) -> int:
        """The index of a cell."""
        return self.found.setdefault((kind, code), len(self.found))

    def of_invitations(self, rows: Sequence[Invitation]) -> dict[int, tuple[int, ...]]:
        """The cells of each of one survey's invited members, by the person's id.

        One group is one cell. Several are counted by district, by party in the whole city, and
        all together; other cross-tables are never made.
        """
        if len({row.via_group for row in rows}) < 2:
            return {row.person_id: (self.index(CellKind.GROUP, row.via_group),) for row in rows}
        return {row.person_id: tuple(self._cells_of(row)) for row in rows}

    def _cells_of(self, row: Invitation) -> Iterable[int]:
        if row.district:
            yield self.index(CellKind.DISTRICT, row.district)
        if row.party:
            yield self.index(CellKind.ORGANISATION, row.party)
        yield self.index(CellKind.CITY, "")

    def named(self) -> tuple[Cell, ...]:
        """The cells in the order of their indices, with their names of today."""
        groups = dict(self.session.execute(select(Group.code, Group.name)).all())
        districts = dict(self.session.execute(select(District.code, District.name)).all())
        names = {CellKind.GROUP: groups, CellKind.DISTRICT: districts}
        return tuple(
            Cell(kind=kind, code=code, name=names.get(kind, PARTIES).get(code, ""))
            for kind, code in self.found
        )


def invitations(session: Session, survey: Survey) -> list[Invitation]:
    """Everybody whom a survey asked, in the order of the rows."""
    query = select(Invitation).where(Invitation.survey_id == survey.id).order_by(Invitation.id)
    return list(session.scalars(query.options(joinedload(Invitation.person))))
