"""From a typed line to what is meant: clean, mark the words, apply the rules, fill the keys."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from handlers.understanding.arguments import KEYS, Keys, keys_of
from handlers.understanding.changing import change_named, degree_said, is_fit, leading_change
from handlers.understanding.dates import When, days_named
from handlers.understanding.intents import Wish, intent_of
from handlers.understanding.known import DistrictName, NeighbourhoodName
from handlers.understanding.line import Line, Word, read
from handlers.understanding.marks import Marked, mark
from handlers.understanding.meaning import Intent, Understanding
from handlers.understanding.names import NameKind
from handlers.understanding.registry import Registry
from handlers.understanding.reports import about_measure, measure_ids
from handlers.understanding.sources import about_source
from handlers.understanding.suggestions import nearest_intents
from handlers.understanding.titles import best_titled
from handlers.understanding.unknown_names import AT_HOME, unknown_place
from handlers.understanding.vocabulary import Kind, Sense
from handlers.understanding.word_tables import keys as words_of
from handlers.understanding.working import about_work, work_named
from models.measures.measure import MeasureStatus
from models.people.organisations import Party

_LONGEST = 3000
_TITLED = {
    Intent.INDICATOR: "indicator",
    Intent.SURVEY: "survey",
    Intent.SURVEY_RESULT: "survey",
}
_LOOKED_UP = frozenset(
    {
        NameKind.GROUP,
        NameKind.DISTRICT,
        NameKind.NEIGHBOURHOOD,
        NameKind.ORGANISATION,
        NameKind.PERSON,
        NameKind.POLICE,
        NameKind.ELSEWHERE,
    }
)
_BESIDE_NAMES = frozenset(
    {Kind.GROUP, Kind.GROUPS, Kind.LEVEL, Kind.ROLE, Kind.POLICE, Kind.PREPOSITION, Kind.KNOWN}
)
_SILENT = frozenset({Kind.VERB, Kind.FILLER, Kind.PREPOSITION, Kind.ASK, Kind.SHOW, Kind.WHICH})
_MEASURES = (Sense(Kind.VERB, Intent.MEASURES.value),)
_JOINT = frozenset({"gemensam", "gemensamma", "joint"})
_INTO = frozenset({"till", "to", "into"})
_LINK = re.compile(
    r"(?:koppla|link)(?: ihop)?(?: kanalen| den har kanalen| this channel| kontot)?(?!\w)"
)
_NEW = re.compile(r"(?<!\w)(?:ny|nya|skapa|gora|starta|new|make|create|start)(?!\w)")
_THEME = re.compile(r"(?<!\w)(?:tema|temat|kallor|kallorna|theme|sources)(?!\w)")


def understand(line: str, registry: Registry, on: date) -> Understanding:
    """What a typed line means on the day that counts as today: no error, no guess that acts."""
    read_line = read(line)
    if not read_line.text:
        return Understanding(intent=Intent.HOME)
    if link := _LINK.match(read_line.key):
        return _linked(read_line, link.end(), registry, on)
    about = (
        about_source(read_line)
        or about_work(read_line, registry, on)
        or about_measure(read_line, registry.measure_codes, on)
    )
    if about is not None:
        return about
    ids = measure_ids(read_line, registry.measure_codes)
    if len(read_line.text) > _LONGEST or ids:
        code = ids[0].code if ids else None
        nearest = (Intent.REPORT, Intent.MEASURES)
        return Understanding(intent=Intent.UNKNOWN, nearest=nearest, rest=code)
    return _changed(read_line, registry, on) or _looked_up(read_line, registry, on)


def _changed(line: Line, registry: Registry, on: date) -> Understanding | None:
    """The wish to change something, where the line begins with a word for it and fits it."""
    leading = leading_change(line)
    if leading is None:
        return None
    intent, end = leading
    times = days_named(line.key, on)
    marked = mark(line, registry.names, [(0, end), *_taken(line, times)])
    keys = keys_of(marked, times, registry, on)
    if not is_fit(intent, marked, keys, end):
        return None
    place, _ = unknown_place(marked, keys)
    keys |= {"unknown_place": place} if place else {}
    if "organisation" in keys and (district := _joined(marked, registry, on)) is not None:
        keys["district"] = district
    fitting = {name: keys[name] for name in KEYS[intent] if name in keys}
    # Where somebody is co-opted, a title may be of somebody new.
    titled = () if intent is Intent.CO_OPT else keys.get("title_words", ())
    strangers = [word for word in marked.leftover if word not in titled]
    rest = " ".join(line.said(word.start, word.end) for word in strangers)
    if intent is Intent.MERGE:
        rest = line.text[end:].strip()
    return Understanding(intent=intent, rest=rest or None, **fitting)


def _joined(marked: Marked, registry: Registry, on: date) -> str | None:
    """The district of the group that somebody joins: the place after `till`, whoever joins it."""
    for before, place in pairwise(marked.marks):
        if marked.line.words[before.first].key not in _INTO or before.last != place.first:
            continue
        thing = place.names[0].thing if place.names else None
        if isinstance(thing, NeighbourhoodName):
            thing = registry.home_of(thing, on)
        if isinstance(thing, DistrictName):
            return registry.district_on(thing, on).name
    return None


def _taken(line: Line, times: list[When]) -> list[tuple[int, int]]:
    """The places in a line that name nothing: its days, and where an e-mail address is at home."""
    days = [(when.start, when.end) for when in times]
    return [*days, *(found.span() for found in AT_HOME.finditer(line.key))]


def _linked(line: Line, end: int, registry: Registry, on: date) -> Understanding:
    """The coordinator's wish to link a channel to the group that is named, or an account."""
    marked = mark(line, registry.names, [])
    keys = keys_of(marked, [], registry, on)
    fitting = {name: keys[name] for name in KEYS[Intent.LINK] if name in keys}
    return Understanding(intent=Intent.LINK, rest=line.text[end:].strip() or None, **fitting)


def _looked_up(line: Line, registry: Registry, today: date) -> Understanding:
    times = days_named(line.key, today)
    marked = mark(line, registry.names, _taken(line, times))
    keys = keys_of(marked, times, registry, today)
    keys |= _beside(marked, times, keys)
    wish = Wish(marked, keys)
    intent = intent_of(wish)
    if intent is Intent.UNKNOWN:
        meant = f"vem {line.text}" if _is_only_named(wish) else None
        return Understanding(intent=intent, nearest=nearest_intents(marked), meant=meant)
    wants_new = intent is Intent.SURVEY and _NEW.search(line.key) is not None
    of_theme = intent is Intent.INDICATOR and _THEME.search(line.key) is not None
    fitting = _fitting(intent, wish, registry)
    return Understanding(intent=intent, wants_new=wants_new, of_theme=of_theme, **fitting)


def _is_only_named(wish: Wish) -> bool:
    """Whether the line is a name and nothing else: who that is can be told, which changes nothing.

    A person, a place or an organisation; with it perhaps a group, a role or a day.
    """
    titled = wish.keys.get("title_words", ())
    marks = [mark for mark in wish.marked.marks if wish.marked.line.words[mark.first] not in titled]
    if wish.marked.alien or any(word not in titled for word in wish.marked.leftover):
        return False
    kinds = {mark.names[0].kind for mark in marks if mark.names}
    return (
        bool(kinds or titled)
        and kinds <= _LOOKED_UP
        and all(mark.names or (mark.sense and mark.sense.kind in _BESIDE_NAMES) for mark in marks)
    )


def _beside(marked: Marked, times: list[When], keys: Keys) -> Keys:
    """What is known only of the line as a whole: names that nobody knows, and what is left over."""
    beside: Keys = {"names_week": any(when.week for when in times)}
    if times and all(when.is_month for when in times):
        beside["whole_month"] = True
    place, words = unknown_place(marked, keys)
    if place is not None:
        beside["unknown_place"] = place
    titled = keys.get("title_words", ())
    beside["unknown_words"] = len(
        [word for word in marked.leftover if word not in (*words, *titled, *_kinds(marked))]
    )
    return beside


def _kinds(marked: Marked) -> list[Word]:
    """The words that say which kind of measures, right before these: `förebyggande åtgärder`."""
    verbs = {each.first for each in marked.of(Kind.VERB) if each.sense in _MEASURES}
    line = marked.line.words
    asked = words_of("lists", "kinds of measures")
    return [word for at, word in enumerate(line) if word.key in asked and at + 1 in verbs]


def _titled(intent: Intent, wish: Wish, registry: Registry) -> Keys:
    """The indicator or survey that is meant by some words of its name."""
    key, known, least = _TITLED[intent], registry.surveys, 2
    if intent is Intent.INDICATOR:
        known, least = registry.indicators, 1
    if key in wish.keys:
        return {}
    code = best_titled(_topic_words(wish, with_places=least > 1), known, least)
    return {key: code} if code else {}


def _topic_words(wish: Wish, *, with_places: bool) -> list[str]:
    silent = {
        index
        for each in wish.marked.marks
        for index in range(each.first, each.last)
        if (each.sense and each.sense.kind in _SILENT) or (each.names and not with_places)
    }
    return [word.key for index, word in enumerate(wish.marked.line.words) if index not in silent]


def _fitting(intent: Intent, wish: Wish, registry: Registry) -> Keys:
    """The keys that the intent has, as far as the line gives them."""
    allowed = KEYS.get(intent, frozenset())
    keys = {name: value for name, value in wish.keys.items() if name in allowed}
    if intent is Intent.HELP:
        keys["topic"] = _topic(wish)
    if intent is Intent.INVOLVEMENT and (degree := degree_said(wish.marked.line)) is not None:
        keys["degree"] = degree
    if intent is Intent.DIGEST and wish.keys["names_week"]:
        keys.pop("on", None)
    if intent in (Intent.MEETINGS, Intent.DECISIONS) and not wish.keys["names_week"]:
        keys.pop("week", None)
    if intent is not Intent.MEASURES and (
        not wish.says(Kind.MINE) or keys.get("whose") == "organisation"
    ):
        keys.pop("whose", None)
    if "due" in keys and keys.get("status") == MeasureStatus.DONE:
        # What is to be ready before a meeting is not done yet.
        del keys["status"]
    if intent in _TITLED:
        keys |= _titled(intent, wish, registry)
    rest = " ".join(wish.marked.line.said(word.start, word.end) for word in wish.marked.leftover)
    return {**_of_all(intent, wish.marked.line), **keys, "rest": rest or None}


def _of_all(intent: Intent, line: Line) -> Keys:
    """What words of a list of measures say of all: `gemensamma åtgärder`, `medborgarlöften`."""
    if intent is not Intent.MEASURES:
        return {}
    said = {word.key for word in line.words}
    found: Keys = {"party": Party.JOINT} if said & _JOINT else {}
    return {**found, "promised": True} if said & words_of("lists", "promises") else found


def _topic(wish: Wish) -> str | None:
    """The verb that help is wanted with, by its intent."""
    for intent in wish.verbs:
        if intent is not Intent.HELP:
            return intent.value
    words = " ".join(_topic_words(wish, with_places=True))
    if (named := change_named(words) or work_named(words)) is not None:
        return named.value
    return Intent.REPRESENTATION.value if wish.says(Kind.WHO, Kind.SEATED) else None
