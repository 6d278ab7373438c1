"""The chain from problem to measure: problem, cause, direction, goal (domain 1.2, R3, R11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from sqlalchemy import Column, ColumnElement, ForeignKey, Select, Table, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship, selectinload

from models.base import Base, enum_column
from models.groups import Group
from models.measures.measure import Measure


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
    causes: Mapped[list[Cause]] = relationship(back_populates="problem", order_by="Cause.code")


class Cause(Base):
    """A cause of a problem, from the root cause analysis."""

    __tablename__ = "cause"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), index=True)
    leg: Mapped[Leg] = mapped_column(enum_column(Leg))
    title: Mapped[str] = mapped_column()
    remark: Mapped[str] = mapped_column(default="")

    problem: Mapped[Problem] = relationship(back_populates="causes")
    directions: Mapped[list[Direction]] = relationship(
        back_populates="cause", order_by="Direction.code"
    )
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

    cause: Mapped[Cause] = relationship(back_populates="directions")
    goals: Mapped[list[Goal]] = relationship(back_populates="direction", order_by="Goal.code")


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


class GoalFact(StrEnum):
    """What a goal needs to be followed up (rule R11)."""

    BASELINE = "baseline"
    TARGET = "target"
    DUE = "due"
    INDICATOR = "indicator"


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

    direction: Mapped[Direction] = relationship(back_populates="goals")
    measures: Mapped[list[Measure]] = relationship(
        secondary=goal_measure, back_populates="goals", order_by="Measure.code"
    )

    @property
    def missing(self) -> tuple[GoalFact, ...]:
        """What rule R11 asks for and the goal does not say."""
        said = (self.baseline, self.target, self.due_on, self.indicator or None)
        return tuple(fact for fact, value in zip(GoalFact, said, strict=True) if value is None)

    @property
    def is_complete(self) -> bool:
        """Whether it has all that rule R11 asks for."""
        return not self.missing


def without_cause() -> ColumnElement[bool]:
    """The measures with no cause: none linked, none by way of a goal, and none in words."""
    linked = Measure.id.in_(select(cause_measure.c.measure_id))
    by_goal = Measure.id.in_(select(goal_measure.c.measure_id))
    return (Measure.cause == "") & ~linked & ~by_goal


def without_goal() -> ColumnElement[bool]:
    """The measures with no goal, neither linked nor in words."""
    return (Measure.goal == "") & ~Measure.id.in_(select(goal_measure.c.measure_id))


def has_cause(measure: Measure) -> bool:
    """Whether a measure says against what it is done, in any of the ways."""
    return bool(measure.cause or measure.causes or measure.goals)


def with_chain() -> Select[Measure]:
    """Measures together with all that they are for, up to the problem and its group."""
    upward = joinedload(Direction.cause).joinedload(Cause.problem).joinedload(Problem.group)
    return select(Measure).options(
        joinedload(Measure.group),
        selectinload(Measure.goals).joinedload(Goal.direction).options(upward),
        selectinload(Measure.causes).joinedload(Cause.problem).joinedload(Problem.group),
    )


def problems(session: Session, *conditions: ColumnElement[bool]) -> list[Problem]:
    """Problems with all that hangs on them, the highest rank first, those without one last."""
    directions = selectinload(Problem.causes).selectinload(Cause.directions)
    query = (
        select(Problem)
        .where(*conditions)
        .options(
            joinedload(Problem.group).joinedload(Group.district),
            selectinload(Problem.causes).selectinload(Cause.measures),
            directions.selectinload(Direction.goals).selectinload(Goal.measures),
        )
    )
    return sorted(session.scalars(query), key=_by_rank)


def _by_rank(problem: Problem) -> tuple[bool, str, bool, int, str]:
    """The central groups first, then district by district, each in the order of its ranks."""
    home = problem.group.district.name if problem.group.district else ""
    return (bool(home), home, problem.rank is None, problem.rank or 0, problem.code)


def measures_under(problems: Iterable[Problem]) -> list[Measure]:
    """All measures that hang on the problems, by a goal or a cause, each once."""
    causes = [cause for problem in problems for cause in problem.causes]
    goals = [goal for cause in causes for each in cause.directions for goal in each.goals]
    linked = [measure for goal in goals for measure in goal.measures]
    linked += [measure for cause in causes for measure in cause.measures]
    return list({measure.id: measure for measure in linked}.values())
