"""Cooperation agreements and the priority areas that their annexes point out."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Column, ForeignKey, Table, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Dated, enum_column
from models.places.place import District, PoliceArea


class Level(StrEnum):
    """The two levels of the cooperation."""

    CENTRAL = "central"
    LOCAL = "local"


class AgreementStatus(StrEnum):
    """Where an agreement stands, from draft to ended."""

    DRAFT = "draft"
    ON_CONSULTATION = "on_consultation"
    DECIDED = "decided"
    IN_FORCE = "in_force"
    UNDER_REVISION = "under_revision"
    ENDED = "ended"


agreement_district = Table(
    "agreement_district",
    Base.metadata,
    Column("agreement_id", ForeignKey("agreement.id"), primary_key=True),
    Column("district_id", ForeignKey("district.id"), primary_key=True),
)
agreement_police_area = Table(
    "agreement_police_area",
    Base.metadata,
    Column("agreement_id", ForeignKey("agreement.id"), primary_key=True),
    Column("police_area_id", ForeignKey("police_area.id"), primary_key=True),
)


class Agreement(Dated, Base):
    """A cooperation agreement, central or local (samverkansöverenskommelse)."""

    __tablename__ = "agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column()
    level: Mapped[Level] = mapped_column(enum_column(Level))
    status: Mapped[AgreementStatus] = mapped_column(enum_column(AgreementStatus))
    signed_on: Mapped[date | None] = mapped_column(default=None)
    next_revision_on: Mapped[date | None] = mapped_column(default=None)
    registry_number: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")

    districts: Mapped[list[District]] = relationship(secondary=agreement_district)
    police_areas: Mapped[list[PoliceArea]] = relationship(secondary=agreement_police_area)


class PriorityArea(Dated, Base):
    """A priority area in one version of the central agreement's annex."""

    __tablename__ = "priority_area"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column()
    version: Mapped[str] = mapped_column()
    name_sv: Mapped[str] = mapped_column()
    name_en: Mapped[str] = mapped_column()
    successor: Mapped[str] = mapped_column(default="")
    aliases: Mapped[list[str]] = mapped_column(default=list)
    remark: Mapped[str] = mapped_column(default="")

    def name(self, language: str) -> str:
        """The area's name in a language."""
        return self.name_en if language == "en" else self.name_sv


def kin_of_area(session: Session, area: str) -> set[str]:
    """The codes of an area, of what it became, and of what it was before the last revision."""
    rows = session.scalars(
        select(PriorityArea).where((PriorityArea.code == area) | (PriorityArea.successor == area))
    ).all()
    return {area, *(row.code for row in rows), *(row.successor for row in rows if row.successor)}
