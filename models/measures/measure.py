"""Measures and the progress reported on them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.asked import Asked
from models.base import Base, enum_column
from models.groups import Group
from models.people.organisations import Organisation, Party, Person

if TYPE_CHECKING:
    from models.chain.links import Cause, Goal

COMMENT_LENGTH = 1000
"""The longest comment or obstacle, in characters."""


class MeasureStatus(StrEnum):
    """What a report may say of a measure."""

    NOT_STARTED = "not_started"
    ONGOING = "ongoing"
    AT_RISK = "at_risk"
    DELAYED = "delayed"
    DONE = "done"
    CANCELLED = "cancelled"

    @cached_property
    def is_closed(self) -> bool:
        """Whether nothing more is expected."""
        return self in (MeasureStatus.DONE, MeasureStatus.CANCELLED)


class Category(StrEnum):
    """The city's three kinds of safety work."""

    PREVENTION = "prevention"
    SOCIAL = "social"
    ENVIRONMENT = "environment"


class Horizon(StrEnum):
    """Whether a measure is meant to work soon or in the long run."""

    SHORT = "short"
    LONG = "long"


measure_contributor = Table(
    "measure_contributor",
    Base.metadata,
    Column("measure_id", ForeignKey("measure.id"), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True),
)


class Measure(Base):
    """A measure (åtgärd): what is done, by whom, by when, against which cause.

    `last_asked_at` and `snoozed_until` are clocks of the check-in; the third, what was last
    reported, stands in the reports alone. `promised` makes it a citizen promise (medborgarlöfte):
    so many times, of what `promise_unit` says, between the start and the due day. `funding_kr` is
    in whole Swedish crowns for the whole measure.
    """

    __tablename__ = "measure"
    __table_args__ = (CheckConstraint("due_on >= start_on", name="due_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str] = mapped_column()
    group_id: Mapped[int] = mapped_column(ForeignKey("cooperation_group.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    party: Mapped[Party] = mapped_column(enum_column(Party))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None, index=True)
    area: Mapped[str] = mapped_column(default="")
    category: Mapped[Category] = mapped_column(enum_column(Category))
    instrument: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    start_on: Mapped[date] = mapped_column()
    due_on: Mapped[date | None] = mapped_column(default=None, index=True)
    cadence_days: Mapped[int] = mapped_column(default=30)
    goal: Mapped[str] = mapped_column(default="")
    cause: Mapped[str] = mapped_column(default="")
    problem: Mapped[str] = mapped_column(default="")
    last_asked_at: Mapped[datetime | None] = mapped_column(default=None)
    snoozed_until: Mapped[date | None] = mapped_column(default=None)
    horizon: Mapped[Horizon] = mapped_column(
        enum_column(Horizon, checked=False), default=Horizon.SHORT, server_default="short"
    )
    funding_source: Mapped[str] = mapped_column(default="", server_default="")
    funding_kr: Mapped[int | None] = mapped_column(default=None)
    promised: Mapped[int | None] = mapped_column(default=None)
    promise_unit: Mapped[str] = mapped_column(default="", server_default="")
    remark: Mapped[str] = mapped_column(default="")

    group: Mapped[Group] = relationship()
    goals: Mapped[list[Goal]] = relationship(
        secondary="goal_measure", back_populates="measures", order_by="Goal.code"
    )
    causes: Mapped[list[Cause]] = relationship(
        secondary="cause_measure", back_populates="measures", order_by="Cause.code"
    )
    contributors: Mapped[list[Organisation]] = relationship(secondary=measure_contributor)
    organisation: Mapped[Organisation] = relationship()
    owner: Mapped[Person | None] = relationship()
    reports: Mapped[list[ProgressReport]] = relationship(
        back_populates="measure", order_by="(ProgressReport.at, ProgressReport.id)"
    )


class ProgressReport(Base):
    """One report on a measure; append-only: an undo is a new row that points at the old.

    `on_behalf_of` was the owner when somebody else reported. `times_done` counts, in all so far,
    what a citizen promise promises. `needed` says who is needed against what hinders: a role in
    the group or an organisation, as `models.measures.needed` writes it, or `needed_person` says
    who.
    """

    __tablename__ = "progress_report"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_in_range"),
        UniqueConstraint("undoes_id"),
        Index("ix_progress_report_of_measure", "measure_id", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"))
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[MeasureStatus] = mapped_column(enum_column(MeasureStatus))
    percent: Mapped[int | None] = mapped_column(default=None)
    comment: Mapped[str] = mapped_column(default="")
    obstacle: Mapped[str] = mapped_column(default="")
    help_wanted: Mapped[bool] = mapped_column(default=False)
    next_step: Mapped[str] = mapped_column(default="", server_default="")
    times_done: Mapped[int | None] = mapped_column(default=None)
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    needed: Mapped[str] = mapped_column(default="", server_default="")
    needed_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    source: Mapped[str] = mapped_column(default="")
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("progress_report.id"), default=None)

    measure: Mapped[Measure] = relationship(back_populates="reports")
    reporter: Mapped[Person | None] = relationship(foreign_keys=[reporter_id])
    on_behalf_of: Mapped[Person | None] = relationship(foreign_keys=[on_behalf_of_id])
    needed_person: Mapped[Person | None] = relationship(foreign_keys=[needed_person_id])


class MeasureEvent(StrEnum):
    """What was done with a measure itself, beside the reports on it."""

    CREATED = "created"
    CHANGED = "changed"
    MOVED = "moved"


class MeasureChange(Base):
    """A change of a measure's own facts; append-only. `fields` maps each to [before, after].

    `source` is the platform, `import` or `handover`. An undo is a change that points at another.
    """

    __tablename__ = "measure_change"
    __table_args__ = (UniqueConstraint("undoes_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    at: Mapped[datetime] = mapped_column(index=True)
    event: Mapped[MeasureEvent] = mapped_column(enum_column(MeasureEvent))
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    source: Mapped[str] = mapped_column(default="")
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("measure_change.id"), default=None)

    measure: Mapped[Measure] = relationship()
    person: Mapped[Person | None] = relationship()


class Follow(Base):
    """A member who wants to hear of each report on a measure."""

    __tablename__ = "follow"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    since: Mapped[datetime] = mapped_column()

    measure: Mapped[Measure] = relationship()
    person: Mapped[Person] = relationship()


class MeasureQuestion(Asked, Base):
    """A question about a measure, to its owner, and the answer that comes back."""

    __tablename__ = "measure_question"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)

    measure: Mapped[Measure] = relationship()


class PromptState(StrEnum):
    """Where a check-in's question to an owner stands.

    OPEN waits for a report. ANSWERED got one. SNOOZED was put off. PASSED_ON was handed to a
    colleague. SILENT got none after its one reminder: the group's coordinator sees it, and nobody
    is asked again for it before something is reported or the measure changes hands.
    """

    OPEN = "open"
    ANSWERED = "answered"
    SNOOZED = "snoozed"
    PASSED_ON = "passed_on"
    SILENT = "silent"


class Prompt(Base):
    """One asking of one person about one measure, and its one reminder."""

    __tablename__ = "prompt"

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None] = mapped_column(default=None)
    state: Mapped[PromptState] = mapped_column(enum_column(PromptState), default=PromptState.OPEN)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)

    measure: Mapped[Measure] = relationship()
    person: Mapped[Person] = relationship()
