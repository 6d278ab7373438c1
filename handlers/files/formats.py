"""Rows as CSV, workbook and JSON, in which no spreadsheet program finds anything to run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date

from handlers.files.extracts import Extract, Term, Value

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet program may take for the beginning of a formula."""


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
    return text_of(value) if isinstance(value, int | float) else harmless(text_of(value))


def harmless(text: str) -> str:
    """A text that no spreadsheet program takes for a formula: a sign before it says so."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def text_of(value: Value) -> str:
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
        case float():
            return f"{value:.10g}".replace(".", ",")
        case str():
            return value


def as_xlsx(extract: Extract) -> bytes:
    """The rows as a workbook, in which days are days."""
    # openpyxl loads numpy and Pillow, which would cost every start most of a second.
    from handlers.files.workbook import workbook

    return workbook(extract)


def as_json(extract: Extract) -> bytes:
    """The rows as JSON objects with names and codes for programs; a day that is not set is null."""
    names = [field.name for field in extract.fields]
    rows = [dict(zip(names, map(_coded, row), strict=True)) for row in extract.rows]
    return f"{json.dumps(rows, ensure_ascii=False, indent=2)}\n".encode()


def _coded(value: Value) -> str | int | float | None:
    if isinstance(value, Term):
        return value.code
    return value if value is None or isinstance(value, int | float) else text_of(value)


FORMATS: dict[str, Callable[[Extract], bytes]] = {"csv": as_csv, "xlsx": as_xlsx, "json": as_json}
"""How rows are written, by the ending of the file's name."""
