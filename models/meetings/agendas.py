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
_NUMBERED = re.compile(r"^(?:§?\s*\d+[.)]?\s+|[-–•*]\s+)")


def items(agenda: str) -> tuple[Item, ...]:
    """The items of an agenda: one a line, or between semicolons, numbered or not."""
    return tuple(_items(agenda))


def _items(agenda: str) -> Iterator[Item]:
    for line in re.split(r"[\n;]", agenda):
        text = _NUMBERED.sub("", line.strip()).strip()
        prefix, colon, title = text.partition(":")
        kind = PREFIXES.get(prefix.strip().casefold()) if colon else None
        if kind is not None and title.strip():
            yield Item(kind, title.strip())
        elif text:
            yield Item(ItemKind.OTHER, text)
