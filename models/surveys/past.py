"""Surveys as they were known at a moment: those made since are left out, those open then are open.

What is given back is put into the surveys of the session without being written anywhere, so this
is for those who only read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from models.records import AuditEntry
from models.surveys.survey import Survey

MADE, ENDED = "make_survey", "end_series"
"""What is written to the audit log when a survey is made, and when it is not to come again."""


def as_they_were(session: Session, surveys: Sequence[Survey], before: datetime) -> list[Survey]:
    """The surveys that were known at a moment; what a file brought counts as known always."""
    made, waves = _since(session, before)
    closed = select(Survey.series, Survey.wave).where(Survey.closed_at >= before)
    followed = {(series, wave + 1) for series, wave in session.execute(closed)}
    known = [
        each
        for each in surveys
        if each.code not in made and (each.series, each.wave) not in followed
    ]
    for each in known:
        if each.closed_at is not None and each.closed_at >= before:
            set_committed_value(each, "closed_at", None)
        set_committed_value(each, "waves", waves.get(each.code, each.waves))
    return known


def _since(session: Session, before: datetime) -> tuple[set[str], dict[str, int]]:
    """The codes of what was made since; and how often a series that was ended was to come."""
    query = select(AuditEntry).where(AuditEntry.at >= before, AuditEntry.action.in_((MADE, ENDED)))
    made, waves = set(), {}
    for row in session.scalars(query.order_by(AuditEntry.id.desc())):
        code = row.subject.removeprefix("survey:")
        if row.action == MADE:
            made.add(code)
        elif "waves" in row.detail:
            waves[code] = int(row.detail["waves"])
    return made, waves
