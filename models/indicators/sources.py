"""Where figures come from: the catalogue of sources and outputs, and the queue of proposals."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from models.audit import record
from models.base import Base, enum_column
from models.people.organisations import Person

NAME_LENGTH = 120
REASON_LENGTH = 500


class SourceKind(StrEnum):
    """Whether figures come in from it, or go out in a new way."""

    SOURCE = "source"
    OUTPUT = "output"


class SourceStatus(StrEnum):
    """How far a source or output has come.

    PROPOSED waits for somebody to look at it. INVESTIGATED is looked at. IN_USE gives figures.
    REJECTED will not come, and says why; it can be taken up again.
    """

    PROPOSED = "proposed"
    INVESTIGATED = "investigated"
    IN_USE = "in_use"
    REJECTED = "rejected"

    @property
    def needs_reason(self) -> bool:
        """Whether whoever sets it must say why."""
        return self is SourceStatus.REJECTED


class DataSource(Base):
    """One source or output: whose it is, whom it covers, how often, how many, and its limits."""

    __tablename__ = "data_source"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column()
    name_en: Mapped[str] = mapped_column(default="")
    kind: Mapped[SourceKind] = mapped_column(enum_column(SourceKind), default=SourceKind.SOURCE)
    owner: Mapped[str] = mapped_column(default="")
    population: Mapped[str] = mapped_column(default="")
    periodicity: Mapped[str] = mapped_column(default="")
    period: Mapped[str] = mapped_column(default="")
    answers: Mapped[str] = mapped_column(default="")
    method: Mapped[str] = mapped_column(default="")
    limits: Mapped[str] = mapped_column(default="")
    status: Mapped[SourceStatus] = mapped_column(enum_column(SourceStatus))
    reason: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    proposed_at: Mapped[datetime | None] = mapped_column(default=None)

    proposed_by: Mapped[Person | None] = relationship()

    def called(self, language: str) -> str:
        """Its name in a language; a proposal has the one it was given."""
        return self.name_en if language == "en" and self.name_en else self.name


class SourceStep(Base):
    """One step of a source's way: what it became, by whom, when and why; never changed."""

    __tablename__ = "source_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("data_source.id"), index=True)
    status: Mapped[SourceStatus] = mapped_column(enum_column(SourceStatus))
    reason: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    at: Mapped[datetime] = mapped_column()

    person: Mapped[Person | None] = relationship()


class SameStatus(Exception):
    """The source has that status already."""


def propose(
    session: Session, person: Person, proposal: dict[str, str], kind: SourceKind, at: datetime
) -> DataSource:
    """Puts a proposal in the queue: `proposal` has its name and perhaps owner, limits, remark."""
    row = DataSource(
        code=_next_code(session),
        kind=kind,
        status=SourceStatus.PROPOSED,
        proposed_by_id=person.id,
        proposed_at=at,
        **proposal,
    )
    session.add(row)
    session.flush()
    _step(session, row, person, at)
    record(session, person, "source_proposed", f"source:{row.code}", at)
    return row


def _next_code(session: Session) -> str:
    """`D-001` and on; numbers are never used twice, since nothing is ever removed."""
    codes = session.scalars(select(DataSource.code).where(DataSource.code.startswith("D-")))
    numbers = [int(code[2:]) for code in codes if code[2:].isdigit()]
    return f"D-{max(numbers, default=0) + 1:03d}"


def decide(
    session: Session,
    row: DataSource,
    step: tuple[SourceStatus, str],
    person: Person,
    at: datetime,
) -> SourceStep:
    """Takes a source a step further, with the reason why; raises SameStatus where it is there."""
    status, reason = step
    session.execute(select(DataSource.id).where(DataSource.id == row.id).with_for_update())
    session.refresh(row)
    if row.status is status and row.reason == reason:
        raise SameStatus
    row.status, row.reason = status, reason
    made = _step(session, row, person, at)
    record(session, person, "source_decided", f"source:{row.code}", at, status=status.value)
    return made


def _step(session: Session, row: DataSource, person: Person | None, at: datetime) -> SourceStep:
    made = SourceStep(
        source_id=row.id,
        status=row.status,
        reason=row.reason,
        person_id=person.id if person else None,
        at=at,
    )
    session.add(made)
    session.flush()
    return made


def steps_of(session: Session, row: DataSource) -> list[SourceStep]:
    """The way that a source has gone, the first step first."""
    query = (
        select(SourceStep)
        .where(SourceStep.source_id == row.id)
        .options(joinedload(SourceStep.person))
        .order_by(SourceStep.at, SourceStep.id)
    )
    return list(session.scalars(query))


def sources(session: Session, status: SourceStatus | None = None) -> list[DataSource]:
    """All sources and outputs, or those of a status, by name."""
    query = select(DataSource).options(joinedload(DataSource.proposed_by))
    if status is not None:
        query = query.where(DataSource.status == status)
    return sorted(session.scalars(query), key=lambda row: (row.name.casefold(), row.code))
