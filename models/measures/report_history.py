"""The reports around a report: what was said just before it, and what undid it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from models.measures.measure import Measure, ProgressReport

MEANWHILE = timedelta(minutes=30)
"""So soon after somebody else's report, another one may not have been meant to replace it."""

_UNDOING = aliased(ProgressReport)


_ALONE = "alone_with"
"""The session's note of the measures that are locked already."""


def alone_with(session: Session, measure: Measure) -> Measure:
    """The measure, locked until the commit: of two who report at once, one sees the other's."""
    if measure.id not in session.info.get(_ALONE, ()):
        query = select(Measure.id).where(Measure.id == measure.id)
        session.execute(query.with_for_update(key_share=True))
        _note(session, measure)
    return measure


def measure_alone(session: Session, code: str) -> Measure | None:
    """The measure with an id, and its owner, locked like that in the question that reads it."""
    query = select(Measure).where(Measure.code == code).options(joinedload(Measure.owner))
    found = session.scalars(query.with_for_update(key_share=True, of=Measure)).first()
    if found is not None:
        _note(session, found)
    return found


def _note(session: Session, measure: Measure) -> None:
    session.info.setdefault(_ALONE, set()).add(measure.id)


def said_meanwhile(session: Session, row: ProgressReport) -> ProgressReport | None:
    """What somebody else reported on the same measure just before, where it still counted."""
    report = ProgressReport
    before = or_(report.at < row.at, and_(report.at == row.at, report.id < row.id))
    query = (
        select(report)
        .where(report.measure_id == row.measure_id, report.undoes_id.is_(None), before)
        .where(report.at >= row.at - MEANWHILE)
        .where(~select(_UNDOING.id).where(_UNDOING.undoes_id == report.id).exists())
        .order_by(report.at.desc(), report.id.desc())
        .limit(1)
        .options(joinedload(report.reporter))
    )
    found = session.scalars(query).first()
    return found if found is not None and is_meanwhile(found, row) else None


def said_between(
    session: Session, row: ProgressReport, before: ProgressReport | None
) -> ProgressReport | None:
    """The same, where the report that counted before the row is at hand."""
    if before is not None and (before is row or before.at > row.at):
        return said_meanwhile(session, row)
    return before if before is not None and is_meanwhile(before, row) else None


def is_meanwhile(other: ProgressReport, row: ProgressReport) -> bool:
    """Whether another report came just before one, from somebody else."""
    is_recent = row.at - MEANWHILE <= other.at <= row.at
    return is_recent and other.reporter_id != row.reporter_id


def undoing_of(session: Session, row: ProgressReport) -> ProgressReport | None:
    """The row that undid a report, if one did."""
    return session.scalars(select(ProgressReport).where(ProgressReport.undoes_id == row.id)).first()
