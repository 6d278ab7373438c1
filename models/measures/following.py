"""Who follows which measures, and what has been reported on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased, joinedload

from models.measures.measure import Follow, Measure, ProgressReport
from models.people.organisations import Person

_UNDOING = aliased(ProgressReport)


def is_followed(session: Session, measure: Measure, person: Person) -> bool:
    """Whether the person follows the measure."""
    return session.get(Follow, (measure.id, person.id)) is not None


def follow(session: Session, measure: Measure, person: Person, at: datetime) -> None:
    """Lets a person follow a measure from now on; a second time changes nothing."""
    if not is_followed(session, measure, person):
        session.add(Follow(measure_id=measure.id, person_id=person.id, since=at))
        session.flush()


def unfollow(session: Session, measure: Measure, person: Person) -> None:
    """Ends it; who did not follow does not either way."""
    row = session.get(Follow, (measure.id, person.id))
    if row is not None:
        session.delete(row)
        session.flush()


def followed(session: Session, person: Person) -> Sequence[Measure]:
    """The measures that a person follows, by id."""
    query = (
        select(Measure)
        .join(Follow, Follow.measure_id == Measure.id)
        .where(Follow.person_id == person.id)
        .order_by(Measure.code)
    )
    return session.scalars(query).all()


def followers(session: Session, measure: Measure) -> Sequence[Person]:
    """Those who follow a measure, by id."""
    query = select(Person).join(Follow, Follow.person_id == Person.id)
    return session.scalars(query.where(Follow.measure_id == measure.id).order_by(Person.id)).all()


def news(
    session: Session, since: datetime, until: datetime, people: Sequence[Person] | None = None
) -> dict[int, tuple[ProgressReport, ...]]:
    """What others have reported in a time on what people follow, by person; in one query.

    What was undone since, or said before somebody began to follow, is no news. `people` says whose
    news it is about, else everybody's.
    """
    report = ProgressReport
    query = (
        select(Follow.person_id, report)
        .join(Follow, Follow.measure_id == report.measure_id)
        .where(report.at >= since, report.at < until, report.at >= Follow.since)
        .where(report.undoes_id.is_(None), report.reporter_id.is_distinct_from(Follow.person_id))
        .where(~select(_UNDOING.id).where(_UNDOING.undoes_id == report.id).exists())
        .options(joinedload(report.measure), joinedload(report.reporter))
        .order_by(report.measure_id, report.at, report.id)
    )
    if people is not None:
        query = query.where(Follow.person_id.in_([person.id for person in people]))
    found: dict[int, list[ProgressReport]] = {}
    for person_id, row in session.execute(query):
        found.setdefault(person_id, []).append(row)
    return {person_id: tuple(rows) for person_id, rows in found.items()}
