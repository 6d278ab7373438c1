"""The keys of an understanding: what the names and words of a marked line stand for on a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from handlers.understanding.dates import When, iso_week
from handlers.understanding.known import (
    AreaName,
    DistrictName,
    GroupName,
    Namesakes,
    NeighbourhoodName,
    OrganisationName,
    PersonName,
    PoliceName,
    TitledName,
)
from handlers.understanding.marks import Mark, Marked
from handlers.understanding.meaning import Intent
from handlers.understanding.names import Elsewhere, NameKind
from handlers.understanding.registry import Registry
from handlers.understanding.vocabulary import Kind
from handlers.understanding.word_tables import keys as words
from models.agreements import Level
from models.groups import GroupKind
from models.people.organisations import OrganisationKind

Keys = dict[str, Any]

_NUMBERED = re.compile(
    r"(?<!\w)(?:atgard(?:en)?|measure|action)(?: nr\.?| no\.?| nummer| number)? (\d{1,3})(?!\w)"
)

_PLACE = frozenset(
    {
        "district",
        "neighbourhood",
        "former_district",
        "unknown_place",
        "is_municipality",
        "municipality",
    }
)
_GROUP = frozenset({"group", "level", "group_code"})
_WHEN = frozenset({"on", "bad_date"})
_WHO = frozenset({"organisation", "party", "person"})
_OF_A_SEAT = (
    _PLACE
    | _GROUP
    | _WHEN
    | {"role", "organisation", "person", "people", "police_area", "last_day", "title"}
)
KEYS: Mapping[Intent, frozenset[str]] = {
    Intent.REPRESENTATION: _PLACE | _GROUP | _WHEN | _WHO
    | {"police_area", "role", "known_on", "namesakes", "title", "also", "former_police"},
    Intent.COVERAGE: _PLACE | _GROUP | _WHEN
    | {"area", "role", "organisation", "party", "known_on", "vacant"},
    Intent.MEASURES: _PLACE | _GROUP | _WHO | _WHEN
    | {"police_area", "whose", "status", "without", "due", "area", "measure", "since"},
    Intent.MEETINGS: _PLACE | _GROUP | _WHEN | {"whose", "week", "whole_month"},
    Intent.MEETING_NEW: _PLACE | _GROUP | _WHEN | {"starts", "ends"},
    Intent.MEETING_CHANGE: _PLACE | _GROUP | _WHEN | {"to_day", "starts", "ends"},
    Intent.INPUTS: _PLACE | _GROUP,
    Intent.CALENDAR: _PLACE | _GROUP,
    Intent.YEAR: _PLACE | _GROUP | {"year", "bad_date"},
    Intent.DECISION_NEW: _PLACE | _GROUP | _WHEN,
    Intent.POINT_NEW: _PLACE | _GROUP | _WHEN,
    Intent.ACTION_POINTS: _PLACE | _GROUP | {"whose"},
    Intent.DECISIONS: _PLACE | _GROUP | _WHEN | {"since", "week"},
    Intent.DIGEST: _PLACE | _GROUP | _WHEN | {"week", "since"},
    Intent.SURVEY: frozenset({"survey", "district"}) | _GROUP,
    Intent.SURVEY_RESULT: frozenset({"survey", "district"}) | _GROUP,
    Intent.INDICATOR: _PLACE | _WHEN | {"indicator"},
    Intent.SETTINGS: _PLACE | _GROUP | frozenset({"language", "pause", "on"}),
    Intent.HELP: frozenset({"topic"}),
    Intent.LINK: _PLACE | _GROUP,
    Intent.MY_ROLE: _GROUP | _WHEN | {"district"},
    Intent.APPOINT: _OF_A_SEAT,
    Intent.REPLACE_SEAT: _OF_A_SEAT,
    Intent.END_SEAT: _OF_A_SEAT,
    Intent.DEPUTISE: _OF_A_SEAT,
    Intent.CO_OPT: _OF_A_SEAT,
    Intent.SEAT_CHANGES: _PLACE | _GROUP | _WHEN,
    Intent.INVOLVEMENT: _PLACE | _WHEN | {"area", "degree"},
    Intent.MERGE: frozenset({"person", "people"}),
    Intent.MEASURE_NEW: _PLACE | _GROUP | {"area", "organisation"},
    Intent.ABSENCE: _WHEN | {"last_day", "person", "people"},
    Intent.APPROVALS: _PLACE | _GROUP,
    Intent.CHAIN: _PLACE | _GROUP | {"area"},
    Intent.FUNDING: _PLACE | _GROUP | {"area", "year"},
    Intent.PLAN: _PLACE | _GROUP | _WHEN | {"area"},
    Intent.DELIVERIES: frozenset(),
}  # fmt: skip
"""Which keys each intent has; those that are not here have none."""


_SAID = (
    ("group", Kind.GROUP),
    ("level", Kind.LEVEL),
    ("role", Kind.ROLE),
    ("party", Kind.PARTY),
    ("status", Kind.STATUS),
    ("since", Kind.SINCE),
    ("language", Kind.LANGUAGE),
    ("pause", Kind.PAUSE),
    ("due", Kind.DUE),
)
"""The keys whose value is what the first word of a kind says."""


def keys_of(marked: Marked, times: list[When], registry: Registry, today: date) -> Keys:
    """All that the line names and says, whatever the intent."""
    keys = _times(marked, times)
    day = keys.get("on") or today
    keys |= _names(marked, registry, day)
    said = {name: marked.value(kind) for name, kind in _SAID if marked.has(kind)}
    keys = {**said, **keys}
    keys |= _beside_the_first(marked, keys, registry, day)
    keys |= _lacking(marked)
    if marked.has(Kind.MINE, Kind.ME):
        keys["whose"] = marked.value(Kind.MINE) or "mine"
    if "group_code" not in keys and (code := _group_code(marked, keys, registry)):
        keys["group_code"] = code
    if "district" in keys and (number := _NUMBERED.search(marked.line.key)):
        keys.setdefault("measure", _measure(keys["district"], int(number[1]), registry))
    if marked.has(Kind.OFFICE) and "organisation" not in keys:
        keys |= _office(keys.get("district"), registry)
    return keys


def _beside_the_first(marked: Marked, keys: Keys, registry: Registry, day: date) -> Keys:
    """All people, the other places, and the title that the line names."""
    found: Keys = {"people": _people(marked), "also": _also(marked, keys, registry, day)}
    said = {word.key for word in marked.line.words}
    title = None if said & words("lists", "in place of") else registry.titles.said_in(marked.line)
    if title is not None:
        found["title"], found["title_words"] = title
    return {name: value for name, value in found.items() if value}


def _lacking(marked: Marked) -> Keys:
    """What is said to be missing: an owner, a cause, somebody in a seat."""
    found: Keys = {"vacant": True} if _asks_for_vacancies(marked) else {}
    if marked.has(Kind.REPORTS):
        found["without"] = "report"
    without = _without(marked)
    return found if without is None else {**found, "without": without}


def _asks_for_vacancies(marked: Marked) -> bool:
    """Whether a question about coverage means empty seats: `vakanser`, `saknar sekreterare`."""
    lacks = marked.has(Kind.LACK) and marked.has(Kind.ROLE, Kind.SEAT, Kind.PARTY)
    lacks = lacks and not marked.has(Kind.DISTRICTS)
    return lacks or any(word.key.startswith(("vakan", "vacan")) for word in marked.line.words)


def _people(marked: Marked) -> tuple[str, ...]:
    """All whom the line names, in order: the first is `person`."""
    named = (mark.names[0].thing for mark in marked.named(NameKind.PERSON))
    return tuple(dict.fromkeys(each.name for each in named if isinstance(each, PersonName)))


def _also(marked: Marked, keys: Keys, registry: Registry, day: date) -> tuple[str, ...]:
    """The other places, or else the other people, that the line names: only the first is told."""
    districts = []
    for index, mark in enumerate(marked.marks):
        found = dict(_named(marked, index, mark, registry, day))
        if mark.is_named(NameKind.DISTRICT) or mark.is_named(NameKind.NEIGHBOURHOOD):
            districts.append((found.get("district"), found.get("neighbourhood")))
    others = {
        district: neighbourhood or district
        for district, neighbourhood in reversed(districts)
        if district not in (None, keys.get("district"))
    }
    names = [others[name] for name, _ in districts if name in others]
    return tuple(dict.fromkeys(names)) or _people(marked)[1:]


def _group_code(marked: Marked, keys: Keys, registry: Registry) -> str | None:
    """The one of a district's groups whose own words the line says: `arbetsgrupp narkotika`."""
    said = {word.key for word in marked.line.words}
    kind = keys.get("group")
    if kind is None or "district" not in keys:
        return None
    groups = registry.groups_with_own_words.get((keys["district"], GroupKind(kind)), ())
    return next((group.code for group in groups if set(group.own_words) <= said), None)


def _measure(district: str, number: int, registry: Registry) -> str:
    """The id that `åtgärd 14 i Farsta` means."""
    code = next(each.code for each in registry.districts if each.name == district)
    return f"{code}-{number:03d}"


def _without(marked: Marked) -> str | None:
    lacks = marked.has(Kind.LACK, Kind.VACANT)
    for kind, what in ((Kind.OWNER, "owner"), (Kind.CAUSE, "cause"), (Kind.GOAL, "goal")):
        if marked.has(kind) and (lacks or marked.value(kind) == "none"):
            return what
    return None


_UNTIL = re.compile(r"(?<!\w)(?:t\.? ?o\.? ?m\.?|till(?: och med)?|until|to)\s*$|\w\s*-\s*$")
"""What stands before a day that is the last of a time."""


def _times(marked: Marked, times: list[When]) -> Keys:
    """`on`, and `known_on` where the words before a day speak of what was known."""
    keys: Keys = {}
    for when in times:
        name = "known_on" if _speaks_of_knowledge(marked, when) else "on"
        if when.day is None:
            keys.setdefault("bad_date", marked.line.said(when.start, when.end))
            continue
        keys.setdefault(name, when.day)
        if name == "on":
            keys.setdefault("week", when.week or iso_week(when.day))
        if _UNTIL.search(marked.line.key[: when.start]):
            keys.setdefault("last_day", when.day)
    return keys


def _speaks_of_knowledge(marked: Marked, when: When) -> bool:
    before = [mark for mark in marked.marks if marked.line.words[mark.first].start < when.start]
    while before and before[-1].sense and before[-1].sense.kind in (Kind.PREPOSITION, Kind.FILLER):
        before.pop()
    if not before or not before[-1].sense or before[-1].sense.kind is not Kind.KNOWN:
        return False
    return when.start - marked.line.words[before[-1].last - 1].end <= len(" as of the ")


def _names(marked: Marked, registry: Registry, day: date) -> Keys:
    keys: Keys = {}
    for index, mark in enumerate(marked.marks):
        for name, value in _named(marked, index, mark, registry, day):
            keys.setdefault(name, value)
    return _own_neighbourhood(marked, keys, registry, day)


def _named(
    marked: Marked, index: int, mark: Mark, registry: Registry, day: date
) -> Iterator[tuple[str, Any]]:
    if not mark.names:
        return
    police = _police_after(marked, index, mark, registry)
    thing = police or mark.names[0].thing
    if isinstance(thing, PoliceName):
        yield from _police(thing, registry, day)
    elif isinstance(thing, DistrictName | NeighbourhoodName):
        yield from _place(thing, registry, day)
    elif isinstance(thing, Elsewhere):
        yield from (("unknown_place", thing.name), ("municipality", thing.municipality))
        yield "is_municipality", thing.is_municipality
    elif isinstance(thing, OrganisationName):
        yield from _organisation(thing, registry, day)
    elif isinstance(thing, PersonName | Namesakes):
        yield from _person(mark)
    elif isinstance(thing, GroupName):
        yield from _group(thing, registry, day)
    else:
        yield from _code(mark, day)


def _police(thing: PoliceName, registry: Registry, day: date) -> Iterator[tuple[str, Any]]:
    now = registry.police_on(thing, day)
    yield "police_area", now.short
    if now is not thing:
        yield "former_police", thing.name


def _place(
    thing: DistrictName | NeighbourhoodName, registry: Registry, day: date
) -> Iterator[tuple[str, Any]]:
    if isinstance(thing, NeighbourhoodName):
        home = registry.home_of(thing, day)
        if home is not None:
            yield from (("district", home.name), ("neighbourhood", thing.name))
        return
    now = registry.district_on(thing, day)
    yield "district", now.name
    if now is not thing:
        yield "former_district", thing.name


def _own_neighbourhood(marked: Marked, keys: Keys, registry: Registry, day: date) -> Keys:
    """Of several places the first decides; a neighbourhood elsewhere is not the district's."""
    if "neighbourhood" not in keys:
        return keys
    for mark in marked.named(NameKind.NEIGHBOURHOOD):
        thing = mark.names[0].thing
        assert isinstance(thing, NeighbourhoodName)
        home = registry.home_of(thing, day)
        if thing.name == keys["neighbourhood"] and home and home.name != keys["district"]:
            del keys["neighbourhood"]
            break
    return keys


def _police_after(marked: Marked, index: int, mark: Mark, registry: Registry) -> PoliceName | None:
    """The police area that a place next to `lpo` stands for."""
    around = [marked.marks[i] for i in (index - 1, index + 1) if 0 <= i < len(marked.marks)]
    if not any(other.sense and other.sense.kind is Kind.POLICE for other in around):
        return None
    if not any(other.last == mark.first or mark.last == other.first for other in around):
        return None
    key = mark.names[0].key
    found = registry.names.find(f"lpo {key}", f"lpo {key}")
    thing = found[0].thing if found else None
    return thing if isinstance(thing, PoliceName) else None


def _person(mark: Mark) -> Iterator[tuple[str, Any]]:
    """The person who is named; where several may be meant, all of them by their e-mails."""
    things = [name.thing for name in mark.names if isinstance(name.thing, PersonName | Namesakes)]
    people = [
        person
        for thing in things
        for person in (thing.people if isinstance(thing, Namesakes) else (thing,))
    ]
    shown = {person.email: person for person in people if person.is_shown}
    if len(shown) > 1:
        yield "namesakes", tuple(shown)
    else:
        yield "person", next(iter(shown.values()), people[0]).name


def _organisation(
    thing: OrganisationName, registry: Registry, day: date
) -> Iterator[tuple[str, Any]]:
    yield "organisation", thing.name
    home = registry.district_of_code.get(thing.district or "")
    if home is not None and thing.name.startswith(home.name):
        yield "district", registry.district_on(home, day).name


def _office(district: str | None, registry: Registry) -> Keys:
    """The administration of the district that the line is about."""
    codes = {each.code for each in registry.districts if each.name == district}
    for each in registry.organisations:
        if each.district in codes and each.kind is OrganisationKind.DISTRICT_ADMINISTRATION:
            return {"organisation": each.name}
    return {}


def _group(thing: GroupName, registry: Registry, day: date) -> Iterator[tuple[str, Any]]:
    yield from (("group", thing.kind), ("group_code", thing.code))
    if thing.level is Level.CENTRAL:
        yield "level", thing.level
    home = registry.district_of_code.get(thing.district or "")
    if home is not None:
        yield "district", registry.district_on(home, day).name


def _code(mark: Mark, day: date) -> Iterator[tuple[str, Any]]:
    """A priority area of the version nearest to the day, an indicator, or a survey."""
    areas = [name.thing for name in mark.names if isinstance(name.thing, AreaName)]
    if areas:
        yield "area", min(areas, key=lambda area: area.distance(day)).code
    for name in mark.names:
        if isinstance(name.thing, TitledName):
            key = "indicator" if name.kind is NameKind.INDICATOR else "survey"
            yield key, name.thing.code
