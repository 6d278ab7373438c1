"""Words that stand where a place's name stands, and name none that is known."""

from __future__ import annotations

import re

from handlers.understanding.arguments import Keys
from handlers.understanding.line import Word
from handlers.understanding.marks import Mark, Marked
from handlers.understanding.vocabulary import Kind
from handlers.understanding.word_tables import keys

_VERBS = frozenset({Kind.WHO, Kind.VERB, Kind.VACANT, Kind.SEATED})
_OF_PLACES = frozenset({"coverage", "measures", "meetings", "decisions"})
AT_HOME = re.compile(r"(?<=\w)@[\w.-]*\w")
"""Where an e-mail address is at home."""
_NAMED = ("district", "police_area", "unknown_place", "organisation", "person")


def unknown_place(marked: Marked, found: Keys) -> tuple[str | None, tuple[Word, ...]]:
    """The name of a place that is unknown, as it was written, and its words.

    It stands after a preposition, or right after a verb with nothing else behind; it begins with
    a capital letter unless it is the only word after the verb. So does an e-mail address count.
    """
    if not marked.leftover or marked.alien or any(name in found for name in _NAMED):
        return None, ()
    words = _together(marked)
    text = marked.line.said(words[0].start, words[-1].end)
    if (home := AT_HOME.match(marked.line.key, words[-1].end)) is not None:
        return marked.line.said(words[0].start, home.end()), words
    if _is_capital(text) and (
        _follows_preposition(marked, words[0]) or _follows_verb(marked, words)
    ):
        return text, words
    is_all = len(marked.leftover) == 1 and _ends_the_line(marked, words[-1])
    if is_all and _follows_verb(marked, words) and words[0].key.isalpha():
        return text, words
    return None, ()


def _together(marked: Marked) -> tuple[Word, ...]:
    """The first unknown words that stand side by side and begin alike."""
    words = [marked.leftover[0]]
    capital = _is_capital(marked.line.said(words[0].start, words[0].end))
    for word in marked.leftover[1:]:
        is_next = word.start - words[-1].end <= 1
        if not is_next or _is_capital(marked.line.said(word.start, word.end)) is not capital:
            break
        words.append(word)
    return tuple(words)


def _is_capital(text: str) -> bool:
    return text[:1].isupper()


def _previous(marked: Marked, word: Word) -> Word | None:
    index = marked.line.words.index(word)
    return marked.line.words[index - 1] if index else None


def _follows_preposition(marked: Marked, word: Word) -> bool:
    previous = _previous(marked, word)
    return previous is not None and previous.key in keys("lists", "before places")


def _follows_verb(marked: Marked, words: tuple[Word, ...]) -> bool:
    """Whether all before the words is one verb, or a verb and a preposition."""
    index = marked.line.words.index(words[0])
    before = [mark for mark in marked.marks if mark.last <= index]
    covered = sum(mark.last - mark.first for mark in before)
    if covered != index or not before:
        return False
    return _is_verb(before[0]) and all(
        _is_verb(mark) or _leads_to_place(marked, mark) for mark in before[1:]
    )


def _is_verb(mark: Mark) -> bool:
    if mark.sense is None or mark.sense.kind not in _VERBS:
        return False
    return mark.sense.kind is not Kind.VERB or mark.sense.value in _OF_PLACES


def _leads_to_place(marked: Marked, mark: Mark) -> bool:
    return marked.line.words[mark.first].key in keys("lists", "before places")


def _ends_the_line(marked: Marked, word: Word) -> bool:
    return marked.line.words[-1] == word
