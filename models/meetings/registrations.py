"""The numbers that decisions get in the public register; given or corrected by a new row."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.audit import record
from models.base import Base
from models.meetings.meeting import Decision
from models.meetings.plans import By
from models.people.organisations import Person

REGISTRY_LENGTH = 40


class Registration(Base):
    """The registry number of a decision from a moment on; append-only, an empty one takes it away.

    Without a row the number holds with which the decision was written.
    """

    __tablename__ = "decision_registration"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    number: Mapped[str] = mapped_column()
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    at: Mapped[datetime] = mapped_column()

    decision: Mapped[Decision] = relationship()
    person: Mapped[Person | None] = relationship()


def registry_number(until: datetime | None = None) -> ColumnElement[str]:
    """The number of each decision now, or before a moment."""
    last = select(Registration.number).where(Registration.decision_id == Decision.id)
    if until is not None:
        last = last.where(Registration.at < until)
    newest = last.order_by(Registration.id.desc()).limit(1).correlate(Decision)
    return func.coalesce(newest.scalar_subquery(), Decision.registry_number)


def registry_number_of(session: Session, decision: Decision) -> str:
    """One decision's number now."""
    return session.scalars(select(registry_number()).where(Decision.id == decision.id)).one()


def register(session: Session, decision: Decision, number: str, by: By) -> Registration:
    """Gives a decision its number; what it was before stays."""
    row = Registration(decision=decision, number=number, person=by.person, at=by.at)
    session.add(row)
    session.flush()
    record(session, by.person, "register_decision", f"decision:{decision.id}", by.at)
    return row
