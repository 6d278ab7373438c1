"""Action points that became measures, as those measures read at the end of a period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from digests.facts import MeasureFact
from models.meetings.minutes import Minutes
from models.meetings.points import MeasureSaid, PointFacts
from models.people.organisations import Person


def with_measures_then(
    session: Session, minutes: Minutes, measures: Iterable[MeasureFact]
) -> Minutes:
    """The minutes, in which a point tells of its measure what the measure said then."""
    by_code = {fact.code: fact for fact in measures}
    pairs = [
        (facts, by_code.get(facts.point.measure.code) if facts.point.measure else None)
        for facts in minutes.known_points
    ]
    owners = _former_owners(session, pairs)
    told = (facts if then is None else _told(facts, then, owners) for facts, then in pairs)
    return replace(minutes, known_points=tuple(sorted(told, key=_turn)))


Pairs = Iterable[tuple[PointFacts, MeasureFact | None]]


def _former_owners(session: Session, pairs: Pairs) -> Mapping[int, Person]:
    """Who owned measures that are another's now; without such nothing is read."""
    ids = set(_former(pairs))
    found = session.scalars(select(Person).where(Person.id.in_(ids))) if ids else ()
    return {person.id: person for person in found}


def _former(pairs: Pairs) -> Iterator[int]:
    for facts, then in pairs:
        now = facts.point.measure
        if then and now and then.owner_id is not None and then.owner_id != now.owner_id:
            yield then.owner_id


def _told(facts: PointFacts, then: MeasureFact, owners: Mapping[int, Person]) -> PointFacts:
    now = facts.point.measure.owner if facts.point.measure else None
    is_same = now is not None and now.id == then.owner_id
    owner = now if is_same else owners.get(then.owner_id or 0)
    return replace(facts, measure_said=MeasureSaid(then.code, then.title, owner, then.due_on))


def _turn(facts: PointFacts) -> tuple[date, int]:
    return facts.due_on or facts.step.due_on, facts.point.id
