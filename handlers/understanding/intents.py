"""Which intent the marks of a line say: a table of rules, tried in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from handlers.understanding.arguments import Keys
from handlers.understanding.marks import Mark, Marked
from handlers.understanding.meaning import Intent
from handlers.understanding.names import NameKind
from handlers.understanding.vocabulary import Kind
from handlers.understanding.word_tables import keys

_SILENT = frozenset({Kind.FILLER, Kind.PREPOSITION, Kind.GREETING, Kind.KNOWN})
_ASIDE = frozenset({Intent.HELP, Intent.HOME, Intent.REPORT, Intent.WHY, Intent.SETTINGS})
_TOO_MANY = 99


@dataclass(frozen=True)
class Wish:
    """A marked line with its keys, asked for what the rules need."""

    marked: Marked
    keys: Keys

    @cached_property
    def verbs(self) -> tuple[Intent, ...]:
        """The strong verbs, in order."""
        return tuple(Intent(mark.sense.value) for mark in self.marked.of(Kind.VERB) if mark.sense)

    @cached_property
    def content(self) -> tuple[Intent, ...]:
        """The verbs that say what is looked for."""
        return tuple(intent for intent in self.verbs if intent not in _ASIDE)

    @cached_property
    def weak(self) -> frozenset[str]:
        """The words that say an intent where nothing says it plainly."""
        return frozenset(mark.sense.value for mark in self.marked.of(Kind.WEAK) if mark.sense)

    @cached_property
    def telling(self) -> tuple[Mark, ...]:
        """The marks that say something of their own."""
        return tuple(
            mark
            for mark in self.marked.marks
            if mark.names or (mark.sense and mark.sense.kind not in _SILENT)
        )

    def says(self, *kinds: Kind) -> bool:
        """Whether any word says any of the kinds."""
        return self.marked.has(*kinds)

    @property
    def has_place(self) -> bool:
        """Whether the line names a place or a group to look at."""
        return any(
            name in self.keys
            for name in ("district", "police_area", "unknown_place", "group", "level")
        )

    @property
    def has_known(self) -> bool:
        """Whether anything is named or said that representation can be looked up by."""
        names = (
            "district",
            "police_area",
            "group",
            "level",
            "role",
            "organisation",
            "party",
            "person",
            "namesakes",
            "title",
        )
        return any(name in self.keys for name in names)

    @property
    def is_asking(self) -> bool:
        """Whether the line asks or commands, as apart from telling."""
        first = self.telling[0].sense if self.telling else None
        asks = first is not None and first.kind is Kind.ASK
        asks = asks or self.says(Kind.WHICH, Kind.SHOW, Kind.WHO)
        return asks or self.marked.line.text.endswith("?")


def intent_of(wish: Wish) -> Intent:
    """The first rule that holds says the intent, unless too much of the line is unknown."""
    if _is_told(wish):
        return Intent.UNKNOWN
    for rule in RULES:
        intent = rule(wish)
        if intent is not None:
            return intent if _unknown_words(wish) <= _allowed(wish, intent) else Intent.UNKNOWN
    return Intent.UNKNOWN


def _is_told(wish: Wish) -> bool:
    """Whether somebody only tells of something: `jag är sen till mötet`, `mötet gick bra`."""
    words = wish.marked.line.words
    if not words or wish.is_asking or not wish.marked.marks:
        return False
    if wish.says(Kind.CREATE) and Intent.SURVEY not in wish.verbs:
        return True
    first = wish.marked.marks[0]
    if words[0].key in keys("lists", "tellers") and first.last == 1:
        return Intent.HELP not in wish.verbs
    verb_first = first.first == 0 and first.sense is not None and first.sense.kind is Kind.VERB
    after = words[first.last].key if verb_first and first.last < len(words) else ""
    return after in keys("lists", "finite verbs") and bool(wish.marked.leftover)


Rule = Callable[[Wish], Intent | None]


def _nothing(wish: Wish) -> Intent | None:
    """Only politeness is a greeting; only fillers, or no words at all, are nothing."""
    if wish.telling or wish.marked.leftover or "on" in wish.keys or "bad_date" in wish.keys:
        return None
    if not wish.marked.marks:
        return Intent.HELP if "?" in wish.marked.line.text else None
    return Intent.HELP if wish.says(Kind.GREETING) else Intent.UNKNOWN


def _help(wish: Wish) -> Intent | None:
    if len(wish.verbs) == 1 and "district" in wish.keys and wish.marked.line.key[:2] == "ho":
        return None
    if wish.verbs[:1] == (Intent.HELP,) or (Intent.HELP in wish.verbs and wish.says(Kind.ME)):
        return Intent.HELP
    if wish.verbs[:1] != (Intent.REPORT,):
        return None
    if wish.marked.value(Kind.ASK) == "how":
        return Intent.HELP
    return Intent.MEASURES if wish.says(Kind.ASK, Kind.WHICH) and wish.says(Kind.ME) else None


def _settings(wish: Wish) -> Intent | None:
    if wish.content or wish.says(Kind.WHO):
        return None
    if Intent.SETTINGS in wish.verbs or wish.says(Kind.PAUSE, Kind.LANGUAGE):
        return Intent.SETTINGS
    return None


def _home(wish: Wish) -> Intent | None:
    return Intent.HOME if wish.verbs == (Intent.HOME,) and len(wish.telling) == 1 else None


def _my_role(wish: Wish) -> Intent | None:
    if Intent.MY_ROLE in wish.verbs:
        return Intent.MY_ROLE
    if wish.content or wish.says(Kind.WHO, Kind.STATUS):
        return None
    me = wish.says(Kind.ME) and wish.says(
        Kind.SEATED, Kind.ROLE, Kind.SEAT, Kind.GROUPS, Kind.GROUP
    )
    mine = wish.says(Kind.MINE) and wish.says(Kind.SEAT)
    return Intent.MY_ROLE if me or mine else None


def _why(wish: Wish) -> Intent | None:
    return Intent.WHY if wish.verbs == (Intent.WHY,) and len(wish.telling) == 1 else None


def _without(wish: Wish) -> Intent | None:
    # `utan mål` is also said of what is no measure.
    told = wish.keys.get("without") not in (None, "goal") or _is_due(wish)
    return Intent.MEASURES if told else None


def _is_due(wish: Wish) -> bool:
    """Whether something is to be ready before a meeting: `klart före nästa möte i Farsta`."""
    return "due" in wish.keys and (wish.says(Kind.STATUS) or wish.content[:1] == (Intent.MEASURES,))


def _content(wish: Wish) -> Intent | None:
    """The verb that says what is looked for, where it stands as a wish."""
    if wish.says(Kind.SINCE) and wish.content[:1] in ((), (Intent.MEETINGS,)):
        return Intent.DIGEST
    if not wish.content:
        return _named_indicator(wish)
    chosen = _chosen(wish)
    if chosen is Intent.MEETINGS and wish.says(Kind.WHO):
        return None
    if chosen is Intent.DIGEST and wish.says(Kind.LACK) and not wish.is_asking:
        return Intent.UNKNOWN
    if chosen is Intent.MEASURES and _lacks_something_else(wish):
        return Intent.UNKNOWN
    return chosen


def _lacks_something_else(wish: Wish) -> bool:
    """Whether measures are asked for that lack what no list knows: `åtgärder utan budget`."""
    lacks = "" in {mark.sense.value for mark in wish.marked.of(Kind.LACK) if mark.sense}
    return lacks and "without" not in wish.keys and wish.keys.get("unknown_words", 0) > 0


def _chosen(wish: Wish) -> Intent:
    """The first verb; but a result goes before its survey, and decisions before a meeting."""
    first = wish.content[0]
    if first is Intent.SURVEY and "survey_result" in (*wish.content, *wish.weak):
        return Intent.SURVEY_RESULT
    if first is Intent.MEETINGS and Intent.DECISIONS in wish.content:
        return Intent.DECISIONS
    return first


def _named_indicator(wish: Wish) -> Intent | None:
    if wish.says(Kind.WHO, Kind.SEATED, Kind.ROLE):
        return None
    named = [mark for mark in wish.telling if mark.is_named(NameKind.INDICATOR)]
    if named and "district" in wish.keys and (wish.is_asking or wish.telling[0] in named):
        return Intent.INDICATOR
    return None


def _coverage(wish: Wish) -> Intent | None:
    if wish.says(Kind.VACANT):
        return Intent.COVERAGE
    seats = wish.says(Kind.ROLE, Kind.SEAT, Kind.SEATED, Kind.DISTRICTS, Kind.GROUP, Kind.GROUPS)
    if wish.is_asking and wish.marked.value(Kind.LACK) == "" and not wish.marked.leftover:
        return Intent.COVERAGE
    whom = seats or wish.has_place or wish.says(Kind.PARTY) or "organisation" in wish.keys
    return Intent.COVERAGE if wish.says(Kind.LACK) and whom else None


def _status(wish: Wish) -> Intent | None:
    if not wish.says(Kind.STATUS) or wish.says(Kind.SEATED, Kind.ROLE):
        return None
    words = {wish.marked.line.words[mark.first].key for mark in wish.telling}
    if len(wish.telling) == 1 and words <= keys("lists", "too little alone"):
        return Intent.UNKNOWN
    first = bool(wish.telling) and wish.telling[0].sense is not None
    leads = (
        first and wish.telling[0].sense is not None and wish.telling[0].sense.kind is Kind.STATUS
    )
    if wish.is_asking or wish.says(Kind.MINE) or wish.has_place or leads:
        return Intent.MEASURES
    return None


def _mine(wish: Wish) -> Intent | None:
    if "person" in wish.keys and wish.says(Kind.OWNER) and not wish.says(Kind.WHO):
        return Intent.MEASURES
    if not wish.says(Kind.MINE, Kind.ME):
        return None
    if wish.says(Kind.OWNER):
        return Intent.MEASURES
    return Intent.MEASURES if wish.says(Kind.MINE) and len(wish.telling) == 1 else None


def _representation(wish: Wish) -> Intent | None:
    evidence = wish.has_known or "unknown_place" in wish.keys
    if wish.says(Kind.WHO):
        alone = len(wish.marked.line.words) == 1
        return Intent.REPRESENTATION if evidence or wish.says(Kind.SEATED) or alone else None
    if wish.says(Kind.SEATED, Kind.ROLE, Kind.SEAT):
        seen = evidence if wish.says(Kind.SEATED, Kind.SEAT) else True
        return Intent.REPRESENTATION if seen else None
    if wish.says(Kind.WHICH):
        return Intent.REPRESENTATION if evidence else None
    if wish.is_asking and any(name in wish.keys for name in ("person", "namesakes", "title")):
        return Intent.REPRESENTATION
    if "title" in wish.keys and wish.has_place and not wish.marked.has(Kind.VERB):
        return Intent.REPRESENTATION
    return Intent.REPRESENTATION if wish.says(Kind.SHOW) and "group" in wish.keys else None


def _weak_meetings(wish: Wish) -> Intent | None:
    when = wish.marked.value(Kind.ASK) == "when" and "group" in wish.keys
    if when and not wish.says(Kind.STATUS):
        return Intent.MEETINGS
    return Intent.MEETINGS if "meetings" in wish.weak and wish.is_asking else None


def _weak_digest(wish: Wish) -> Intent | None:
    week = wish.marked.line.key.startswith(("veckan", "week", "this week"))
    if "digest" in wish.weak and (wish.has_place or week):
        return Intent.DIGEST
    return None


def _weak_indicator(wish: Wish) -> Intent | None:
    asked = "indicator" in wish.weak and wish.has_place and "title" not in wish.keys
    return Intent.INDICATOR if asked else None


def _week(wish: Wish) -> Intent | None:
    return Intent.DIGEST if wish.keys.get("names_week") and not wish.says(Kind.PLAIN) else None


RULES: tuple[Rule, ...] = (
    _nothing,
    _help,
    _settings,
    _home,
    _my_role,
    _why,
    _without,
    _content,
    _coverage,
    _weak_meetings,
    _weak_indicator,
    _status,
    _mine,
    _representation,
    _weak_digest,
    _week,
)
"""In the order in which they are tried."""


def _unknown_words(wish: Wish) -> int:
    """How many words nothing is known of; an ordinary word from another field is too many."""
    if wish.marked.alien:
        return _TOO_MANY
    unknown = wish.keys.get("unknown_words", 0)
    return int(unknown)


def _allowed(wish: Wish, intent: Intent) -> int:
    """A line may hold more unknown words the more plainly it asks for something."""
    if intent is Intent.INDICATOR and intent in wish.verbs:
        return 4
    named_group = "group_code" in wish.keys
    if named_group or (wish.says(Kind.WHO) and wish.says(Kind.SEATED) and wish.has_place):
        return 3
    if intent is Intent.HELP and wish.marked.line.key[:1] != "h":
        return 0
    if intent is Intent.DIGEST and not wish.has_place and not wish.says(Kind.SINCE):
        return 0
    first = wish.telling[0] if wish.telling else None
    asked = 1 if wish.is_asking else 0
    if first is None or not _leads(wish, first) or first.sense is None:
        return asked
    return _allowed_after(wish, first.sense.kind, asked)


def _allowed_after(wish: Wish, kind: Kind, asked: int) -> int:
    """What may be unknown in a line that begins with a word of the kind."""
    if kind is Kind.VERB:
        told = wish.marked.line.words[0].key in keys("lists", "definite things")
        return 0 if told and not asked else 2
    if kind is Kind.WHICH:
        return 1 if wish.content else 0
    if kind is Kind.WHO:
        return 1 if wish.has_known else 0
    return asked


def _leads(wish: Wish, first: Mark) -> bool:
    """Whether the line begins with the mark, or with a word that is one with it."""
    words = wish.marked.line.words
    return first.first == 0 or (first.first == 1 and words[0].end == words[1].start)
