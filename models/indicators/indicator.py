"""Indicators and their observations, each with the number of answers behind it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    exists,
    select,
    text,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from models.base import Base, enum_column
from models.indicators.sources import DataSource
from models.places.place import District, Neighbourhood
from models.surveys.survey import Sensitivity


class Direction(StrEnum):
    """Which way is better; `context` is never coloured."""

    LOWER = "lower"
    HIGHER = "higher"
    CONTEXT = "context"


class Basis(StrEnum):
    """What a figure rests on, which decides what may be said about how sure it is.

    SAMPLE is a probability sample of residents. REGISTER counts everything that was recorded.
    MEMBERS are the answers of a group's own members or staff. PANEL has chosen itself.
    """

    SAMPLE = "sample"
    REGISTER = "register"
    MEMBERS = "members"
    PANEL = "panel"


class Indicator(Base):
    """Something followed over time, from one source.

    Indicators of one `theme` are shown side by side; only those of one `construct` measure the
    same thing. `persons` are counts of individuals, of which one to four are never shown.
    """

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
    basis: Mapped[Basis] = mapped_column(enum_column(Basis, checked=False), default=Basis.SAMPLE)
    sensitivity: Mapped[Sensitivity] = mapped_column(
        enum_column(Sensitivity, checked=False), default=Sensitivity.OPEN
    )
    theme: Mapped[str] = mapped_column(default="")
    construct: Mapped[str] = mapped_column(default="")
    persons: Mapped[bool] = mapped_column(default=False)
    data_source_id: Mapped[int | None] = mapped_column(ForeignKey("data_source.id"), default=None)

    data_source: Mapped[DataSource | None] = relationship()

    def name(self, language: str) -> str:
        """The indicator's name in a language."""
        return self.name_en if language == "en" else self.name_sv

    @property
    def is_share(self) -> bool:
        """Whether its values are percentages of somebody."""
        return self.unit == "%"


class Observation(Base):
    """One value of an indicator for a place and a period, or the reason why there is none.

    `value`, `low`, `high` and `margin` are in the indicator's unit; `low` and `high` bound the
    source's own 95 % interval, `margin` is half of one. `count` is how many of the `n` in a
    share, or a register's own count behind a rate. `population` is how many were asked. Neither
    district nor neighbourhood means the whole city. Append-only: a wrong one is corrected by a
    new one that points to it, with the reason and the time, and stays. Read what is `standing`.
    `recorded_at` is when it came in; of the oldest nobody has noted it.
    """

    __tablename__ = "observation"
    __table_args__ = (
        Index(
            "uq_observation_first",
            "indicator_id",
            "place",
            "period",
            unique=True,
            sqlite_where=text("corrects_id IS NULL"),
            postgresql_where=text("corrects_id IS NULL"),
        ),
        UniqueConstraint("corrects_id"),
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
    margin: Mapped[float | None] = mapped_column(default=None)
    count: Mapped[int | None] = mapped_column(default=None)
    source: Mapped[str] = mapped_column(default="")
    method: Mapped[str] = mapped_column(default="")
    series_break: Mapped[str] = mapped_column(default="")
    not_measured_reason: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("observation.id"), default=None)
    corrected_at: Mapped[datetime | None] = mapped_column(default=None)
    correction: Mapped[str] = mapped_column(default="", server_default="")
    recorded_at: Mapped[datetime | None] = mapped_column(default=None, index=True)

    indicator: Mapped[Indicator] = relationship()
    district: Mapped[District | None] = relationship()
    neighbourhood: Mapped[Neighbourhood | None] = relationship()
    corrects: Mapped[Observation | None] = relationship(remote_side=[id])


def standing() -> Select[Observation]:
    """The observations that hold: those that no other corrects."""
    newer = aliased(Observation)
    return select(Observation).where(~exists().where(newer.corrects_id == Observation.id))


class Target(Base):
    """What an indicator is to reach in a place by a period, and who has said so."""

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("indicator_id", "place", "period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), index=True)
    place: Mapped[str] = mapped_column(default="")
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"), default=None)
    neighbourhood_id: Mapped[int | None] = mapped_column(
        ForeignKey("neighbourhood.id"), default=None
    )
    period: Mapped[str] = mapped_column()
    value: Mapped[float] = mapped_column()
    decided_by: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")

    indicator: Mapped[Indicator] = relationship()
