"""Workbooks (.xlsx) as grids, with their dates and numbers as Excel keeps them."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from bot.workbook.faults import Unreadable
from bot.workbook.grid import Grid, Raw

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
    from openpyxl.worksheet.worksheet import Worksheet

    AnyCell = Cell | MergedCell | ReadOnlyCell | EmptyCell

BROKEN = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What openpyxl raises, depending on where a damaged workbook is damaged."""


def read_workbook(path: Path) -> Iterator[Grid]:
    """The tabs of a workbook that can be seen; hidden ones hold the lists of the drop-downs."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            # What openpyxl does not know of a workbook's looks is none of our concern.
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True, data_only=True)
            try:
                return iter([_grid(path, sheet) for sheet in book.worksheets if _is_open(sheet)])
            finally:
                book.close()
    except (*BROKEN, InvalidFileException) as problem:
        raise Unreadable(
            "an Excel workbook (.xlsx) without a password; this file is not one"
        ) from problem


def _is_open(sheet: Worksheet) -> bool:
    return sheet.sheet_state == "visible"


def _grid(path: Path, sheet: Worksheet) -> Grid:
    rows = enumerate(sheet.iter_rows(), start=1)
    kept = ((number, tuple(_value(cell) for cell in row)) for number, row in rows)
    return Grid(
        path.name,
        sheet.title,
        tuple((number, row) for number, row in kept if any(cell is not None for cell in row)),
        is_workbook=True,
    )


def _value(cell: AnyCell) -> Raw:
    """A cell's value; of a percentage the number that is seen, 45 where Excel keeps 0.45."""
    value = cell.value
    if isinstance(value, float | int) and "%" in str(cell.number_format or ""):
        return round(value * 100, 6)
    if value is None or isinstance(value, str | int | float | date | time | timedelta):
        return value
    return str(value)
