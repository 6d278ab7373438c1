"""What the registry holds of each kind of thing that has a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from handlers.understanding.line import key_of
from models.agreements import Level
from models.groups import GroupKind
from models.people.organisations import OrganisationKind, Party
from models.places.place import PoliceAreaKind


@dataclass(frozen=True)
class DistrictName:
    """A district, its time, and the code of what it was merged into."""

    code: str
    name: str
    aliases: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    successor: str | None


@dataclass(frozen=True)
class Belongs:
    """That a neighbourhood belongs to a district, by its code, in `[valid_from, valid_until)`."""

    district: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True)
class NeighbourhoodName:
    """A neighbourhood and its belongings, oldest first."""

    name: str
    aliases: tuple[str, ...]
    belongings: tuple[Belongs, ...]

    def belonging_on(self, on: date) -> Belongs | None:
        """The belonging on the day: before the first the first, after the last the last."""
        found = None
        for belonging in self.belongings:
            if found is None or belonging.valid_from <= on:
                found = belonging
        return found


@dataclass(frozen=True)
class PoliceName:
    """A police region, police area or local police area."""

    code: str
    name: str
    kind: PoliceAreaKind
    aliases: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    successor: str | None

    @property
    def short(self) -> str:
        """The name without its kind: Farsta of LPO Farsta."""
        return bare_police_name(self.name)


def bare_police_name(name: str) -> str:
    """A police area's name without the word that says its kind."""
    for kind in ("LPO ", "Lokalpolisområde ", "Polisområde ", "Polisregion "):
        if name.startswith(kind):
            return name[len(kind) :]
    return name


@dataclass(frozen=True)
class OrganisationName:
    """An organisation and, where it is a district's own, that district's code."""

    code: str
    name: str
    kind: OrganisationKind
    party: Party
    aliases: tuple[str, ...]
    district: str | None
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True)
class PersonName:
    """A person; one shown as a function is found by the whole name only, and never suggested."""

    email: str
    name: str
    is_shown: bool
    left_on: date | None
    title: str = ""


@dataclass(frozen=True)
class Namesakes:
    """People who share a part of their names, or the whole: which one is meant must be asked."""

    name: str
    people: tuple[PersonName, ...]


@dataclass(frozen=True)
class AreaName:
    """A priority area in one version of the annex."""

    code: str
    names: tuple[str, ...]
    valid_from: date
    valid_until: date | None

    def distance(self, on: date) -> int:
        """How many days the day lies outside the version's time; 0 within it."""
        if on < self.valid_from:
            return (self.valid_from - on).days
        if self.valid_until is not None and on >= self.valid_until:
            return (on - self.valid_until).days + 1
        return 0


@dataclass(frozen=True)
class GroupName:
    """A group; central ones have no district."""

    code: str
    name: str
    kind: GroupKind
    level: Level
    district: str | None

    @cached_property
    def own_words(self) -> tuple[str, ...]:
        """What the name says after the word for its kind: `unga och skola`, or nothing."""
        words = key_of(self.name).split()
        kinds = [place for place, word in enumerate(words) if "grupp" in word]
        return tuple(words[kinds[-1] + 1 :]) if kinds else ()


@dataclass(frozen=True)
class MeasureName:
    """A measure's id, title, and whose it is."""

    code: str
    title: str
    owner_id: int | None


@dataclass(frozen=True)
class TitledName:
    """An indicator or a survey: its code and all it is called."""

    code: str
    names: tuple[str, ...]

    @cached_property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The words of each name, without dots."""
        return tuple(tuple(key_of(name).split()) for name in self.names)
