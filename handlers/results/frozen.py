"""What was frozen of a survey: its rows, by cell and question, and those of the wave before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.language import Language
from models.surveys.published import CellKind, PublishedResult
from models.surveys.survey import Question, Survey

CELLS = (CellKind.CITY, CellKind.GROUP, CellKind.DISTRICT, CellKind.ORGANISATION)
"""In the order in which a card looks for what is told of everybody."""

SHARE = "share"


@dataclass(frozen=True)
class Cell:
    """One declared cell of a survey: its kind, code and name."""

    kind: CellKind
    code: str
    name: str


def cell_title(language: Language, cell: Cell) -> str:
    """The cell's name; several groups together have none, whether or not they are the city's."""
    return cell.name or language._("Everybody who was asked")


@dataclass(frozen=True)
class Frozen:
    """A survey with the rows that were published of it, and those they are compared with."""

    survey: Survey
    rows: tuple[PublishedResult, ...]
    before: dict[int, PublishedResult]

    def cells(self) -> list[Cell]:
        """The cells there are, those of everybody first, else by name."""
        found = {
            Cell(row.cell_kind, row.cell, row.cell_name or row.cell): None for row in self.rows
        }
        return sorted(found, key=lambda cell: (CELLS.index(cell.kind), cell.name))

    def main(self, wanted: str = "") -> Cell | None:
        """The cell that a card tells of: the wanted group's, the whole city's, or the first."""
        cells = self.cells()
        own = (wanted, self.survey.group.code)
        for code in own:
            found = next((each for each in cells if code and each.code == code), None)
            if found is not None and (code == wanted or cells[0].kind is not CellKind.CITY):
                return found
        return cells[0] if cells else None

    def of(self, question: Question, cell: Cell) -> list[PublishedResult]:
        """A question's figures in a cell, the share before means and distributions."""
        found = [
            row
            for row in self.rows
            if row.question_id == question.id
            and (row.cell_kind, row.cell) == (cell.kind, cell.code)
        ]
        return sorted(found, key=lambda row: (row.figure != SHARE, row.id))

    def shares(self, question: Question) -> list[PublishedResult]:
        """A question's shares in all cells."""
        rows = (row for row in self.rows if row.question_id == question.id)
        return [row for row in rows if row.figure == SHARE]


def frozen(session: Session, survey: Survey) -> Frozen:
    """Reads what was published of a survey, and the rows it is compared with: two questions."""
    query = (
        select(PublishedResult)
        .where(PublishedResult.survey_id == survey.id)
        .options(joinedload(PublishedResult.question))
        .order_by(PublishedResult.id)
    )
    rows = tuple(session.scalars(query))
    return Frozen(survey, rows, _before(session, rows))


def _before(session: Session, rows: Sequence[PublishedResult]) -> dict[int, PublishedResult]:
    ids = [row.change["previous"] for row in rows if row.change and row.change.get("previous")]
    if not ids:
        return {}
    query = select(PublishedResult).where(PublishedResult.id.in_(ids))
    return {row.id: row for row in session.scalars(query)}
