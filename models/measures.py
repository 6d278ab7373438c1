"""Measures and the progress reported on them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, enum_column
from models.groups import Group
from models.organisations import Organisation, Party, Person

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

    @property
    def is_closed(self) -> bool:
        """Whether nothing more is expected."""
        return self in (MeasureStatus.DONE, MeasureStatus.CANCELLED)


class Category(StrEnum):
    """The city's three kinds of safety work."""

    PREVENTION = "prevention"
    SOCIAL = "social"
    ENVIRONMENT = "environment"


class Measure(Base):
    """A measure (åtgärd): what is done, by whom, by when, against which cause.

    `last_asked_at` and `snoozed_until` are the clocks of the check-in; what was last reported
    stands in the reports alone.
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
    remark: Mapped[str] = mapped_column(default="")

    group: Mapped[Group] = relationship()
    organisation: Mapped[Organisation] = relationship()
    owner: Mapped[Person | None] = relationship()
    reports: Mapped[list[ProgressReport]] = relationship(
        back_populates="measure", order_by="(ProgressReport.at, ProgressReport.id)"
    )


class ProgressReport(Base):
    """One report on a measure; append-only: an undo is a new row that points at the old."""

    __tablename__ = "progress_report"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent_in_range"),
        UniqueConstraint("undoes_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[MeasureStatus] = mapped_column(enum_column(MeasureStatus))
    percent: Mapped[int | None] = mapped_column(default=None)
    comment: Mapped[str] = mapped_column(default="")
    obstacle: Mapped[str] = mapped_column(default="")
    help_wanted: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(default="")
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("progress_report.id"), default=None)

    measure: Mapped[Measure] = relationship(back_populates="reports")
    reporter: Mapped[Person | None] = relationship()
