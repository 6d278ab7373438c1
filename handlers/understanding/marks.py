"""Which words of a line say what: the longest known phrase or name at each place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handlers.understanding.line import Line, Word
from handlers.understanding.names import Name, NameKind, Names, likeliest
from handlers.understanding.vocabulary import Kind, Phrase, Sense, vocabulary

_LOOSE = frozenset({Kind.PLAIN, Kind.ALIEN})
"""Ordinary words, which give way to a name and may be part of a misspelt one."""
_LONGEST_GUESS = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """Words from `first` up to `last`, with what they say or what they name."""

    first: int
    last: int
    sense: Sense | None = None
    names: tuple[Name, ...] = ()

    def is_named(self, kind: NameKind) -> bool:
        """Whether the words name such a thing before anything else."""
        return bool(self.names) and self.names[0].kind is kind


@dataclass(frozen=True)
class Marked:
    """A line with its marks in order, and the words that nothing is known of."""

    line: Line
    marks: tuple[Mark, ...]
    leftover: tuple[Word, ...]
    alien: bool

    def of(self, kind: Kind) -> tuple[Mark, ...]:
        """The marks of a kind."""
        return tuple(mark for mark in self.marks if mark.sense and mark.sense.kind is kind)

    def has(self, *kinds: Kind) -> bool:
        """Whether any word says any of the kinds."""
        return any(mark.sense and mark.sense.kind in kinds for mark in self.marks)

    def value(self, kind: Kind) -> str | None:
        """What the first word of a kind says."""
        return next((mark.sense.value for mark in self.of(kind) if mark.sense), None)

    def named(self, *kinds: NameKind) -> tuple[Mark, ...]:
        """The marks that name things of the kinds."""
        return tuple(mark for mark in self.marks if mark.names and mark.names[0].kind in kinds)


def mark(line: Line, names: Names, taken: Iterable[tuple[int, int]]) -> Marked:
    """Marks a line; words within the taken places, such as dates, stay out of it."""
    spans = list(taken)
    free = [
        not any(start < word.end and word.start < end for start, end in spans)
        for word in line.words
    ]
    exact = list(_exact(line.words, free, names))
    marks = sorted((*exact, *_guesses(line, free, exact, names)), key=lambda each: each.first)
    marks = _without_covered(marks)
    known = {
        index
        for each in marks
        if not (each.sense and each.sense.kind in _LOOSE)
        for index in range(each.first, each.last)
    }
    leftover = tuple(
        word for index, word in enumerate(line.words) if free[index] and index not in known
    )
    alien = any(each.sense and each.sense.kind is Kind.ALIEN for each in marks)
    return Marked(line, tuple(marks), leftover, alien)


def _exact(words: tuple[Word, ...], free: list[bool], names: Names) -> Iterator[Mark]:
    longest = max(vocabulary().longest, names.longest)
    index = 0
    while index < len(words):
        found = _longest(words, free, index, longest, names) if free[index] else None
        if found is not None:
            yield found
        index = found.last if found else index + 1


def _longest(
    words: tuple[Word, ...], free: list[bool], first: int, longest: int, names: Names
) -> Mark | None:
    reach = first
    while reach < min(len(words), first + longest) and free[reach]:
        reach += 1
    if not _may_start(words[first].key, names):
        reach = min(reach, first + 1)
    for last in range(reach, first, -1):
        low = " ".join(word.low for word in words[first:last])
        key = " ".join(word.key for word in words[first:last])
        found = _meaning(low, key, names)
        if found is not None:
            return Mark(first, last, *found)
    return None


def _may_start(key: str, names: Names) -> bool:
    return key in vocabulary().starts or key in names.starts


def _meaning(low: str, key: str, names: Names) -> tuple[Sense | None, tuple[Name, ...]] | None:
    """A phrase's sense or a name; of one word the grammar's sense goes first."""
    phrase = vocabulary().phrase(low, key)
    if phrase is not None and " " not in key and not _gives_way(phrase, low, names):
        return phrase.sense, ()
    named = names.find(low, key)
    if named:
        return None, named
    return (phrase.sense, ()) if phrase is not None else None


def _gives_way(phrase: Phrase, low: str, names: Names) -> bool:
    """Whether a name goes before a word: `far` is Farsta's code, and `får` without its dots."""
    if phrase.sense.kind in _LOOSE:
        return True
    return phrase.low != low and any(name.low == low for name in names.find(low, low))


def _guesses(line: Line, free: list[bool], exact: list[Mark], names: Names) -> Iterator[Mark]:
    """Marks for misspelt words, the longest run of words first; digits are never guessed at.

    The surname of a stranger is no misspelt word of the grammar: `Sven Svensson` is not Swedish.
    """
    words = line.words
    state = _states(words, free, exact)
    index, follows_stranger = 0, False
    while index < len(words):
        found = _guess_at(words, state, index, names)
        if found is not None and found.sense and follows_stranger and _is_surname(line, index):
            found = None
        if found is not None:
            yield found
        follows_stranger = found is None and state[index] == "open"
        index = found.last if found else index + 1


def _is_surname(line: Line, index: int) -> bool:
    """Whether a word and the one before are written as a name is: `Sven Svensson`, `sven.s@…`."""
    word, first = line.words[index], line.words[index - 1]
    are_capital = line.text[first.start].isupper() and line.text[word.start].isupper()
    return are_capital or line.text[first.end : word.start] == "."


def _states(words: tuple[Word, ...], free: list[bool], exact: list[Mark]) -> list[str]:
    """For each word: open to a guess, usable as part of one, or closed."""
    state = [
        "open" if is_free and word.key.isalpha() else "closed"
        for word, is_free in zip(words, free, strict=True)
    ]
    for each in exact:
        is_part = bool(each.names) or (each.sense is not None and each.sense.kind in _LOOSE)
        for index in range(each.first, each.last):
            state[index] = "part" if is_part else "closed"
    return state


def _guess_at(words: tuple[Word, ...], state: list[str], first: int, names: Names) -> Mark | None:
    for length in range(_LONGEST_GUESS, 0, -1):
        window = state[first : first + length]
        if len(window) < length or "closed" in window or "open" not in window:
            continue
        key = " ".join(word.key for word in words[first : first + length])
        found = _likely(key, names, is_alone=len(words) == 1)
        if found is not None:
            return Mark(first, first + length, *found)
    return None


def _likely(
    key: str, names: Names, *, is_alone: bool
) -> tuple[Sense | None, tuple[Name, ...]] | None:
    named, wrong = names.guess(key)
    if not named and key.endswith("s"):
        named, wrong = names.guess(key[:-1])
    meant = likeliest(key, vocabulary().fuzzy) if len(key) > 4 or is_alone else None
    if meant is not None and (not named or meant[1] < wrong):
        return vocabulary().by_key[meant[0]][0].sense, ()
    return (None, named) if named else None


def _without_covered(marks: list[Mark]) -> list[Mark]:
    """A guess over several words replaces the marks of the words within it."""
    wide = [each for each in marks if each.last - each.first > 1]
    return [
        each
        for each in marks
        if not any(
            other is not each and other.first <= each.first and each.last <= other.last
            for other in wide
        )
    ]
