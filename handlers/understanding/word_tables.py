"""Reads the tables of words that stand beside this module as text."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from handlers.understanding.line import key_of, plain

_FOLDER = Path(__file__).parent
_ROW = re.compile(r"^\S.*(?:\n .*)*", re.MULTILINE)


@lru_cache
def rows(table: str) -> dict[str, tuple[str, ...]]:
    """A table's rows: what stands before the colon, and the phrases between the bars after it."""
    text = (_FOLDER / f"words_{table}.txt").read_text(encoding="utf-8")
    said = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    found = (row.partition(":") for row in _ROW.findall(said))
    return {name: _phrases(phrases) for name, _, phrases in found}


@lru_cache
def keys(table: str, row: str) -> frozenset[str]:
    """A row's phrases without dots and accents."""
    return frozenset(key_of(phrase) for phrase in rows(table)[row])


@lru_cache
def alternatives(table: str, row: str) -> str:
    """A pattern for any of a row's phrases as they stand in a line without dots, longest first."""
    phrases = sorted(rows(table)[row], key=len, reverse=True)
    return "(?:" + "|".join(re.escape(plain(phrase)) for phrase in phrases) + ")"


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase for part in text.split("|") if (phrase := " ".join(part.split())))
