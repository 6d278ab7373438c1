"""Changes between two moments, net: what was done and undone between them is none.

A state says of each thing what was true of it at a moment. Changes from one to a second and from
there to a third, taken together, are those from the first to the third.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from models.measures.progress import Light


class Change(StrEnum):
    """What became otherwise of a measure.

    NEW was not there before. REPORTED: another report counts than before. LIGHT: it stands
    otherwise, also by time alone. DATE, OWNER, ORGANISATION and TITLE are facts of its own.
    """

    NEW = "new"
    REPORTED = "reported"
    LIGHT = "light"
    DATE = "date"
    OWNER = "owner"
    ORGANISATION = "organisation"
    TITLE = "title"


class MeasureState(NamedTuple):
    """What is true of a measure at a moment; `report` is the id of the one that counts."""

    report: int | None
    light: Light
    due_on: date | None
    owner_id: int | None
    organisation: str
    title: str


_ASPECTS = (
    Change.REPORTED,
    Change.LIGHT,
    Change.DATE,
    Change.OWNER,
    Change.ORGANISATION,
    Change.TITLE,
)
"""What a difference in each field of a state is."""

State = Mapping[str, MeasureState]
"""What is true of measures at a moment, by code; one that is not in it is not there."""


def between(before: MeasureState | None, after: MeasureState) -> frozenset[Change]:
    """What became otherwise of a measure that is there at the end."""
    if before == after:
        return _NOTHING
    if before is None:
        return _NEW
    pairs = zip(_ASPECTS, before, after, strict=True)
    return frozenset(change for change, was, now in pairs if was != now)


_NOTHING: frozenset[Change] = frozenset()
_NEW = frozenset({Change.NEW})


@dataclass(frozen=True)
class Changes:
    """The measures that differ between two moments: what each was and became; None is not there."""

    found: Mapping[str, tuple[MeasureState | None, MeasureState | None]] = field(
        default_factory=dict
    )

    @classmethod
    def of(cls, before: State, after: State) -> Changes:
        """What differs between two states."""
        pairs = {code: (before.get(code), after.get(code)) for code in {*before, *after}}
        return cls({code: pair for code, pair in pairs.items() if pair[0] != pair[1]})

    def __add__(self, later: Changes) -> Changes:
        """These changes and those that came after them, net."""
        joined = {
            code: (
                self.found[code][0] if code in self.found else later.found[code][0],
                later.found[code][1] if code in later.found else self.found[code][1],
            )
            for code in {*self.found, *later.found}
        }
        return Changes({code: pair for code, pair in joined.items() if pair[0] != pair[1]})
