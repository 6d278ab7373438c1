"""Meetings of the groups and the decisions taken there."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, enum_column
from models.groups import Group
from models.people.organisations import Organisation, Person
from models.places.place import District


class MeetingSeries(Base):
    """Meetings that were planned together; `rule` is an RRULE (RFC 5545)."""

    __tablename__ = "meeting_series"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("cooperation_group.id"), index=True)
    rule: Mapped[str] = mapped_column()


class Meeting(Base):
    """A meeting of a group; times are UTC.

    `revision` counts from 1 how often it was changed, as calendars want to know.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("group_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("cooperation_group.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime] = mapped_column()
    place: Mapped[str] = mapped_column(default="")
    agenda: Mapped[str] = mapped_column(default="")
    cancelled: Mapped[bool] = mapped_column(default=False)
    remark: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(server_default=text("1"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("meeting_series.id"), default=None)

    group: Mapped[Group] = relationship()
    decisions: Mapped[list[Decision]] = relationship(
        back_populates="meeting", order_by="Decision.number"
    )

    __mapper_args__ = {"version_id_col": revision}  # noqa: RUF012 - as SQLAlchemy reads it.


class MeetingEvent(StrEnum):
    """What was done to a meeting."""

    PLANNED = "planned"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"


class MeetingChange(Base):
    """Who did what to a meeting; append-only. Times stand in the facts as ISO texts in UTC."""

    __tablename__ = "meeting_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    at: Mapped[datetime] = mapped_column()
    event: Mapped[MeetingEvent] = mapped_column(enum_column(MeetingEvent))
    before: Mapped[dict[str, Any]] = mapped_column()
    after: Mapped[dict[str, Any]] = mapped_column()

    meeting: Mapped[Meeting] = relationship()
    person: Mapped[Person | None] = relationship()


decision_district = Table(
    "decision_district",
    Base.metadata,
    Column("decision_id", ForeignKey("decision.id"), primary_key=True),
    Column("district_id", ForeignKey("district.id"), primary_key=True),
)


class Decision(Base):
    """A decision at a meeting; append-only, numbered as § in the minutes."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    number: Mapped[int] = mapped_column()
    text: Mapped[str] = mapped_column()
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), default=None)
    registry_number: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")

    meeting: Mapped[Meeting] = relationship(back_populates="decisions")
    organisation: Mapped[Organisation | None] = relationship()
    affects: Mapped[list[District]] = relationship(secondary=decision_district)
