"""The grammar's own words in Swedish and English, and what each says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from handlers.understanding.line import key_of, low_of
from handlers.understanding.verbs import VERBS
from handlers.understanding.word_tables import rows


class Kind(Enum):
    """What sort of thing a word or phrase says."""

    VERB = auto()
    WEAK = auto()
    WHO = auto()
    WHICH = auto()
    ASK = auto()
    SHOW = auto()
    SEATED = auto()
    GROUP = auto()
    GROUPS = auto()
    LEVEL = auto()
    ROLE = auto()
    SEAT = auto()
    PARTY = auto()
    POLICE = auto()
    STATUS = auto()
    MINE = auto()
    ME = auto()
    OWNER = auto()
    CAUSE = auto()
    GOAL = auto()
    REPORTS = auto()
    DUE = auto()
    LACK = auto()
    VACANT = auto()
    SINCE = auto()
    KNOWN = auto()
    LANGUAGE = auto()
    PAUSE = auto()
    GREETING = auto()
    DISTRICTS = auto()
    CREATE = auto()
    PREPOSITION = auto()
    FILLER = auto()
    OFFICE = auto()
    PLAIN = auto()
    ALIEN = auto()


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase says: its kind, and which of that kind."""

    kind: Kind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it is spelt, and its sense."""

    low: str
    sense: Sense

    def is_spelt(self, low: str, key: str) -> bool:
        """Whether a writing of this phrase's key is this phrase.

        Dots may be left out, and in longer words be wrong; `får` is not `far`.
        """
        return low in (self.low, key) or len(key) >= 5


class Vocabulary:
    """Phrases by their key, and the longer single words for those that were misspelt."""

    def __init__(self, phrases: dict[str, Sense]) -> None:
        self.by_key: dict[str, list[Phrase]] = {}
        for text, sense in phrases.items():
            self.by_key.setdefault(key_of(text), []).append(Phrase(low_of(text), sense))
        self.longest = max(key.count(" ") for key in self.by_key) + 1
        self.starts = frozenset(key.split(" ")[0] for key in self.by_key)
        self.fuzzy = [key for key in self.by_key if len(key) >= 5 and self._is_content(key)]

    def phrase(self, low: str, key: str) -> Phrase | None:
        """The phrase that is spelt so, if there is one."""
        phrases = self.by_key.get(key, ())
        exact = next((each for each in phrases if each.low == low), None)
        return exact or next((each for each in phrases if each.is_spelt(low, key)), None)

    def sense(self, low: str, key: str) -> Sense | None:
        """What a phrase says, if it is one."""
        phrase = self.phrase(low, key)
        return phrase.sense if phrase else None

    def _is_content(self, key: str) -> bool:
        kinds = {phrase.sense.kind for phrase in self.by_key[key]}
        return not kinds & {Kind.FILLER, Kind.PLAIN, Kind.ALIEN, Kind.PREPOSITION, Kind.GREETING}


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The words of all tables; where two say different things of one, the former wins."""
    phrases: dict[str, Sense] = {}
    for table in ("asked", "said", "plain"):
        for name, found in rows(table).items():
            kind, _, value = name.partition(" ")
            for phrase in found:
                phrases.setdefault(phrase, Sense(Kind[kind], value))
    for verb in VERBS:
        # A word that changes something counts only where it begins the line.
        if verb.intent.value in {**rows("changes"), **rows("work")}:
            continue
        for phrase in (*verb.swedish, *verb.english):
            if not all(word in phrases for word in phrase.split()):
                phrases.setdefault(phrase, Sense(Kind.VERB, verb.intent.value))
    return Vocabulary(phrases)
