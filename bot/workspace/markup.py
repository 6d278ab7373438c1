"""The small markup of neutral texts as HTML: bold, italic, code, lists and line breaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby

from markupsafe import Markup, escape

BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
ITALIC = re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)")
CODE = re.compile(r"(`[^`\n]+`)")
ADDRESS = re.compile(r"(https?://[^\s<>\"`]*[^\s<>\"`.,:;!?)\]*_'])")
PHONE = re.compile(r"\b0\d{1,3}-\d[\d ]{3,}\d\b")
SECTION = re.compile(r"\*\*(?=\S)[^*]+(?<=\S)\*\*")
ITEM = "- "
Piece = Callable[[str], Markup]


def inline(text: str) -> Markup:
    """One line with its bold, italic and code; everything else is escaped."""
    return _split(text, CODE, _code, _emphasis)


def linked(text: str) -> Markup:
    """The same where web addresses can be followed, such as that of a meeting's room."""
    return _split(text, CODE, _code, lambda piece: _split(piece, ADDRESS, _link, _emphasis))


def _split(text: str, at: re.Pattern[str], there: Piece, between: Piece) -> Markup:
    """A text with what a pattern finds shown in one way, and what lies between in another."""
    pieces = (there(each) if at.fullmatch(each) else between(each) for each in at.split(text))
    return Markup("").join(pieces)


def blocks(text: str) -> Markup:
    """A text as paragraphs and lists."""
    lines = [line.rstrip() for line in text.split("\n")]
    groups = groupby(lines, key=lambda line: "list" if line.startswith(ITEM) else bool(line))
    return Markup("").join(_block(kind, list(group)) for kind, group in groups if kind)


def _block(kind: object, lines: list[str]) -> Markup:
    if kind == "list":
        items = Markup("").join(
            Markup("<li>{}</li>").format(linked(line.removeprefix(ITEM))) for line in lines
        )
        return Markup("<ul>{}</ul>").format(items)
    if len(lines) == 1 and SECTION.fullmatch(lines[0]):
        return Markup('<p class="section">{}</p>').format(inline(lines[0]))
    return Markup("<p>{}</p>").format(Markup("<br>").join(linked(line) for line in lines))


def _link(address: str) -> Markup:
    return Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(address)


def _code(piece: str) -> Markup:
    return Markup("<code>{}</code>").format(piece.strip("`"))


def _emphasis(piece: str) -> Markup:
    # The patterns match none of the signs that escaping changes, so it may come first.
    safe = str(escape(piece))
    safe = PHONE.sub(r'<span class="whole">\g<0></span>', safe)
    safe = BOLD.sub(r"<strong>\1</strong>", safe)
    return Markup(ITALIC.sub(r"<em>\1</em>", safe))  # noqa: S704 - escaped above.
