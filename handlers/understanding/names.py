"""The index of all names, for exact look-ups and for names that were misspelt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.understanding.elsewhere import MUNICIPALITIES, TOWNS
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
    bare_police_name,
)
from handlers.understanding.line import key_of, low_of
from models.people.organisations import OrganisationKind

if TYPE_CHECKING:
    from handlers.understanding.registry import Registry


class NameKind(IntEnum):
    """What a name names; where two things share a name, the former is meant."""

    GROUP = 0
    DISTRICT = 1
    NEIGHBOURHOOD = 2
    ORGANISATION = 3
    PERSON = 4
    AREA = 5
    POLICE = 6
    ELSEWHERE = 7
    INDICATOR = 8
    SURVEY = 9
    MEASURE = 10


_NEVER_GUESSED = frozenset({NameKind.GROUP, NameKind.INDICATOR, NameKind.SURVEY})


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A place outside the city: a municipality, or a town in one; far away there is none."""

    name: str
    municipality: str

    @property
    def is_municipality(self) -> bool:
        """Whether it is a municipality itself."""
        return self.name == self.municipality


Named = (
    DistrictName
    | NeighbourhoodName
    | PoliceName
    | OrganisationName
    | PersonName
    | Namesakes
    | AreaName
    | GroupName
    | TitledName
    | Elsewhere
)


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one thing, as it is spelt."""

    kind: NameKind
    low: str
    key: str
    thing: Named

    def is_spelt(self, low: str) -> bool:
        """Whether this is how the name may be written: with its dots, without them, or long."""
        return low in (self.low, self.key) or len(self.key) >= 5


POLICE_PREFIXES = ("lpo", "lokalpolisområde", "polisområde", "polisregion")
OWN_KINDS = frozenset(
    {
        OrganisationKind.LOCAL_POLICE_AREA,
        OrganisationKind.POLICE_AREA,
        OrganisationKind.POLICE_REGION,
    }
)
"""Organisations that are asked for as police areas."""


class Names:
    """All names by key; weak ones, parts of a name, count only where no whole name fits."""

    def __init__(self, strong: Iterable[Name], weak: Iterable[Name]) -> None:
        self.by_key: dict[str, list[Name]] = {}
        for name in strong:
            self.by_key.setdefault(name.key, []).append(name)
        for name in weak:
            if name.key not in self.by_key or self._is_weak(name):
                self.by_key.setdefault(name.key, []).append(name)
        for found in self.by_key.values():
            found.sort(key=lambda name: name.kind)
        self.longest = max((key.count(" ") for key in self.by_key), default=0) + 1
        self.starts = frozenset(key.split(" ")[0] for key in self.by_key)
        self.guessable = Guessable(
            key for key, found in self.by_key.items() if _may_guess(key, found)
        )
        self.measures: tuple[tuple[str, int | None], ...] = ()

    @classmethod
    def of(cls, registry: Registry) -> Names:
        """Indexes a registry."""
        names = cls(_strong(registry), _weak(registry))
        names.measures = tuple((each.code, each.owner_id) for each in registry.measures)
        return names

    def _is_weak(self, name: Name) -> bool:
        return any(other.kind is name.kind for other in self.by_key[name.key])

    def find(self, low: str, key: str) -> tuple[Name, ...]:
        """What goes by these words, also in the genitive; the likeliest kind first."""
        found = self._spelt(low, key)
        if not found and len(key) >= 4 and key.endswith("s"):
            found = self._spelt(low.removesuffix("s").removesuffix(" "), key[:-1].rstrip())
        return found

    def guess(self, key: str) -> tuple[tuple[Name, ...], int]:
        """What misspelt words most likely name, and how many signs are wrong."""
        keys, wrong = likely(key, self.guessable.near(key))
        found = [self.by_key[each] for each in keys]
        if not found or any(each[0].thing is not found[0][0].thing for each in found):
            return (), 0
        return tuple(found[0]), wrong

    def nearest_places(self, text: str, limit: int) -> list[str]:
        """The districts and neighbourhoods most like a text, best first."""
        return _nearest(key_of(text), self._places, limit)

    def nearest_people(self, text: str, limit: int) -> list[str]:
        """The shown people most like a text, best first."""
        return _nearest(key_of(text), self._people, limit)

    @cached_property
    def _places(self) -> dict[str, str]:
        return {
            name.key: name.thing.name
            for found in self.by_key.values()
            for name in found
            if isinstance(name.thing, DistrictName | NeighbourhoodName)
        }

    @cached_property
    def _people(self) -> dict[str, str]:
        return {
            name.key: name.thing.name
            for found in self.by_key.values()
            for name in found
            if isinstance(name.thing, PersonName) and name.thing.is_shown
        }

    def nearest_measures(self, code: str, owner_id: int | None, limit: int) -> list[str]:
        """The measures' ids most like a text: the owner's own first, with room for another's."""
        scored = sorted(
            (OSA.distance(code.upper(), known), known, owner is not None and owner == owner_id)
            for known, owner in self.measures
        )
        near = [(known, is_own) for distance, known, is_own in scored if distance <= 3]
        own = [known for known, is_own in near if is_own][: limit - 1]
        return [*own, *(known for known, _ in near if known not in own)][:limit]

    def _spelt(self, low: str, key: str) -> tuple[Name, ...]:
        return tuple(name for name in self.by_key.get(key, ()) if name.is_spelt(low))


class Guessable:
    """Keys by their first sign and their length: only those can be meant by misspelt words.

    A guess over thousands of names so costs what one over a few does.
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._shelves: dict[tuple[str, int], list[str]] = {}
        for key in keys:
            self._shelves.setdefault((key[0], len(key)), []).append(key)

    def near(self, key: str) -> list[str]:
        """The keys that begin alike, or with the first two signs swapped, and are about as long."""
        allowed = _allowed(len(key))
        if not allowed:
            return []
        lengths = range(len(key) - allowed, len(key) + allowed + 1)
        return [
            each
            for sign in dict.fromkeys(key[:2])
            for length in lengths
            for each in self._shelves.get((sign, length), ())
        ]


def likely(key: str, known: list[str]) -> tuple[list[str], int]:
    """The known keys that differ least from a misspelt one, and in how many signs.

    Short words may differ in one sign, longer ones in two, whole names in three; the first sign
    must be right unless it was swapped with the second.
    """
    allowed = _allowed(len(key))
    if not allowed:
        return [], 0
    rows = process.extract(key, known, scorer=OSA.distance, score_cutoff=allowed, limit=5)
    fitting = sorted(
        (int(wrong), found)
        for found, wrong, _ in rows
        if wrong <= _allowed(len(found)) and _begins_alike(key, found)
    )
    best = [row for row in fitting if row[0] == fitting[0][0]]
    return [found for _, found in best], best[0][0] if best else 0


def likeliest(key: str, known: list[str]) -> tuple[str, int] | None:
    """The one known key that differs least; two equally near ones are no answer."""
    keys, wrong = likely(key, known)
    return (keys[0], wrong) if len(keys) == 1 else None


def _allowed(length: int) -> int:
    if length < 4:
        return 0
    return 1 if length < 8 else 2 if length < 13 else 3


def _begins_alike(key: str, other: str) -> bool:
    return key[0] == other[0] or key[:2] == other[1::-1]


def _may_guess(key: str, found: list[Name]) -> bool:
    if len(key) < 4 or found[0].kind in _NEVER_GUESSED or isinstance(found[0].thing, Namesakes):
        return False
    if isinstance(found[0].thing, PersonName):
        return found[0].thing.is_shown and " " in key
    return True


def _nearest(key: str, known: dict[str, str], limit: int) -> list[str]:
    if not key:
        return []
    rows = process.extract(key, list(known), scorer=OSA.normalized_similarity, limit=limit * 2)
    return list(dict.fromkeys(known[row[0]] for row in rows if row[1] >= 0.5))[:limit]


def _named(kind: NameKind, thing: Named, *texts: str) -> Iterator[Name]:
    for text in dict.fromkeys(texts):
        if key := key_of(text):
            yield Name(kind, low_of(text), key, thing)


def _strong(registry: Registry) -> Iterator[Name]:
    """Whole names and the aliases that the data give."""
    for kind, things in _with_aliases(registry):
        for thing in things:
            yield from _named(kind, thing, thing.name, *thing.aliases)
    for area in registry.police_areas:
        yield from _named(NameKind.POLICE, area, *_police_names(area))
    for person in registry.people:
        yield from _named(NameKind.PERSON, person, person.name)
    for group in registry.groups:
        yield from _named(NameKind.GROUP, group, group.code)
    yield from _strong_titles(registry)
    yield from _elsewhere()


def _with_aliases(
    registry: Registry,
) -> Iterator[tuple[NameKind, Sequence[DistrictName | NeighbourhoodName | OrganisationName]]]:
    yield NameKind.DISTRICT, registry.districts
    yield NameKind.NEIGHBOURHOOD, registry.neighbourhoods
    others = [each for each in registry.organisations if each.kind not in OWN_KINDS]
    yield NameKind.ORGANISATION, others


def _strong_titles(registry: Registry) -> Iterator[Name]:
    for area in registry.areas:
        yield from _named(NameKind.AREA, area, *area.names)
    for indicator in registry.indicators:
        yield from _named(NameKind.INDICATOR, indicator, *indicator.names)
    for survey in registry.surveys:
        yield from _named(NameKind.SURVEY, survey, *survey.names)


def _elsewhere() -> Iterator[Name]:
    for name in MUNICIPALITIES:
        yield from _named(NameKind.ELSEWHERE, Elsewhere(name, name), name)
    for municipality, names in TOWNS.items():
        for name in names:
            yield from _named(NameKind.ELSEWHERE, Elsewhere(name, municipality), name)


def _police_names(area: PoliceName) -> Iterator[str]:
    """A police area with each word for its kind, so that LPO Farsta is not Farsta."""
    for name in (area.name, *area.aliases):
        bare = bare_police_name(name)
        yield name
        for prefix in POLICE_PREFIXES:
            yield f"{prefix} {bare}"
            yield f"{prefix} {bare.removeprefix('Stockholm ')}"
        yield from (f"{bare} lpo", f"{bare} lokalpolisområde", f"{bare} polisområde")
        yield from (f"{bare} local police area", f"{bare} police area")


def _weak(registry: Registry) -> Iterator[Name]:
    """Parts of names that people say, which count where no whole name is the same."""
    for district in registry.districts:
        yield from _named(NameKind.DISTRICT, district, district.code, *_parts(district.name))
    for area in registry.police_areas:
        yield from _named(NameKind.POLICE, area, area.short)
    for priority in registry.areas:
        for text in priority.names:
            yield from _named(NameKind.AREA, priority, *_ends_of(text))
    yield from _parts_of_people(registry)


def _parts_of_people(registry: Registry) -> Iterator[Name]:
    """First names and surnames of those who are shown; what several share names all of them."""
    bearers: dict[str, list[PersonName]] = {}
    for person in registry.people:
        if person.is_shown:
            for part in dict.fromkeys(_person_parts(person.name)):
                bearers.setdefault(part, []).append(person)
    for part, people in bearers.items():
        thing = people[0] if len(people) == 1 else Namesakes(part, tuple(people))
        yield from _named(NameKind.PERSON, thing, part)


def _parts(name: str) -> Iterator[str]:
    """The parts that people say of a joined name, and the parts the other way round."""
    parts = name.split("-")
    if len(parts) > 1:
        yield "-".join(reversed(parts))
        yield "".join(parts)
        yield from ("-".join(parts[:2]), "-".join(parts[1:]), *parts)


def _ends_of(name: str) -> Iterator[str]:
    """The beginnings and ends of a long name that still are two words or more."""
    words = name.split()
    for size in range(2, len(words)):
        for part in (words[:size], words[-size:]):
            if len(part[0]) > 3 and len(part[-1]) > 3:
                yield " ".join(part)


def _person_parts(name: str) -> Iterator[str]:
    parts = name.split()
    yield from (parts[0], parts[-1])
    if len(parts) > 2:
        yield f"{parts[0]} {parts[-1]}"
        yield f"{parts[0]} {parts[1]}"
