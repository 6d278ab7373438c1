"""A neutral table as Slack's table block, one block for as many rows as one may hold.

A table holds no buttons: what its rows lead to is a choice below it, in the rows' order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bot.slack.buttons import Named, choice
from bot.slack.markup import EMPTY
from models.message import Button, Table

CHARACTERS = 7_500
HEADINGS = 1_500


def tables(part: Table, named: Named) -> Iterator[dict[str, Any]]:
    """The table as blocks that each repeat the headings, each with the choice among its rows.

    Raises ValueError for headings that would leave no room for rows.
    """
    heading = [_cell(word) for word in part.columns]
    width = _length(heading)
    if width > HEADINGS:
        raise ValueError("a table's headings are words, not paragraphs")
    rows: list[list[dict[str, str]]] = []
    ways: list[Button | None] = []
    for at, row in enumerate([_cell(cell.plain()) for cell in row] for row in part.rows):
        if rows and width + sum(map(_length, rows)) + _length(row) > CHARACTERS:
            yield from _blocks(heading, rows, _choice(part, ways, named))
            rows, ways = [], []
        rows.append(row)
        ways += part.ways[at : at + 1]
    yield from _blocks(heading, rows, _choice(part, ways, named))


def _choice(part: Table, ways: Iterable[Button | None], named: Named) -> list[dict[str, Any]]:
    there = [way for way in ways if way is not None]
    return [choice(there, part.choose, named)] if there else []


def _blocks(
    heading: list[dict[str, str]], rows: list[list[dict[str, str]]], below: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    yield _block(heading, rows)
    if below:
        yield {"type": "actions", "elements": below}


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
