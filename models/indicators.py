"""Indicators and their observations, each with the number of answers behind it."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, enum_column
from models.places import District, Neighbourhood


class Direction(StrEnum):
    """Which way is better; `context` is never coloured."""

    LOWER = "lower"
    HIGHER = "higher"
    CONTEXT = "context"


class Indicator(Base):
    """Something followed over time, from one source."""

    __tablename__ = "indicator"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name_sv: Mapped[str] = mapped_column()
    name_en: Mapped[str] = mapped_column()
    unit: Mapped[str] = mapped_column()
    direction: Mapped[Direction] = mapped_column(enum_column(Direction))
    area: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column()
    periodicity: Mapped[str] = mapped_column(default="")
    aliases: Mapped[list[str]] = mapped_column(default=list)
    remark: Mapped[str] = mapped_column(default="")

    def name(self, language: str) -> str:
        """The indicator's name in a language."""
        return self.name_en if language == "en" else self.name_sv


class Observation(Base):
    """One value of an indicator for a place and a period, or the reason why there is none.

    `value`, `low` and `high` are in the indicator's unit; `low` and `high` bound the source's own
    95 % interval. Neither district nor neighbourhood means the whole city.
    """

    __tablename__ = "observation"
    __table_args__ = (
        UniqueConstraint("indicator_id", "place", "period"),
        CheckConstraint(
            "value IS NOT NULL OR not_measured_reason <> ''", name="a_gap_gives_its_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    place: Mapped[str] = mapped_column(default="")
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"), default=None)
    neighbourhood_id: Mapped[int | None] = mapped_column(
        ForeignKey("neighbourhood.id"), default=None
    )
    period: Mapped[str] = mapped_column()
    value: Mapped[float | None] = mapped_column(default=None)
    n: Mapped[int | None] = mapped_column(default=None)
    population: Mapped[int | None] = mapped_column(default=None)
    low: Mapped[float | None] = mapped_column(default=None)
    high: Mapped[float | None] = mapped_column(default=None)
    series_break: Mapped[str] = mapped_column(default="")
    not_measured_reason: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")

    indicator: Mapped[Indicator] = relationship()
    district: Mapped[District | None] = relationship()
    neighbourhood: Mapped[Neighbourhood | None] = relationship()
