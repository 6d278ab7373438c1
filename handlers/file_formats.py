"""Rows as CSV, workbook and JSON, in which no spreadsheet program finds anything to run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date

from handlers.extracts import Extract, Term, Value
from handlers.light_openpyxl import (
    ILLEGAL_CHARACTERS_RE,
    Alignment,
    Cell,
    Font,
    Workbook,
    Worksheet,
    get_column_letter,
)

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet program may take for the beginning of a formula."""

NARROWEST, WIDEST = 9, 60
DAY = "yyyy-mm-dd"


def as_csv(extract: Extract) -> bytes:
    """The rows as a Swedish Excel opens them: UTF-8 with a mark, semicolons, a heading first."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(field.heading) for field in extract.fields])
    for row in extract.rows:
        writer.writerow([_plain(value) for value in row])
    return lines.getvalue().encode("utf-8-sig")


def _plain(value: Value) -> str:
    """A number as it is, also one below nothing; any other value made harmless."""
    return str(value) if isinstance(value, int) else harmless(_text(value))


def harmless(text: str) -> str:
    """A text that no spreadsheet program takes for a formula: a sign before it says so."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _text(value: Value) -> str:
    """A value as a reader writes it; a day as 2024-06-10."""
    match value:
        case None:
            return ""
        case Term():
            return value.word
        case date():
            return value.isoformat()
        case int():
            return str(value)
        case str():
            return value


def as_xlsx(extract: Extract) -> bytes:
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
    if isinstance(value, int):
        cell.value = value
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", _text(value))
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
        longest = max((len(_text(row[at])) for row in extract.rows), default=0)
        width = max(len(field.heading) + 3, longest + 1)
        sheet.column_dimensions[get_column_letter(at + 1)].width = min(
            max(width, NARROWEST), WIDEST
        )


def as_json(extract: Extract) -> bytes:
    """The rows as JSON objects with names and codes for programs; a day that is not set is null."""
    names = [field.name for field in extract.fields]
    rows = [dict(zip(names, map(_coded, row), strict=True)) for row in extract.rows]
    return f"{json.dumps(rows, ensure_ascii=False, indent=2)}\n".encode()


def _coded(value: Value) -> str | int | None:
    if isinstance(value, Term):
        return value.code
    return value if value is None or isinstance(value, int) else _text(value)


FORMATS: dict[str, Callable[[Extract], bytes]] = {"csv": as_csv, "xlsx": as_xlsx, "json": as_json}
"""How rows are written, by the ending of the file's name."""
