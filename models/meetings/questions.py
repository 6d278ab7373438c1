"""Questions about decisions: asked of the group's secretary, and the answer that comes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Select, or_, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from models.asked import Asked
from models.audit import record
from models.base import Base, held_on
from models.groups import Group, Seat, SeatRole
from models.meetings.meeting import Decision, Meeting
from models.people.organisations import Person, Standing
from models.seats.holders import believed, holder_on, seats_of_group


class DecisionQuestion(Asked, Base):
    """A question about a decision, who got it, and the answer."""

    __tablename__ = "decision_question"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)

    decision: Mapped[Decision] = relationship()


ANSWERING = (SeatRole.SECRETARY, SeatRole.CHAIR)


def who_answers(session: Session, group: Group, on: date) -> list[Person]:
    """Those who can answer for a group: its secretary first, its chairs, then the coordinators."""
    held = [
        (ANSWERING.index(seat.role), person)
        for seat in seats_of_group(session, group, on)
        if seat.role in ANSWERING and (person := holder_on(seat, on))
    ]
    coordinators = session.scalars(
        select(Person).where(Person.standing == Standing.COORDINATOR).order_by(Person.id)
    )
    ranked = [person for _rank, person in sorted(held, key=lambda pair: pair[0])]
    active = [person for person in coordinators if person.is_active(on)]
    return list({person.id: person for person in (*ranked, *active)}.values())


def ask(
    session: Session,
    decision: Decision,
    by: tuple[Person, datetime],
    asked: Person | None,
    text: str,
) -> DecisionQuestion:
    """Writes a question down; it is kept also where nobody can be asked."""
    person, at = by
    row = DecisionQuestion(decision=decision, asker=person, asked=asked, text=text, at=at)
    session.add(row)
    session.flush()
    record(session, person, "ask_decision", f"decision:{decision.id}", at, question=row.id)
    return row


def answer(
    session: Session, row: DecisionQuestion, person: Person, text: str, at: datetime
) -> None:
    """Writes the answer to a question."""
    row.answer, row.answered_by, row.answered_at = text, person, at
    session.flush()
    subject = f"decision:{row.decision_id}"
    record(session, person, "answer_decision", subject, at, question=row.id)


def questions_about(session: Session, meeting: Meeting) -> Sequence[DecisionQuestion]:
    """All that was asked about a meeting's decisions, the oldest first."""
    query = (
        select(DecisionQuestion)
        .join(DecisionQuestion.decision)
        .where(Decision.meeting_id == meeting.id)
        .options(joinedload(DecisionQuestion.decision), joinedload(DecisionQuestion.asker))
        .order_by(DecisionQuestion.id)
    )
    return session.scalars(query).all()


def secretary_of(person: Person, on: date) -> Select[int]:
    """The groups whose minutes somebody keeps."""
    return select(Seat.group_id).where(
        believed(),
        held_on(Seat, on),
        Seat.person_id == person.id,
        Seat.role == SeatRole.SECRETARY,
    )


def unanswered(session: Session, person: Person, on: date) -> Sequence[DecisionQuestion]:
    """The questions that wait for somebody: asked of them, or of their group."""
    kept = secretary_of(person, on)
    query = (
        select(DecisionQuestion)
        .join(DecisionQuestion.decision)
        .join(Decision.meeting)
        .where(DecisionQuestion.answered_at.is_(None))
        .where(
            or_(
                DecisionQuestion.asked_id == person.id,
                Meeting.group_id.in_(kept),
            )
        )
        .where(DecisionQuestion.asker_id != person.id)
        .options(
            joinedload(DecisionQuestion.decision).joinedload(Decision.meeting),
            joinedload(DecisionQuestion.asker),
        )
        .order_by(DecisionQuestion.id)
    )
    return session.scalars(query).all()
