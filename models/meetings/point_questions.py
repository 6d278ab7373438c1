"""Questions about action points that follow from no decision, and the answer that comes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, or_, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from models.asked import Asked
from models.audit import record
from models.base import Base
from models.meetings.action_points import ActionPoint
from models.meetings.meeting import Meeting
from models.meetings.questions import secretary_of
from models.people.organisations import Person


class PointQuestion(Asked, Base):
    """A question about an action point, who got it, and the answer."""

    __tablename__ = "point_question"

    point_id: Mapped[int] = mapped_column(ForeignKey("action_point.id"), index=True)

    point: Mapped[ActionPoint] = relationship()


def ask(
    session: Session,
    point: ActionPoint,
    by: tuple[Person, datetime],
    asked: Person | None,
    text: str,
) -> PointQuestion:
    """Writes a question down; it is kept also where nobody can be asked."""
    person, at = by
    row = PointQuestion(point=point, asker=person, asked=asked, text=text, at=at)
    session.add(row)
    session.flush()
    record(session, person, "ask_action_point", f"action_point:{point.id}", at, question=row.id)
    return row


def answer(session: Session, row: PointQuestion, person: Person, text: str, at: datetime) -> None:
    """Writes the answer to a question."""
    row.answer, row.answered_by, row.answered_at = text, person, at
    session.flush()
    subject = f"action_point:{row.point_id}"
    record(session, person, "answer_action_point", subject, at, question=row.id)


def questions_of(session: Session, point: ActionPoint) -> Sequence[PointQuestion]:
    """All that was asked about a point, the oldest first."""
    query = (
        select(PointQuestion)
        .where(PointQuestion.point_id == point.id)
        .options(joinedload(PointQuestion.asker), joinedload(PointQuestion.answered_by))
        .order_by(PointQuestion.id)
    )
    return session.scalars(query).all()


def unanswered(session: Session, person: Person, on: date) -> Sequence[PointQuestion]:
    """The questions that wait for somebody: asked of them, or of the group they keep minutes of."""
    query = (
        select(PointQuestion)
        .join(PointQuestion.point)
        .join(ActionPoint.meeting)
        .where(PointQuestion.answered_at.is_(None), PointQuestion.asker_id != person.id)
        .where(
            or_(PointQuestion.asked_id == person.id, Meeting.group_id.in_(secretary_of(person, on)))
        )
        .options(joinedload(PointQuestion.point), joinedload(PointQuestion.asker))
        .order_by(PointQuestion.id)
    )
    return session.scalars(query).all()
