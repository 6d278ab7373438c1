"""Members who leave a group while a survey is open: who has not answered by then is not asked.

The member list is dated by the opening day. Whoever has left is not eligible any more (AAPOR), and
neither counts in N nor is reminded; an answer that was given by a member counts, and so does who
gave it.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.orm import Session

from models.base import held_on
from models.groups import Group, Seat
from models.people.organisations import Person
from models.seats.holders import believed
from models.surveys.survey import Invitation, Survey


def has_left(on: date) -> ColumnElement[bool]:
    """Invitations without an answer whose members sit in the group no more on a day."""
    seat = (
        select(Seat.id)
        .join(Seat.group)
        .where(
            believed(),
            Seat.person_id == Invitation.person_id,
            Group.code == Invitation.via_group,
        )
        .correlate(Invitation)
    )
    no_more = select(Person.id).where(Person.id == Invitation.person_id, Person.left_on <= on)
    # Who was asked without a seat, by an import, has none to leave.
    had_one = seat.where(Seat.valid_until <= on).exists()
    has_one = seat.where(held_on(Seat, on)).exists()
    return and_(
        Invitation.answered.is_(False),
        or_(no_more.correlate(Invitation).exists(), and_(had_one, not_(has_one))),
    )


def withdraw(session: Session, survey: Survey, on: date) -> int:
    """Takes away the invitations of those who have left; returns how many there were."""
    query = select(Invitation).where(Invitation.survey_id == survey.id, has_left(on))
    rows = session.scalars(query).all()
    for row in rows:
        session.delete(row)
    session.flush()
    return len(rows)
