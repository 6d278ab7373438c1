"""Paragraphs, and lists whose lines lead somewhere, as sections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.slack.buttons import Named, choice, single
from bot.slack.markup import pieces
from models.message import Line, Lines

SECTION = 2_900
MOST_BESIDE = 8
"""So many lines have their button beside them; of more there is one choice."""


def section(text: str) -> dict[str, Any]:
    """A paragraph of text that is already mrkdwn; it is shown whole, never folded."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, "expand": True}


def lines(part: Lines, named: Named) -> Iterator[dict[str, Any]]:
    """Each line with its button beside it; a longer list as one text, and a choice below it."""
    ways = [line.way for line in part.lines if line.way is not None]
    if len(ways) <= MOST_BESIDE:
        yield from map(section, pieces(f"**{part.title}**", SECTION))
        for line in part.lines:
            yield from _line(line, named)
        return
    whole = "\n".join([f"**{part.title}**", *(f"- {line.text}" for line in part.lines)])
    yield from map(section, pieces(whole, SECTION))
    yield {"type": "actions", "elements": [choice(ways, part.choose, named)]}


def _line(line: Line, named: Named) -> Iterator[dict[str, Any]]:
    first, *rest = [section(piece) for piece in pieces(f"- {line.text}", SECTION)]
    yield {**first, "accessory": single(line.way, named)} if line.way else first
    yield from rest
