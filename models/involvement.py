"""How far each district is involved in each priority area (involveringsgrad)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.agreements import kin_of_area
from models.base import Base, Dated, enum_column, held_on
from models.places import District


class Degree(StrEnum):
    """How far a district is involved in an area: leads, takes part, is informed, or not at all."""

    LEADS = "leads"
    TAKES_PART = "takes_part"
    INFORMED = "informed"
    NOT_CONCERNED = "not_concerned"


class Involvement(Dated, Base):
    """A district's involvement in a priority area for a time; `code` names the row for imports."""

    __tablename__ = "involvement"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column()
    district_id: Mapped[int] = mapped_column(ForeignKey("district.id"), index=True)
    area: Mapped[str] = mapped_column(index=True)
    degree: Mapped[Degree] = mapped_column(enum_column(Degree))
    remark: Mapped[str] = mapped_column(default="")

    district: Mapped[District] = relationship()


def degrees(session: Session, area: str, on: date) -> dict[int, Degree]:
    """The degree of each district that has one in an area on a day, by the district's id."""
    rows = session.scalars(
        select(Involvement)
        .where(Involvement.area.in_(kin_of_area(session, area)), held_on(Involvement, on))
        .order_by(Involvement.area == area, Involvement.valid_from, Involvement.id)
    )
    return {row.district_id: row.degree for row in rows}


ASKED = frozenset({Degree.LEADS, Degree.TAKES_PART})
"""Those who are asked for something; the informed are told only."""


def is_told(degree: Degree | None) -> bool:
    """Whether a district so involved gets an area's notices; one that nobody has placed does."""
    return degree is not Degree.NOT_CONCERNED


def is_asked(degree: Degree | None) -> bool:
    """Whether a district so involved gets an area's surveys; one that nobody has placed does."""
    return degree is None or degree in ASKED
