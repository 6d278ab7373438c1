"""What has been published stands as it was published."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.statistics.grade import Grade
from models.surveys.published import CellKind, Frozen, PublishedResult, Shown
from models.surveys.survey import Question

CLOSED = datetime(2024, 5, 26, 14, tzinfo=UTC)


def published(session: Session, **other: Any) -> PublishedResult:
    """A row of the demo's first question, published."""
    question = session.scalars(select(Question).order_by(Question.id)).first()
    assert question is not None
    row = PublishedResult(
        **{
            "survey_id": question.survey_id, "question_id": question.id,
            "cell_kind": CellKind.DISTRICT, "cell": "FAR", "cell_name": "Farsta",
            "n": 6, "answered": 6, "asked": 11, "shown": Shown.AT_LEAST,
            "count_low": 4, "count_high": 6, "grade": Grade.D,
            "period_from": CLOSED, "period_until": CLOSED, "published_at": CLOSED, **other,
        }
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def test_a_published_row_is_not_changed(stockholm_session: Session) -> None:
    row = published(stockholm_session)
    row.count_low = 5
    with pytest.raises(Frozen):
        stockholm_session.flush()


def test_a_published_row_is_not_taken_back(stockholm_session: Session) -> None:
    stockholm_session.delete(published(stockholm_session))
    with pytest.raises(Frozen):
        stockholm_session.flush()


def test_a_figure_of_a_cell_is_published_once(stockholm_session: Session) -> None:
    published(stockholm_session)
    with pytest.raises(IntegrityError):
        published(stockholm_session)
    stockholm_session.rollback()
