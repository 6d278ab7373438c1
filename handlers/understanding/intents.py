"""Which intent the marks of a line say: a table of rules, tried in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from handlers.understanding.arguments import Keys
from handlers.understanding.marks import Mark, Marked
from handlers.understanding.meaning import Intent
from handlers.understanding.vocabulary import Kind

_SILENT = frozenset({Kind.FILLER, Kind.PREPOSITION, Kind.GREETING, Kind.KNOWN})
_ASIDE = frozenset({Intent.HELP, Intent.HOME, Intent.REPORT, Intent.WHY, Intent.SETTINGS})
_ONE_WORD = frozenset(
    "klar klart done sen sent pagar late stopped finished complete behind closed active running "
    "started risk sena".split()
)
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
    def is_asking(self) -> bool:
        """Whether the line asks or commands, as apart from telling."""
        return self.says(
            Kind.ASK, Kind.WHICH, Kind.SHOW, Kind.WHO
        ) or self.marked.line.text.endswith("?")


def intent_of(wish: Wish) -> Intent:
    """The first rule that holds says the intent, unless too much of the line is unknown."""
    for rule in RULES:
        intent = rule(wish)
        if intent is not None:
            return intent if _unknown_words(wish) <= _allowed(wish, intent) else Intent.UNKNOWN
    return Intent.UNKNOWN


Rule = Callable[[Wish], Intent | None]


def _nothing(wish: Wish) -> Intent | None:
    """Only politeness is a greeting; only fillers, or no words at all, are nothing."""
    if wish.telling or wish.marked.leftover or "on" in wish.keys or "bad_date" in wish.keys:
        return None
    if not wish.marked.marks:
        return Intent.HELP if "?" in wish.marked.line.text else None
    return Intent.HELP if wish.says(Kind.GREETING) else Intent.UNKNOWN


def _help(wish: Wish) -> Intent | None:
    if wish.verbs[:1] == (Intent.HELP,) or (Intent.HELP in wish.verbs and wish.says(Kind.ME)):
        return Intent.HELP
    if wish.says(Kind.ASK) and wish.verbs[:1] == (Intent.REPORT,):
        return Intent.HELP
    return None


def _settings(wish: Wish) -> Intent | None:
    if wish.content:
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
    return Intent.MEASURES if "without" in wish.keys else None


def _content(wish: Wish) -> Intent | None:
    """The first verb, except that a result goes before its survey and decisions before a meeting."""
    if Intent.SURVEY_RESULT in wish.content and wish.content[0] is Intent.SURVEY:
        return Intent.SURVEY_RESULT
    if Intent.DECISIONS in wish.content and wish.content[0] is Intent.MEETINGS:
        return Intent.DECISIONS
    if wish.says(Kind.SINCE) and wish.content[:1] in ((), (Intent.MEETINGS,)):
        return Intent.DIGEST
    if wish.content:
        return wish.content[0]
    return Intent.INDICATOR if "indicator" in wish.keys else None


def _coverage(wish: Wish) -> Intent | None:
    if wish.says(Kind.VACANT):
        return Intent.COVERAGE
    seats = wish.says(Kind.ROLE, Kind.SEAT, Kind.SEATED, Kind.DISTRICTS, Kind.GROUP, Kind.GROUPS)
    whom = seats or wish.has_place or wish.says(Kind.PARTY) or "organisation" in wish.keys
    return Intent.COVERAGE if wish.says(Kind.LACK) and whom else None


def _status(wish: Wish) -> Intent | None:
    if not wish.says(Kind.STATUS) or wish.says(Kind.SEATED, Kind.ROLE):
        return None
    words = wish.marked.line.words
    if len(words) == 1 and words[0].key in _ONE_WORD:
        return Intent.UNKNOWN
    first = bool(wish.telling) and wish.telling[0].sense is not None
    leads = (
        first and wish.telling[0].sense is not None and wish.telling[0].sense.kind is Kind.STATUS
    )
    if wish.is_asking or wish.says(Kind.MINE) or wish.has_place or leads:
        return Intent.MEASURES
    return None


def _mine(wish: Wish) -> Intent | None:
    if not wish.says(Kind.MINE, Kind.ME):
        return None
    if wish.says(Kind.OWNER):
        return Intent.MEASURES
    return Intent.MEASURES if wish.says(Kind.MINE) and len(wish.telling) == 1 else None


def _representation(wish: Wish) -> Intent | None:
    evidence = wish.has_place or any(
        name in wish.keys for name in ("role", "organisation", "party", "person")
    )
    if wish.says(Kind.WHO):
        alone = len(wish.telling) == 1 and not wish.marked.leftover
        return Intent.REPRESENTATION if evidence or wish.says(Kind.SEATED) or alone else None
    if wish.says(Kind.SEATED, Kind.ROLE, Kind.SEAT):
        seen = evidence if wish.says(Kind.SEATED, Kind.SEAT) else True
        return Intent.REPRESENTATION if seen else None
    if wish.says(Kind.WHICH):
        return Intent.REPRESENTATION if evidence else None
    if "person" in wish.keys and wish.is_asking:
        return Intent.REPRESENTATION
    return Intent.REPRESENTATION if wish.says(Kind.SHOW) and "group" in wish.keys else None


def _weak_digest(wish: Wish) -> Intent | None:
    weak = {mark.sense.value for mark in wish.marked.of(Kind.WEAK) if mark.sense}
    week = wish.marked.line.key.startswith(("veckan", "week", "this week"))
    if "digest" in weak and (wish.has_place or week):
        return Intent.DIGEST
    return None


def _weak_indicator(wish: Wish) -> Intent | None:
    weak = {mark.sense.value for mark in wish.marked.of(Kind.WEAK) if mark.sense}
    return Intent.INDICATOR if "indicator" in weak and wish.has_place else None


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
    first = wish.telling[0] if wish.telling else None
    if intent in (Intent.HELP, Intent.REPORT):
        return 3
    if intent is Intent.INDICATOR and Intent.INDICATOR in wish.verbs:
        return 4
    if first is None or wish.marked.line.words[0].start != _start(wish, first):
        return 1 if wish.is_asking else 0
    if first.sense and first.sense.kind is Kind.VERB:
        return 2
    if first.sense and first.sense.kind is Kind.WHICH:
        return 1 if wish.content else 0
    return 1 if wish.is_asking else 0


def _start(wish: Wish, mark: Mark) -> int:
    return wish.marked.line.words[mark.first].start
