"""The measures that are still open, by whatever they are asked for."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from models.measures.measure import Measure, ProgressReport
from models.measures.ownership import is_ownerless
from models.measures.progress import Standing, current_reports, standing
from models.people.organisations import Person


def open_measures(session: Session, *conditions: ColumnElement[bool]) -> list[Measure]:
    """The measures that fit the conditions and are neither done nor cancelled, by id."""
    return [measure for measure, report in with_reports(session, *conditions) if _open(report)]


def with_reports(
    session: Session, *conditions: ColumnElement[bool], before: datetime | None = None
) -> list[tuple[Measure, ProgressReport | None]]:
    """The measures that fit, each with the report that counts, or counted then, in two queries."""
    query = (
        select(Measure)
        .where(*conditions)
        .options(
            joinedload(Measure.organisation),
            joinedload(Measure.group),
            joinedload(Measure.owner).joinedload(Person.organisation),
        )
        .order_by(Measure.code)
    )
    measures = list(session.scalars(query))
    reports = current_reports(session, [measure.id for measure in measures], before)
    return [(measure, reports.get(measure.id)) for measure in measures]


def waiting_for_report(
    session: Session, person: Person, on: date
) -> list[tuple[Measure, Standing]]:
    """A person's open measures that are late or silent, the longest silent first.

    Who holds no seat any more is waited for no more: those measures stand in the ownerless list.
    """
    pairs = with_reports(session, Measure.owner_id == person.id, ~is_ownerless(on))
    found = [
        (measure, standing(measure, report, on))
        for measure, report in pairs
        if _open(report) and measure.start_on <= on
    ]
    waiting = [pair for pair in found if pair[1].is_silent or pair[1].is_late]
    return sorted(waiting, key=lambda pair: -pair[1].days_silent)


def _open(report: ProgressReport | None) -> bool:
    return report is None or not report.status.is_closed
