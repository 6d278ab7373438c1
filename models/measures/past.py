"""Measures as they were at a moment: what was changed since is read backwards.

What is given back is put into the measures of the session without being written anywhere, so this
is for those who only read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from models.measures.changes import value_of
from models.measures.measure import Measure, MeasureChange, MeasureEvent

_BY_ID = frozenset({"group", "organisation", "owner"})


def changed_since(before: datetime) -> Select[int]:
    """The ids of the measures that were changed, moved or made since a moment."""
    return select(MeasureChange.measure_id).where(MeasureChange.at >= before)


def as_they_were(session: Session, measures: Iterable[Measure], before: datetime) -> list[Measure]:
    """The measures that were there at a moment, saying what they said then."""
    known = {measure.id: measure for measure in measures}
    query = select(MeasureChange).where(
        MeasureChange.measure_id.in_(known), MeasureChange.at >= before
    )
    newest_first = query.order_by(MeasureChange.at.desc(), MeasureChange.id.desc())
    for row in session.scalars(newest_first).all():
        if row.event is MeasureEvent.CREATED:
            known.pop(row.measure_id, None)
        elif row.measure_id in known:
            _turn_back(session, known[row.measure_id], row)
    return list(known.values())


def _turn_back(session: Session, measure: Measure, row: MeasureChange) -> None:
    for name, (said_before, _) in row.fields.items():
        value = value_of(session, name, said_before)
        set_committed_value(measure, name, value)
        if name in _BY_ID:
            set_committed_value(measure, f"{name}_id", getattr(value, "id", None))
