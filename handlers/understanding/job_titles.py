"""Titles that people have at work, as members say them: kommunpolisen, the safety coordinator."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.understanding.line import Line, Word, key_of
from handlers.understanding.word_tables import rows

_ENDINGS = ("", "n", "en", "ern", "s", "ns", "ens", "er", "erna", "na", "ar", "arna")
"""What Swedish adds to a title: kommunpolis-en, trygghetssamordnare-n, direktör-er."""


class Titles:
    """The titles that are known, by each way to say them; without dots, in lower case."""

    def __init__(self, titles: Iterable[str]) -> None:
        self._said: dict[str, str] = {}
        for title in sorted({key_of(each) for each in titles} - {""}):
            for ending in _ENDINGS:
                self._said.setdefault(f"{title}{ending}", title)
        for title, phrases in rows("titles").items():
            for phrase in phrases:
                self._said.setdefault(key_of(phrase), key_of(title))
        self._longest = max((key.count(" ") for key in self._said), default=0) + 1

    def said_in(self, line: Line) -> tuple[str, tuple[Word, ...]] | None:
        """The first title that a line says, the longest at its place, and its words."""
        words = line.words
        for first in range(len(words)):
            for last in range(min(len(words), first + self._longest), first, -1):
                title = self._said.get(" ".join(word.key for word in words[first:last]))
                if title is not None:
                    return title, words[first:last]
        return None


def has_title(title: str, wanted: str) -> bool:
    """Whether a title is the wanted one: the whole of it, its beginning, or its last part."""
    key = key_of(title)
    return key == wanted or key.startswith(f"{wanted} ") or key.endswith(wanted)
