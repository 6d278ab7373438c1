"""CSV files as programs and Excel save them: UTF-8, comma or semicolon, with or without a mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from bot.workbook.faults import Unreadable
from bot.workbook.grid import Grid


def read_csv(path: Path) -> Iterator[Grid]:
    """The one grid of a CSV file, named for the file."""
    lines = _text(path)
    first, _, rest = lines.partition("\n")
    if first.strip().lower().startswith("sep="):
        delimiter, lines, before = first.strip()[4:] or ";", rest, 1
    else:
        delimiter, before = _delimiter(first), 0
    try:
        rows = list(csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter))
    except (csv.Error, TypeError) as problem:
        raise Unreadable("a CSV file with commas or semicolons between the cells") from problem
    numbered = tuple((before + number, tuple(row)) for number, row in enumerate(rows, start=1))
    yield Grid(path.name, path.stem, numbered, is_workbook=False)


def _text(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        row = raw.count(b"\n", 0, problem.start) + 1
        raise Unreadable(
            "text in UTF-8, which line {row} is not; in Excel choose “CSV UTF-8”", row=row
        ) from problem


def _delimiter(heading: str) -> str:
    """The sign between the headings; a Swedish Excel writes semicolons."""
    return max(",;\t", key=heading.count)
