"""Questions about measures: who is asked, what waits for an answer, and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from models.audit import record
from models.base import held_on
from models.groups import Seat, SeatRole
from models.measures.measure import Measure, MeasureQuestion
from models.measures.ownership import seated
from models.people.organisations import Person
from models.schedule import local_day
from models.seats.holders import believed

SAME_WITHIN = timedelta(minutes=1)
"""The same words about the same measure again so soon are a second press, not a second question."""


def who_is_asked(session: Session, measure: Measure, on: date) -> Person | None:
    """The owner; for a measure that nobody answers for the group's secretary, or else its chair."""
    if measure.owner is not None and seated(session, [measure.owner.id], on):
        return measure.owner
    leading = (SeatRole.SECRETARY, SeatRole.CHAIR)
    query = (
        select(Seat)
        .where(believed(), held_on(Seat, on), Seat.group_id == measure.group_id)
        .where(Seat.role.in_(leading), Seat.person_id.is_not(None))
        .options(joinedload(Seat.person))
        .order_by(Seat.id)
    )
    held = [row for row in session.scalars(query) if row.person and row.person.is_active(on)]
    first = min(held, key=lambda row: leading.index(row.role), default=None)
    return first.person if first else None


def ask(
    session: Session, measure: Measure, asker: Person, text: str, at: datetime
) -> MeasureQuestion:
    """Writes a question down for whoever answers for the measure; a second press writes none."""
    same = select(MeasureQuestion).where(
        MeasureQuestion.measure_id == measure.id,
        MeasureQuestion.asker_id == asker.id,
        MeasureQuestion.text == text,
        MeasureQuestion.at > at - SAME_WITHIN,
        MeasureQuestion.answered_at.is_(None),
    )
    known = session.scalars(same).first()
    if known is not None:
        return known
    asked = who_is_asked(session, measure, local_day(at, measure.group.zone))
    row = MeasureQuestion(
        measure_id=measure.id,
        asker_id=asker.id,
        asked_id=asked.id if asked else None,
        text=text,
        at=at,
    )
    session.add(row)
    session.flush()
    record(session, asker, "question", f"measure:{measure.code}", at, question=row.id)
    return row


def alone_with(session: Session, number: int) -> None:
    """Locks a question, so that nobody else answers it before the commit."""
    query = select(MeasureQuestion.id).where(MeasureQuestion.id == number)
    session.execute(query.with_for_update())


def answer(session: Session, row: MeasureQuestion, person: Person, text: str, at: datetime) -> None:
    """Writes the answer to a question."""
    row.answer, row.answered_by_id, row.answered_at = text, person.id, at
    session.flush()
    subject = f"measure:{row.measure.code}"
    record(session, person, "question_answered", subject, at, question=row.id)


def unanswered(session: Session, person: Person) -> Sequence[MeasureQuestion]:
    """The questions to a person that wait for an answer, the oldest first."""
    query = (
        select(MeasureQuestion)
        .where(MeasureQuestion.asked_id == person.id, MeasureQuestion.answered_at.is_(None))
        .options(joinedload(MeasureQuestion.measure), joinedload(MeasureQuestion.asker))
        .order_by(MeasureQuestion.at, MeasureQuestion.id)
    )
    return session.scalars(query).all()


def pass_on(session: Session, measure: Measure, former: object) -> None:
    """Leaves what the former owner has not answered to the new one, where there is one."""
    if measure.owner is None or former is None:
        return
    waiting = update(MeasureQuestion).where(
        MeasureQuestion.measure_id == measure.id,
        MeasureQuestion.asked_id == former,
        MeasureQuestion.answered_at.is_(None),
    )
    session.execute(waiting.values(asked_id=measure.owner.id))
