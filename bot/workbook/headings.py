"""Which sheet a grid is, which row holds its headings, and what stands under each of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process, utils

from bot.workbook.columns import Column, Sheet, Where
from bot.workbook.faults import Fault
from bot.workbook.grid import Grid, Raw
from bot.workbook.sheets import SHEETS

GUIDANCE = "Vägledning"
"""The tab that explains the others; nothing is read from it."""

SEARCHED_ROWS = 10
"""Above the headings a registrar may have put a title and an empty row, not more."""

ALIKE = 60
"""From this likeness, of 100, a known name is worth offering."""


@dataclass(frozen=True)
class Table:
    """A grid whose sheet and headings are known: rows of raw cells by column name."""

    sheet: Sheet
    where: Where
    rows: tuple[tuple[int, dict[str, Raw]], ...] = ()
    headings: dict[str, str] = field(default_factory=dict)


def table(grid: Grid) -> tuple[Table | None, list[Fault]]:
    """The grid as a table, and what is wrong with its name and headings."""
    folded = plain(grid.tab)
    if folded == plain(GUIDANCE):
        return None, []
    sheet = next((one for one in SHEETS if folded in (plain(one.name), plain(one.label))), None)
    if sheet is None:
        return None, [_unknown_sheet(grid)]
    found = _heading_row(grid, sheet)
    if found is None:
        return None, _no_headings(grid, sheet)
    return _under_headings(grid, sheet, found)


def plain(heading: Raw) -> str:
    """A heading without what people add to it: capitals, line breaks, stars, brackets."""
    words = re.sub(r"[(\[].*?[)\]]", " ", str(heading if heading is not None else ""))
    return " ".join(words.replace("*", " ").replace("_", " ").split()).casefold()


def nearest(written: str, known: list[str]) -> str:
    """The known name that is most like what was written; empty when none is."""
    # A name of two letters is found somewhere in every long word, which helps nobody.
    known = [name for name in known if 2 * len(name) >= len(written)]
    found = process.extractOne(
        written, known, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=ALIKE
    )
    return found[0] if found else ""


def _unknown_sheet(grid: Grid) -> Fault:
    names = [one.label if grid.is_workbook else one.name for one in SHEETS]
    return Fault(
        grid.where,
        "a sheet by one of these names: {names}",
        grid.tab,
        nearest(grid.tab, names),
        {"names": ", ".join(names)},
    )


def _heading_row(grid: Grid, sheet: Sheet) -> int | None:
    """The index of the row with the most known headings; a title above it has none or one."""
    known = _known(sheet)
    counts = [sum(plain(cell) in known for cell in row) for _, row in grid.rows[:SEARCHED_ROWS]]
    best = max(counts, default=0)
    return counts.index(best) if best >= 1 else None


def _known(sheet: Sheet) -> dict[str, Column]:
    both = {plain(column.name): column for column in sheet.columns}
    return {**{plain(column.label): column for column in sheet.columns}, **both}


def _no_headings(grid: Grid, sheet: Sheet) -> list[Fault]:
    if grid.is_workbook and not grid.rows:
        return []
    headings = ", ".join(_name(grid, column) for column in sheet.columns)
    return [
        Fault(
            grid.where,
            "a row with the headings {headings}",
            values={"headings": headings},
        )
    ]


def _name(grid: Grid, column: Column) -> str:
    return column.label if grid.is_workbook else column.name


def _under_headings(grid: Grid, sheet: Sheet, index: int) -> tuple[Table, list[Fault]]:
    number, cells = grid.rows[index]
    places, faults = _places(grid, sheet, index)
    present = set(places.values())
    for column in sheet.columns:
        if column.required and column.name not in present:
            where = Where(grid.file, grid.where.sheet, number, _name(grid, column))
            faults.append(Fault(where, "a column with this heading"))
    rows = []
    for row_number, row in grid.rows[index + 1 :]:
        read = {name: row[at] if at < len(row) else None for at, name in places.items()}
        if any(not is_blank(cell) for cell in read.values()):
            rows.append((row_number, read))
    headings = {name: str(cells[at]).strip() for at, name in places.items()}
    return Table(sheet, grid.where, tuple(rows), headings), faults


def is_blank(cell: Raw) -> bool:
    """Whether a cell is empty or holds nothing but space."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _places(grid: Grid, sheet: Sheet, index: int) -> tuple[dict[int, str], list[Fault]]:
    """Which column stands at which place of the row; unknown, double and nameless are faults."""
    number, cells = grid.rows[index]
    known = _known(sheet)
    places: dict[int, str] = {}
    faults: list[Fault] = []
    for at, cell in enumerate(cells):
        column = known.get(plain(cell))
        where = Where(grid.file, grid.where.sheet, number, _letter(at, cell))
        if column is not None and column.name in places.values():
            faults.append(Fault(where, "each heading once", str(cell)))
        elif column is not None:
            places[at] = column.name
        elif not is_blank(cell):
            faults.append(_unknown_heading(grid, sheet, where, str(cell)))
    return places, faults + _nameless(grid, index, len(cells))


def _unknown_heading(grid: Grid, sheet: Sheet, where: Where, written: str) -> Fault:
    names = [_name(grid, column) for column in sheet.columns]
    either = names + [column.name for column in sheet.columns]
    return Fault(
        where,
        "one of the headings {names}",
        written,
        nearest(written, either),
        {"names": ", ".join(names)},
    )


def _nameless(grid: Grid, index: int, width: int) -> list[Fault]:
    """Values that stand under no heading, one fault for each such column."""
    _, cells = grid.rows[index]
    found: dict[int, Fault] = {}
    for number, row in grid.rows[index + 1 :]:
        for at, cell in enumerate(row):
            nameless = at >= width or is_blank(cells[at])
            if nameless and not is_blank(cell) and at not in found:
                where = Where(grid.file, grid.where.sheet, number, _letter(at, None))
                found[at] = Fault(where, "a heading above this value", str(cell))
    return list(found.values())


def _letter(at: int, cell: Raw) -> str:
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(at + 1)
    return letter if is_blank(cell) else f"{letter} ({str(cell).strip()})"
