"""The chain from problem to measure: problem, cause, direction, goal (domain 1.2, R3, R11)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, enum_column
from models.groups import Group
from models.measures import Measure


class Leg(StrEnum):
    """The leg of the problem triangle that a cause belongs to."""

    OFFENDER = "offender"
    TARGET = "target"
    PLACE = "place"


class Problem(Base):
    """A problem that the joint situation report names and the steering group ranks."""

    __tablename__ = "problem"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("cooperation_group.id"), index=True)
    area: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column()
    rank: Mapped[int | None] = mapped_column(default=None)
    source: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")

    group: Mapped[Group] = relationship()


class Cause(Base):
    """A cause of a problem, from the root cause analysis."""

    __tablename__ = "cause"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), index=True)
    leg: Mapped[Leg] = mapped_column(enum_column(Leg))
    title: Mapped[str] = mapped_column()
    remark: Mapped[str] = mapped_column(default="")

    problem: Mapped[Problem] = relationship()
    measures: Mapped[list[Measure]] = relationship(
        secondary="cause_measure", back_populates="causes", order_by="Measure.code"
    )


class Direction(Base):
    """The direction (inriktning) that the parties agree on against a cause."""

    __tablename__ = "direction"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    cause_id: Mapped[int] = mapped_column(ForeignKey("cause.id"), index=True)
    title: Mapped[str] = mapped_column()
    remark: Mapped[str] = mapped_column(default="")

    cause: Mapped[Cause] = relationship()


goal_measure = Table(
    "goal_measure",
    Base.metadata,
    Column("goal_id", ForeignKey("goal.id"), primary_key=True),
    Column("measure_id", ForeignKey("measure.id"), primary_key=True, index=True),
)
cause_measure = Table(
    "cause_measure",
    Base.metadata,
    Column("cause_id", ForeignKey("cause.id"), primary_key=True),
    Column("measure_id", ForeignKey("measure.id"), primary_key=True, index=True),
)


class Goal(Base):
    """A goal: from a baseline to a target by a day, followed by an indicator.

    Without all four it is incomplete, which is flagged and not refused (rule R11). `baseline` and
    `target` are in `unit`.
    """

    __tablename__ = "goal"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    direction_id: Mapped[int] = mapped_column(ForeignKey("direction.id"), index=True)
    title: Mapped[str] = mapped_column()
    baseline: Mapped[float | None] = mapped_column(default=None)
    target: Mapped[float | None] = mapped_column(default=None)
    unit: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None] = mapped_column(default=None)
    indicator: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")

    direction: Mapped[Direction] = relationship()
    measures: Mapped[list[Measure]] = relationship(
        secondary=goal_measure, back_populates="goals", order_by="Measure.code"
    )

    @property
    def is_complete(self) -> bool:
        """Whether it has all that rule R11 asks for."""
        facts = (self.baseline, self.target, self.due_on)
        return None not in facts and bool(self.indicator)
