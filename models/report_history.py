"""The reports around a report: what was said just before it, and what undid it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from models.measures import Measure, ProgressReport

MEANWHILE = timedelta(minutes=30)
"""So soon after somebody else's report, another one may not have been meant to replace it."""

_UNDOING = aliased(ProgressReport)


def alone_with(session: Session, measure: Measure) -> Measure:
    """The measure, locked until the commit: of two who report at once, one sees the other's."""
    query = select(Measure.id).where(Measure.id == measure.id)
    session.execute(query.with_for_update(key_share=True))
    return measure


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
    return found if found is not None and found.reporter_id != row.reporter_id else None


def undoing_of(session: Session, row: ProgressReport) -> ProgressReport | None:
    """The row that undid a report, if one did."""
    return session.scalars(select(ProgressReport).where(ProgressReport.undoes_id == row.id)).first()
