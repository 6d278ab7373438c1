"""A typed line made ready: cleaned, lower-cased and cut into words whose places are kept."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_ADDRESSED = re.compile(
    r"^(?:\s|<@[^>]*>|[@/]\s?samverkan(?:s?bot(?:ten)?)?\b|samverkan(?:s?bot(?:ten)?)?\b)[\s:,]*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(
    r"(.{3,}?)((?:styr|beredning|arbets?)s?grupp(?:en|ens|er|erna|s)?|atgard(?:en|er|erna)?)"
)
_BLANKS = re.compile(r"\s+")
_DASHES = frozenset("‐‑‒–—―−﹘﹣－")
_QUOTES = "\"'“”„»«`´‘’*"


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands; `low` is in lower case, `key` without dots and accents too."""

    start: int
    end: int
    low: str
    key: str


@dataclass(frozen=True)
class Line:
    """A cleaned line; `text`, `low` and `key` are equally long, so that places fit all three."""

    text: str
    low: str
    key: str
    words: tuple[Word, ...]

    def said(self, start: int, end: int) -> str:
        """What was written between two places."""
        return self.text[start:end]


def read(typed: str) -> Line:
    """Cleans a line: no address to the bot, no quotes around, no invisible signs, single blanks."""
    text = unicodedata.normalize("NFC", typed)
    text = "".join(" " if _is_blank(sign) else sign for sign in text if not _is_invisible(sign))
    text = _BLANKS.sub(lambda run: "\n" if "\n" in run[0] else " ", text)
    text = text.strip().strip(_QUOTES).strip()
    while match := _ADDRESSED.match(text):
        text = text[match.end() :]
    text = text.strip().strip(_QUOTES).strip()
    low = "".join(_lower(sign) for sign in text)
    key = "".join(_plain(sign) for sign in low)
    return Line(text, low, key, tuple(_words(low, key)))


def key_of(text: str) -> str:
    """The words of a text in lower case without dots and accents, one space between."""
    return " ".join(word.key for word in read_words(text))


def plain(text: str) -> str:
    """A text in lower case without dots and accents, its other signs kept."""
    return "".join(_plain(_lower(sign)) for sign in unicodedata.normalize("NFC", text))


def low_of(text: str) -> str:
    """The words of a text in lower case, one space between."""
    return " ".join(word.low for word in read_words(text))


def read_words(text: str) -> tuple[Word, ...]:
    """The words of a name or a phrase that is not a member's line."""
    low = "".join(_lower(sign) for sign in unicodedata.normalize("NFC", text))
    return tuple(_words(low, "".join(_plain(sign) for sign in low)))


def _words(low: str, key: str) -> list[Word]:
    words = []
    for match in _WORD.finditer(key):
        start, end = match.span()
        compound = _COMPOUND.fullmatch(key, start, end)
        for first, last in [compound.span(1), compound.span(2)] if compound else [(start, end)]:
            words.append(Word(first, last, low[first:last], key[first:last]))
    return words


def _is_blank(sign: str) -> bool:
    if sign in "\r\n":
        return False
    return sign.isspace() or unicodedata.category(sign) in ("Cc", "Zs", "Zl", "Zp")


def _is_invisible(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cf", "Cs") or "\ufe00" <= sign <= "\ufe0f"


@lru_cache(maxsize=4096)
def _lower(sign: str) -> str:
    """One sign in lower case: full-width signs become plain, all dashes become one."""
    if sign in _DASHES:
        return "-"
    if sign == "\n":
        return " "
    for changed in (unicodedata.normalize("NFKC", sign).lower(), sign.lower()):
        if len(changed) == 1:
            return changed
    return sign


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    """One sign without its dots or accents."""
    bare = unicodedata.normalize("NFD", sign)[0]
    if bare.isascii() and bare.isalnum():
        return bare
    return {"ø": "o", "æ": "a"}.get(sign, sign)
