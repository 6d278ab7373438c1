"""Our small markup in Slack's words, and long text cut where a reader would pause."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
ITEM = re.compile(r"^- ", re.MULTILINE)
EMPTY = "–"
"""Slack refuses a text without signs; a dash is also what a screen reader can say."""

PAUSES = ("\n\n", "\n", ". ", ", ", " ")


def escape(text: str) -> str:
    """The text with the three characters that start something in Slack made harmless."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """What Slack sent, as the member wrote it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mrkdwn(text: str) -> str:
    """Our bold and list items as Slack writes them; italics and new lines are the same."""
    return ITEM.sub("• ", BOLD.sub(r"*\1*", escape(text)))


def pieces(text: str, limit: int, render: Callable[[str], str] = mrkdwn) -> Iterator[str]:
    """The rendered text in pieces of at most `limit` characters, cut at pauses; blanks left out.

    The source is cut and not the result, so that no escaped character is torn apart.
    """
    rest = text.strip()
    while rest:
        end = _fitting(rest, limit, render)
        if end < len(rest):
            end = _pause(rest, end)
        yield render(rest[:end].rstrip())
        rest = rest[end:].strip()


def _fitting(text: str, limit: int, render: Callable[[str], str]) -> int:
    """How many characters from the start fit when they are rendered."""
    end = min(len(text), limit)
    while len(rendered := render(text[:end])) > limit:
        end = min(end - 1, end * limit // len(rendered))
    return end


def _pause(text: str, end: int) -> int:
    """The last pause in the second half of what fits, else where it must be cut."""
    for pause in PAUSES:
        found = text.rfind(pause, end // 2, end)
        if found > 0:
            return found + len(pause)
    return end


def plain(text: str) -> dict[str, Any]:
    """Plain text in which nothing is parsed, not even :signs:."""
    return {"type": "plain_text", "text": text if text.strip() else EMPTY, "emoji": False}
