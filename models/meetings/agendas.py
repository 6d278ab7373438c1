"""What stands on a meeting's agenda: items, each to inform, to consult or to decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class ItemKind(StrEnum):
    """What an item is for; what does not say is OTHER."""

    INFORMATION = "information"
    CONSULTATION = "consultation"
    DECISION = "decision"
    OTHER = "other"


@dataclass(frozen=True)
class Item:
    """One item of an agenda, in the words of whoever wrote it."""

    kind: ItemKind
    title: str


PREFIXES = {
    "information": ItemKind.INFORMATION,
    "info": ItemKind.INFORMATION,
    "samråd": ItemKind.CONSULTATION,
    "consultation": ItemKind.CONSULTATION,
    "beslut": ItemKind.DECISION,
    "decision": ItemKind.DECISION,
}
_KIND_LAST = re.compile(r"^(?P<title>.*\S)\s*\((?P<kind>\w+)\)$")
_NUMBERED = re.compile(r"^(?:§?\s*\d+[.)]?\s+|[-–•*]\s+)")


def items(agenda: str) -> tuple[Item, ...]:
    """The items of an agenda: one a line, or between semicolons, numbered or not."""
    return tuple(_items(agenda))


def one_a_line(agenda: str) -> str:
    """The same agenda as it is written in a form: each item on a line of its own."""
    return "\n".join(filter(None, (line.strip() for line in _lines(agenda))))


def _lines(agenda: str) -> list[str]:
    return re.split(r"[\n;]", agenda)


def _items(agenda: str) -> Iterator[Item]:
    for line in _lines(agenda):
        text = _NUMBERED.sub("", line.strip()).strip()
        if text:
            yield _item(text)


def _item(text: str) -> Item:
    """An item with its kind before a colon, or in brackets at its end; else of no kind."""
    kind, _, title = text.partition(":")
    if title.strip() and (found := PREFIXES.get(kind.strip().casefold())):
        return Item(found, title.strip())
    last = _KIND_LAST.match(text)
    if last and (found := PREFIXES.get(last["kind"].casefold())):
        return Item(found, last["title"])
    return Item(ItemKind.OTHER, text)
