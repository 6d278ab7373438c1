"""Matrices to draw in tests."""

from __future__ import annotations

from models.drawings import Mark, Matrix, MatrixCell, MatrixRow

DISTRICTS = (
    "Bromma",
    "Enskede-Årsta-Vantör",
    "Farsta",
    "Hägersten-Älvsjö",
    "Hässelby-Vällingby",
    "Järva",
    "Kungsholmen",
    "Norra innerstaden",
    "Skarpnäck",
    "Skärholmen",
    "Södermalm",
)
LEGEND = tuple((mark, f"det som {mark.sign} står för") for mark in Mark)


def matrix(rows: int = 3, columns: tuple[str, ...] = DISTRICTS, note: str = "") -> Matrix:
    """So many groups, with every mark among their cells and words in some of them."""
    marks = list(Mark)
    return Matrix(
        title="Vem företräder vem den 10 juni 2024",
        columns=columns,
        rows=tuple(
            MatrixRow(
                label=f"Arbetsgrupp {number} för unga",
                cells=tuple(cell(marks[(at + number) % len(marks)]) for at in range(len(columns))),
            )
            for number in range(rows)
        ),
        legend=LEGEND,
        note=note,
    )


def cell(mark: Mark) -> MatrixCell:
    """A cell with a mark, and with whom it goes through where it goes through somebody."""
    return MatrixCell(mark=mark, word="via Farsta" if mark is Mark.VIA else "")


def alone(mark: Mark) -> Matrix:
    """A matrix of one cell."""
    row = MatrixRow(label="Styrgrupp", cells=(MatrixCell(mark=mark),))
    return Matrix(title="En cell", columns=("Farsta",), rows=(row,))
