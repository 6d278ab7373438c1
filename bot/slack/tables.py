"""A neutral table as Slack's table block, one block for as many rows as one may hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.slack.markup import EMPTY
from models.message import Table

CHARACTERS = 7_500
HEADINGS = 1_500


def tables(part: Table) -> Iterator[dict[str, Any]]:
    """The table as blocks that each repeat the headings.

    Raises ValueError for headings that would leave no room for rows.
    """
    heading = [_cell(word) for word in part.columns]
    width = _length(heading)
    if width > HEADINGS:
        raise ValueError("a table's headings are words, not paragraphs")
    rows: list[list[dict[str, str]]] = []
    for row in ([_cell(cell.plain()) for cell in row] for row in part.rows):
        if rows and width + sum(map(_length, rows)) + _length(row) > CHARACTERS:
            yield _block(heading, rows)
            rows = []
        rows.append(row)
    yield _block(heading, rows)


def _block(heading: list[dict[str, str]], rows: list[list[dict[str, str]]]) -> dict[str, Any]:
    return {
        "type": "table",
        "rows": [heading, *rows],
        "column_settings": [{"is_wrapped": True} for _ in heading],
    }


def _cell(text: str) -> dict[str, str]:
    return {"type": "raw_text", "text": text.strip() or EMPTY}


def _length(row: list[dict[str, str]]) -> int:
    return sum(len(cell["text"]) for cell in row)
