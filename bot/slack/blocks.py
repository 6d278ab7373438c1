"""A neutral message as Block Kit: pure, within every limit of Slack, never cut in silence.

What does not fit in one message becomes several, cut between parts, rows or sentences. Limits
are those of Slack's reference; the total text of a message is not documented and was refused
from 11,341 characters on, so a page keeps to fewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.slack.buttons import Named, actions, beside
from bot.slack.lines import SECTION, lines, section
from bot.slack.markup import escape, mrkdwn, pieces, plain
from bot.slack.tables import tables
from models.message import (
    Actions,
    Divider,
    Fact,
    Facts,
    File,
    Heading,
    Image,
    Lines,
    Message,
    Note,
    Part,
    Quote,
    Status,
    Table,
    Text,
)

Block = dict[str, Any]

BLOCKS = 45
CHARACTERS = 9_000
FIELD = 1_900
FIELDS = 10
SUMMARY = 3_900
KEPT = "kept:"
"""What the id of a row of buttons begins with in a message that is worth keeping."""

SHOWN = frozenset({"text", "alt_text", "title"})


@dataclass
class Page:
    """The blocks of one message, with what they already hold."""

    blocks: list[Block] = field(default_factory=list)
    characters: int = 0
    has_table: bool = False

    def takes(self, block: Block, characters: int) -> bool:
        """Whether the block, with so many characters, still fits here."""
        if block["type"] == "table" and self.has_table:
            return False
        return len(self.blocks) < BLOCKS and self.characters + characters <= CHARACTERS

    def add(self, block: Block, characters: int) -> None:
        """Puts the block last."""
        self.blocks.append(block)
        self.characters += characters
        self.has_table = self.has_table or block["type"] == "table"


def payloads(message: Message) -> tuple[dict[str, Any], ...]:
    """The message as `text` and `blocks`, one payload where it fits, else several in order."""
    pages = _pages(_marked(blocks(message.parts)) if message.lasting else blocks(message.parts))
    summary = plain_summary(message.summary)
    if len(pages) <= 1:
        return ({"text": summary, "blocks": pages[0].blocks if pages else []},)
    return tuple(
        {"text": f"{summary} ({number}/{len(pages)})", "blocks": page.blocks}
        for number, page in enumerate(pages, start=1)
    )


def _marked(found: list[Block]) -> list[Block]:
    """The blocks, those that can be pressed marked as parts of what no answer may replace."""
    return [
        {**block, "block_id": f"{KEPT}{number}"} if block["type"] == "actions" else block
        for number, block in enumerate(found)
    ]


def plain_summary(summary: str) -> str:
    """The line that a notification and a screen reader say; it can call nobody."""
    whole = escape(summary).strip() or "…"
    if len(whole) <= SUMMARY:
        return whole
    return summary.replace("<", "‹").replace(">", "›").strip()


def blocks(parts: Iterable[Part]) -> list[Block]:
    """All parts as blocks, whatever their number; action ids are unique among them."""
    numbers: dict[str, Iterator[int]] = {}

    def named(action: str) -> str:
        number = next(numbers.setdefault(action, count(1)))
        return action if number == 1 else f"{action}:{number}"

    return [block for part in parts for block in _part(part, named)]


def shown(block: Any) -> int:
    """How many characters of a block a reader sees or hears."""
    if isinstance(block, dict):
        return sum(
            len(value) if name in SHOWN and isinstance(value, str) else shown(value)
            for name, value in block.items()
        )
    return sum(map(shown, block)) if isinstance(block, list) else 0


def _pages(found: list[Block]) -> list[Page]:
    pages: list[Page] = []
    for block in found:
        characters = shown(block)
        if not pages or not pages[-1].takes(block, characters):
            pages.append(Page())
        pages[-1].add(block, characters)
    return pages


def _part(part: Part, named: Named) -> Iterator[Block]:
    if isinstance(part, Actions):
        return iter((actions(part, named),))
    if isinstance(part, Table):
        return tables(part, named)
    if isinstance(part, Facts):
        return _facts(part, named)
    if isinstance(part, Lines):
        return lines(part, named)
    if isinstance(part, Quote):
        return _quote(part)
    return _words(part)


def _words(part: Heading | Text | Status | Image | File | Note | Divider) -> Iterator[Block]:
    if isinstance(part, Heading):
        if part.text.strip():
            yield {"type": "header", "text": plain(part.text)}
    elif isinstance(part, Divider):
        yield {"type": "divider"}
    elif isinstance(part, Status):
        yield section(f"{escape(part.sign)} *{escape(part.word)}*")
    elif isinstance(part, Text):
        yield from map(section, pieces(part.text, SECTION))
    else:
        yield from note(_small(part))


def _small(part: Image | File | Note) -> str:
    """The small grey line; pictures and files themselves go up beside the message."""
    if isinstance(part, Image):
        return part.alt
    return part.label if isinstance(part, File) else part.text


def note(text: str) -> Iterator[Block]:
    """Small grey lines."""
    for piece in pieces(text, SECTION):
        yield {"type": "context", "elements": [{"type": "mrkdwn", "text": piece}]}


def _quote(part: Quote) -> Iterator[Block]:
    """A member's words, which rich text shows as they are without parsing them."""
    for piece in pieces(part.text, SECTION, str):
        words = {"type": "rich_text_quote", "elements": [{"type": "text", "text": piece}]}
        yield {"type": "rich_text", "elements": [words]}
    if part.by and part.by.strip():
        for piece in pieces(f"– {part.by}", SECTION, str):
            yield {"type": "context", "elements": [plain(piece)]}


def _facts(part: Facts, named: Named) -> Iterator[Block]:
    """Facts in two columns; one too long for a column has a paragraph of its own.

    So has one that leads somewhere, with its button or choice beside it.
    """
    row: list[dict[str, Any]] = []
    for fact in part.facts:
        words = _fact(fact, figures=part.figures)
        if len(words) > FIELD or fact.ways:
            yield from _row(row)
            row = []
            yield from _paragraph(fact, named)
            continue
        if sum(len(known["text"]) for known in row) + len(words) > SECTION or len(row) == FIELDS:
            yield from _row(row)
            row = []
        row.append({"type": "mrkdwn", "text": words})
    yield from _row(row)


def _paragraph(fact: Fact, named: Named) -> Iterator[Block]:
    """A fact of its own; what it leads to stands beside the first of its pieces."""
    first, *rest = [section(x) for x in pieces(f"**{fact.label}**\n{fact.value}", SECTION)]
    if fact.ways:
        first = {**first, "accessory": beside(fact.ways, fact.choose, named)}
    yield from (first, *rest)


def _row(fields: list[dict[str, Any]]) -> Iterator[Block]:
    if fields:
        yield {"type": "section", "fields": fields}


def _fact(fact: Fact, *, figures: bool) -> str:
    label, value = escape(fact.label), mrkdwn(fact.value)
    return f"*{value}*\n{label}" if figures else f"*{label}*\n{value}"
