"""Districts, neighbourhoods and police areas, each with the days on which it was so."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Dated, enum_column


class District(Dated, Base):
    """A city district (stadsdelsområde); a merged one points at its successor."""

    __tablename__ = "district"
    __table_args__ = (CheckConstraint("valid_until > valid_from", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    aliases: Mapped[list[str]] = mapped_column(default=list)
    external_code: Mapped[str | None] = mapped_column(default=None)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"), default=None)
    remark: Mapped[str] = mapped_column(default="")

    successor: Mapped[District | None] = relationship(remote_side=[id])


class Neighbourhood(Base):
    """A neighbourhood (stadsdel): a named part of a district."""

    __tablename__ = "neighbourhood"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    aliases: Mapped[list[str]] = mapped_column(default=list)
    remark: Mapped[str] = mapped_column(default="")

    belongings: Mapped[list[Belonging]] = relationship(back_populates="neighbourhood")


class Belonging(Dated, Base):
    """Which district a neighbourhood belongs to, and when."""

    __tablename__ = "belonging"
    __table_args__ = (
        UniqueConstraint("neighbourhood_id", "district_id", "valid_from"),
        CheckConstraint("valid_until > valid_from", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    neighbourhood_id: Mapped[int] = mapped_column(ForeignKey("neighbourhood.id"), index=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)

    neighbourhood: Mapped[Neighbourhood] = relationship(back_populates="belongings")
    district: Mapped[District] = relationship()


class PoliceAreaKind(StrEnum):
    """The three tiers of the police's geography."""

    POLICE_REGION = "police_region"
    POLICE_AREA = "police_area"
    LOCAL_POLICE_AREA = "local_police_area"


class PoliceArea(Dated, Base):
    """A police region, police area or local police area (LPO); redrawn ones have successors."""

    __tablename__ = "police_area"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column()
    kind: Mapped[PoliceAreaKind] = mapped_column(enum_column(PoliceAreaKind))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("police_area.id"), default=None)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("police_area.id"), default=None)
    aliases: Mapped[list[str]] = mapped_column(default=list)
    remark: Mapped[str] = mapped_column(default="")


class PoliceCoverage(Dated, Base):
    """Which local police area answers for a district, or for one neighbourhood in it.

    A row with a neighbourhood goes before the row of its whole district.
    """

    __tablename__ = "police_coverage"
    __table_args__ = (
        UniqueConstraint("police_area_id", "district_id", "neighbourhood_id", "valid_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    police_area_id: Mapped[int] = mapped_column(ForeignKey("police_area.id"), index=True)
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)
    neighbourhood_id: Mapped[int | None] = mapped_column(
        ForeignKey("neighbourhood.id"), default=None
    )
    remark: Mapped[str] = mapped_column(default="")

    police_area: Mapped[PoliceArea] = relationship()
    district: Mapped[District] = relationship()
    neighbourhood: Mapped[Neighbourhood | None] = relationship()
