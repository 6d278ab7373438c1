"""All that has happened to a measure, in order: reports, undoings, changes, questions, answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from itertools import pairwise

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from models.measures.measure import (
    Measure,
    MeasureChange,
    MeasureQuestion,
    MeasureStatus,
    ProgressReport,
)


class Kind(IntEnum):
    """What happened; at the same moment the lower goes first."""

    CHANGE = 1
    UNDOING = 2
    REPORT = 3
    QUESTION = 4
    ANSWER = 5


@dataclass(frozen=True, order=True)
class Event:
    """One thing that happened to a measure; `row` is the id of what tells of it."""

    at: datetime
    kind: Kind
    row: int


@dataclass(frozen=True)
class History:
    """A measure's events, the newest first; which reports were undone, and which reopened it.

    `corrected` are those undone by the same hand that at once reported anew.
    """

    events: tuple[Event, ...]
    undone: frozenset[int]
    reopening: frozenset[int]
    corrected: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Told:
    """The rows that some events are told from, by id."""

    reports: dict[int, ProgressReport]
    changes: dict[int, MeasureChange]
    questions: dict[int, MeasureQuestion]


def history(session: Session, measure: Measure) -> History:
    """What happened to a measure, in three queries however much it is."""
    report, change, question = ProgressReport, MeasureChange, MeasureQuestion
    reports = session.execute(
        select(report.id, report.at, report.status, report.undoes_id, report.reporter_id)
        .where(report.measure_id == measure.id)
        .order_by(report.at, report.id)
    ).all()
    changes = session.execute(
        select(change.id, change.at).where(change.measure_id == measure.id)
    ).all()
    questions = session.execute(
        select(question.id, question.at, question.answered_at).where(
            question.measure_id == measure.id
        )
    ).all()
    events = [
        *(
            Event(at, Kind.UNDOING if undoes else Kind.REPORT, key)
            for key, at, _, undoes, _ in reports
        ),
        *(Event(at, Kind.CHANGE, key) for key, at in changes),
        *(Event(at, Kind.QUESTION, key) for key, at, _ in questions),
        *(Event(at, Kind.ANSWER, key) for key, _, at in questions if at is not None),
    ]
    undone = frozenset(undoes for *_, undoes, _ in reports if undoes is not None)
    counted = [(key, status) for key, _, status, undoes, _ in reports if undoes is None]
    kept = [(key, status) for key, status in counted if key not in undone]
    anew = {(at, by) for _, at, _, undoes, by in reports if undoes is None}
    corrected = frozenset(
        undoes for _, at, _, undoes, by in reports if undoes is not None and (at, by) in anew
    )
    return History(tuple(sorted(events, reverse=True)), undone, _reopening(kept), corrected)


def _reopening(reports: Sequence[tuple[int, MeasureStatus]]) -> frozenset[int]:
    """The reports that say something open right after one that ended the measure."""
    pairs = pairwise(reports)
    return frozenset(
        key for (_, before), (key, now) in pairs if before.is_closed and not now.is_closed
    )


def told(session: Session, events: Sequence[Event]) -> Told:
    """The rows of some events with the names that are shown, in at most three queries."""
    report, change, question = ProgressReport, MeasureChange, MeasureQuestion
    of_reports = select(report).options(
        joinedload(report.reporter), joinedload(report.on_behalf_of)
    )
    of_changes = select(change).options(joinedload(change.person))
    of_questions = select(question).options(
        joinedload(question.asker), joinedload(question.answered_by)
    )
    reports = session.scalars(
        of_reports.where(_among(report.id, events, Kind.REPORT, Kind.UNDOING))
    )
    changes = session.scalars(of_changes.where(_among(change.id, events, Kind.CHANGE)))
    questions = session.scalars(
        of_questions.where(_among(question.id, events, Kind.QUESTION, Kind.ANSWER))
    )
    return Told(
        {row.id: row for row in reports},
        {row.id: row for row in changes},
        {row.id: row for row in questions},
    )


def _among(
    column: InstrumentedAttribute[int], events: Sequence[Event], *kinds: Kind
) -> ColumnElement[bool]:
    return column.in_({event.row for event in events if event.kind in kinds})
