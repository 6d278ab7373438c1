"""The days on which measures were reported on, for those who look at time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from models.measures.measure import ProgressReport
from models.schedule import local_day

UNDOING = aliased(ProgressReport)


def report_days(
    session: Session, measure_ids: Collection[int], before: datetime | None = None
) -> dict[int, list[date]]:
    """The day of each report that was not undone, oldest first, by the measure's id; one query."""
    undone = select(UNDOING.id).where(UNDOING.undoes_id == ProgressReport.id)
    query = select(ProgressReport.measure_id, ProgressReport.at).where(
        ProgressReport.measure_id.in_(measure_ids),
        ProgressReport.undoes_id.is_(None),
        ~undone.exists(),
    )
    if before is not None:
        query = query.where(ProgressReport.at < before)
    found: dict[int, list[date]] = defaultdict(list)
    for measure_id, at in session.execute(query.order_by(ProgressReport.at)):
        found[measure_id].append(local_day(at))
    return found
