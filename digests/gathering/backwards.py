"""Reading a measure backwards through its changes, from what it says to what it said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from digests.gathering.scope import Home
from models.groups import Group
from models.measures.measure import MeasureEvent
from models.people.organisations import Organisation, Person

if TYPE_CHECKING:
    from digests.gathering.measures import MeasureThen

Fields = Mapping[str, Sequence[Any]]
"""What was changed of a measure: each field with what it said before and after."""

_PLAIN = frozenset({"title", "area", "cadence_days", "promised", "promise_unit"})
_DAYS = frozenset({"start_on", "due_on"})


class Backwards:
    """Turns measures back; names that nothing else has read are looked up once."""

    def __init__(self, session: Session, homes: Mapping[int, Home]) -> None:
        self.session = session
        self._homes = dict(homes)
        self._groups: dict[str, int] = {}
        self._organisations: dict[str, str] = {}

    def turned(
        self, measure: MeasureThen, changes: Sequence[tuple[MeasureEvent, Fields]]
    ) -> MeasureThen | None:
        """What the measure said before some changes, the newest first; None before it was made."""
        for event, fields in changes:
            if event is MeasureEvent.CREATED:
                return None
            said: dict[str, Any] = {}
            for name, (before, _) in fields.items():
                said |= self._said(name, before)
            measure = measure._replace(**said)
        return measure

    def _said(self, name: str, before: Any) -> dict[str, Any]:
        """The facts of a measure that follow from what one field said before."""
        if name in _PLAIN:
            return {name: before}
        if name in _DAYS:
            return {name: date.fromisoformat(before) if before else None}
        if name == "owner":
            return {"owner_id": before, "owner": self._person(before)}
        if name == "organisation":
            return {"organisation": self._organisation(before)}
        if name == "group":
            group_id = self._group(before)
            return {"group_id": group_id, "home": self._homes[group_id]}
        return {}

    def _person(self, person_id: int | None) -> str | None:
        options = [joinedload(Person.organisation)]
        person = self.session.get(Person, person_id, options=options) if person_id else None
        return person.shown_as() if person else None

    def _organisation(self, code: str) -> str:
        if code not in self._organisations:
            query = select(Organisation.name).where(Organisation.code == code)
            self._organisations[code] = self.session.scalars(query).one()
        return self._organisations[code]

    def _group(self, code: str) -> int:
        if code not in self._groups:
            query = select(Group.id, Group.level, Group.district_id).where(Group.code == code)
            number, level, district_id = self.session.execute(query).one()
            self._groups[code] = number
            self._homes[number] = (level, district_id)
        return self._groups[code]
