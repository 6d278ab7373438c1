"""Both parties' approval of directions, goals and measures, version by version (rule R3)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, enum_column
from models.organisations import Party, Person


class Approvable(StrEnum):
    """What both parties approve before it holds (rule R3)."""

    DIRECTION = "direction"
    GOAL = "goal"
    MEASURE = "measure"


class Version(Base):
    """One wording of a direction, goal or measure; a changed wording is a new version.

    `subject` is the thing's code; `wording` what is approved, word for word.
    """

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("kind", "subject", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Approvable] = mapped_column(enum_column(Approvable))
    subject: Mapped[str] = mapped_column(index=True)
    number: Mapped[int] = mapped_column()
    wording: Mapped[str] = mapped_column()
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    at: Mapped[datetime] = mapped_column()

    by: Mapped[Person | None] = relationship()
    approvals: Mapped[list[Approval]] = relationship(
        back_populates="version", order_by="Approval.id"
    )


class Approval(Base):
    """One party's approval of a version; append-only, one for each party."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("version_id", "party"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    party: Mapped[Party] = mapped_column(enum_column(Party))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column()

    version: Mapped[Version] = relationship(back_populates="approvals")
    person: Mapped[Person] = relationship()


class ChangeProposal(Base):
    """A change that one party proposes instead of approving a version."""

    __tablename__ = "change_proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column()
    at: Mapped[datetime] = mapped_column()

    version: Mapped[Version] = relationship()
    person: Mapped[Person] = relationship()
