"""Action points (åtgärdspunkter): who does what by when, until it is done.

What is done to a point is append-only: each step holds all that it says from then on.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, enum_column
from models.measures.measure import Measure
from models.meetings.meeting import Decision, Meeting
from models.people.organisations import Person

TEXT_LENGTH = 150
"""As long as a measure's title, which a point may become."""


class PointEvent(StrEnum):
    """What is done to a point: DROPPED means that it is not to be done after all."""

    WRITTEN = "written"
    CHANGED = "changed"
    DONE = "done"
    REOPENED = "reopened"
    DROPPED = "dropped"

    @property
    def closes(self) -> bool:
        """Whether nothing more is expected after it."""
        return self in (PointEvent.DONE, PointEvent.DROPPED)


class ActionPoint(Base):
    """Something that a meeting gave somebody to do; `measure_id` is what it became, if anything.

    `asked_at` and `times_asked` say how its owner has been asked about it since its last step.
    """

    __tablename__ = "action_point"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), default=None)
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), default=None)
    restricted: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(index=True)
    asked_at: Mapped[datetime | None] = mapped_column(default=None)
    times_asked: Mapped[int] = mapped_column(default=0, server_default="0")

    meeting: Mapped[Meeting] = relationship()
    decision: Mapped[Decision | None] = relationship()
    measure: Mapped[Measure | None] = relationship()
    steps: Mapped[list[ActionPointStep]] = relationship(
        back_populates="point", order_by="ActionPointStep.id"
    )


class ActionPointStep(Base):
    """One step of a point, and what the point says from then on; append-only.

    `reason` is why its owner needed more time, where the step gave it another last day.
    `source` is the platform through which it was said.
    """

    __tablename__ = "action_point_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("action_point.id"), index=True)
    event: Mapped[PointEvent] = mapped_column(enum_column(PointEvent))
    text: Mapped[str] = mapped_column()
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date] = mapped_column()
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    at: Mapped[datetime] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(default="", server_default="")
    source: Mapped[str] = mapped_column(default="", server_default="")

    point: Mapped[ActionPoint] = relationship(back_populates="steps")
    owner: Mapped[Person] = relationship(foreign_keys=[owner_id])
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
