"""Requests for a seat on demand: both parties' chairs approve before it exists (rule R6)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, enum_column
from models.groups import Group, Seat
from models.organisations import Organisation, Party, Person


class RequestState(StrEnum):
    """Where a request for a seat stands.

    WAITING for one or both parties' chairs. APPROVED by both: the seat exists. DECLINED by one.
    WITHDRAWN by whoever asked. LAPSED: its last day came before both had answered.
    """

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class SeatRequest(Base):
    """A wish that an organisation joins a group when needed, until an end date."""

    __tablename__ = "seat_request"
    __table_args__ = (CheckConstraint("valid_until > valid_from", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("cooperation_group.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    reason: Mapped[str] = mapped_column()
    valid_from: Mapped[date] = mapped_column()
    valid_until: Mapped[date] = mapped_column()
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column()
    state: Mapped[RequestState] = mapped_column(
        enum_column(RequestState), default=RequestState.WAITING
    )
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"), default=None)

    group: Mapped[Group] = relationship()
    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    seat: Mapped[Seat | None] = relationship()
    verdicts: Mapped[list[SeatVerdict]] = relationship(order_by="SeatVerdict.id")


class SeatVerdict(Base):
    """One party's word on a request: a chair's yes or no; append-only, one for each party."""

    __tablename__ = "seat_verdict"
    __table_args__ = (UniqueConstraint("request_id", "party"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("seat_request.id"), index=True)
    party: Mapped[Party] = mapped_column(enum_column(Party))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    approves: Mapped[bool] = mapped_column()
    comment: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column()

    person: Mapped[Person] = relationship()
