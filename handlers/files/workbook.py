"""Rows as a workbook; loaded when the first is asked for, for what writes it is heavy to load."""

from __future__ import annotations

import io
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from handlers.files.extracts import Extract, Value
from handlers.files.formats import FORMULA_SIGNS, text_of

NARROWEST, WIDEST = 9, 60
DAY = "yyyy-mm-dd"


def workbook(extract: Extract) -> bytes:
    """The rows as a workbook: days as days, the heading in sight, columns as wide as needed."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = extract.title[:31]
    for number, field in enumerate(extract.fields, start=1):
        cell = _written(sheet, 1, number, field.heading)
        cell.font = Font(bold=True)
    for at, row in enumerate(extract.rows, start=2):
        for number, value in enumerate(row, start=1):
            _written(sheet, at, number, value).alignment = Alignment(vertical="top", wrap_text=True)
    _arranged(sheet, extract)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _written(sheet: Worksheet, row: int, column: int, value: Value) -> Cell:
    """A cell that holds a day, or a text that stays a text whatever sign it begins with."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    if isinstance(value, date):
        cell.value, cell.number_format = value, DAY
        return cell
    if isinstance(value, int | float):
        cell.value = value
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", text_of(value))
    if text:
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(FORMULA_SIGNS)
    return cell


def _arranged(sheet: Worksheet, extract: Extract) -> None:
    sheet.freeze_panes = "A2"
    last = get_column_letter(len(extract.fields))
    sheet.auto_filter.ref = f"A1:{last}{len(extract.rows) + 1}"
    for at, field in enumerate(extract.fields):
        longest = max((len(text_of(row[at])) for row in extract.rows), default=0)
        width = max(len(field.heading) + 3, longest + 1)
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(
            max(width, NARROWEST), WIDEST
        )
