"""Whole numbers as buttons and forms send them, where anybody may have sent anything."""

from __future__ import annotations

MOST_DIGITS = 9
"""So many digits every database takes for an id."""


def whole(text: str, digits: int = MOST_DIGITS) -> int | None:
    """The number that at most so many plain digits say; nothing for a sign, a word or a `²`."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
