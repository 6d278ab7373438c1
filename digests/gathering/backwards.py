"""Reading a measure backwards through its changes, from what it says to what it said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from digests.gathering.scope import Home
from models.measures.measure import MeasureEvent

if TYPE_CHECKING:
    from digests.gathering.measures import MeasureThen

_PLAIN = frozenset({"title", "area", "cadence_days", "promised", "promise_unit"})
_DAYS = frozenset({"start_on", "due_on"})


class Changed(NamedTuple):
    """A change of a measure: each field with what it said before and after.

    What a field says by an id or a code is read along with it, as it was before the change: the
    owner and the organisation as they are shown, and the group.
    """

    event: MeasureEvent
    fields: Mapping[str, Sequence[Any]]
    owner: str | None
    organisation: str | None
    group_id: int | None
    home: Home


def turned(measure: MeasureThen, changes: Iterable[Changed]) -> MeasureThen | None:
    """What the measure said before some changes, the newest first; None before it was made."""
    for change in changes:
        if change.event is MeasureEvent.CREATED:
            return None
        said: dict[str, Any] = {}
        for name, (before, *_) in change.fields.items():
            said |= _said(change, name, before)
        measure = measure._replace(**said)
    return measure


def _said(change: Changed, name: str, before: Any) -> dict[str, Any]:
    """The facts of a measure that follow from what one field said before."""
    if name in _PLAIN:
        return {name: before}
    if name in _DAYS:
        return {name: date.fromisoformat(before) if before else None}
    if name == "owner":
        return {"owner_id": before, "owner": change.owner}
    if name == "organisation":
        return {"organisation": change.organisation}
    if name == "group":
        return {"group_id": change.group_id, "home": change.home}
    return {}
