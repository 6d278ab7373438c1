"""What can be drawn, as complete facts: drawing them needs no database and no clock."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from models.word import Word

MOST_ROWS = 200
MOST_COLUMNS = 40


class Mark(StrEnum):
    """How one party of the cooperation is represented in one group; the sign says it alone."""

    HELD = "held"
    """A seat of its own, held."""
    DEPUTISED = "deputised"
    """A seat of its own, held by a deputy for a time."""
    VACANT = "vacant"
    """A seat of its own that nobody holds."""
    IN_CONFLICT = "in_conflict"
    """A seat of its own that more than one is said to hold."""
    ON_DEMAND = "on_demand"
    """Somebody who is called in when a matter concerns it."""
    VIA = "via"
    """No seat of its own; somebody else speaks for it."""
    NONE = "none"
    """No seat of its own, and nobody speaks for it: a hole."""
    OUTSIDE = "outside"
    """It does not concern this group."""

    @property
    def sign(self) -> str:
        """One sign that stands for the mark where there is only text."""
        return SIGNS[self]


SIGNS = {
    Mark.HELD: "●",
    Mark.DEPUTISED: "◐",
    Mark.VACANT: "⚠",
    Mark.IN_CONFLICT: "‼",
    Mark.ON_DEMAND: "○",
    Mark.VIA: "→",
    Mark.NONE: "□",
    Mark.OUTSIDE: "·",
}


class MatrixCell(Word):
    """One cell of a matrix: its mark, and a few words where they say more: via Farsta."""

    mark: Mark
    word: Annotated[str, Field(max_length=40)] = ""


class MatrixRow(Word):
    """One row of a matrix: a group, and how each column is represented in it."""

    label: Annotated[str, Field(min_length=1, max_length=120)]
    cells: Annotated[tuple[MatrixCell, ...], Field(min_length=1, max_length=MOST_COLUMNS)]


class Matrix(Word):
    """Groups by districts; the legend explains each mark in the reader's language."""

    kind: Literal["matrix"] = "matrix"
    title: Annotated[str, Field(min_length=1, max_length=150)]
    columns: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=80)], ...],
        Field(min_length=1, max_length=MOST_COLUMNS),
    ]
    rows: Annotated[tuple[MatrixRow, ...], Field(min_length=1, max_length=MOST_ROWS)]
    legend: tuple[tuple[Mark, Annotated[str, Field(min_length=1, max_length=80)]], ...] = ()
    note: Annotated[str, Field(max_length=500)] = ""

    @model_validator(mode="after")
    def _every_row_is_as_wide_as_the_heading(self) -> Matrix:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("every row needs as many cells as there are columns")
        return self


Drawing: TypeAlias = Matrix
"""All that can be drawn; with a second kind it becomes a union that `kind` tells apart."""
