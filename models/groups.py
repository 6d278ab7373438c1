"""Cooperation groups and the seats in them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from models.agreements import Agreement, Level
from models.base import Base, Dated, enum_column
from models.people.organisations import Organisation, Person
from models.places.place import District


class GroupKind(StrEnum):
    """What a group does: steers, prepares, or works."""

    STEERING = "steering"
    PREPARATORY = "preparatory"
    WORKING = "working"


class Group(Dated, Base):
    """A steering, preparatory or working group, central or of one district.

    `notice_weeks` says how long before a mandate ends its secretary is told, `digest_days` how
    many working days before a meeting its members read what awaits it, one to three.
    """

    __tablename__ = "cooperation_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column()
    kind: Mapped[GroupKind] = mapped_column(enum_column(GroupKind))
    level: Mapped[Level] = mapped_column(enum_column(Level))
    district_id: Mapped[int | None] = mapped_column(
        ForeignKey("district.id"), default=None, index=True
    )
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("agreement.id"), default=None)
    area: Mapped[str] = mapped_column(default="")
    notice_weeks: Mapped[int] = mapped_column(default=6, server_default="6")
    digest_days: Mapped[int] = mapped_column(default=2, server_default="2")
    zone: Mapped[str] = mapped_column(default="Europe/Stockholm")
    language: Mapped[str] = mapped_column(default="sv")
    remark: Mapped[str] = mapped_column(default="")

    district: Mapped[District | None] = relationship()
    agreement: Mapped[Agreement | None] = relationship()


class SeatRole(StrEnum):
    """What the holder of a seat is in the group."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"
    DEPUTY = "deputy"
    CO_OPTED = "co_opted"


class SeatBasis(StrEnum):
    """Whether a seat is ordinary or held on demand, for a reason and a time (rule R6)."""

    ORDINARY = "ordinary"
    ON_DEMAND = "on_demand"


seat_district = Table(
    "seat_district",
    Base.metadata,
    Column("seat_id", ForeignKey("seat.id"), primary_key=True),
    Column("district_id", ForeignKey("district.id"), primary_key=True),
)


class Seat(Dated, Base):
    """A mandate: a seat in a group for a time, held by a person or vacant.

    `code` names the row for imports. Rows with the same `position` are one seat after another,
    also when its holders change; a row that says nothing else is a position of its own.
    `recorded_at` and `superseded_at` say when the row was believed, so that what old minutes
    knew stays findable. `stands_in` marks a deputy named for a time in which the holder is away.
    """

    __tablename__ = "seat"
    __table_args__ = (
        UniqueConstraint("code"),
        Index("ix_seat_organisation_id_code", "organisation_id", "code"),
        CheckConstraint("valid_until > valid_from", name="ends_after_start"),
        CheckConstraint(
            "basis <> 'on_demand' OR (reason <> '' AND approved_by <> ''"
            " AND valid_until IS NOT NULL)",
            name="on_demand_says_why_and_how_long",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column()
    position: Mapped[str] = mapped_column(default="", server_default="", index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("cooperation_group.id"), index=True)
    role: Mapped[SeatRole] = mapped_column(enum_column(SeatRole))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None, index=True)
    deputy_for_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"), default=None)
    basis: Mapped[SeatBasis] = mapped_column(enum_column(SeatBasis), default=SeatBasis.ORDINARY)
    stands_in: Mapped[bool] = mapped_column(default=False, server_default=false())
    reason: Mapped[str] = mapped_column(default="")
    approved_by: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime] = mapped_column()
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)
    remark: Mapped[str] = mapped_column(default="")

    group: Mapped[Group] = relationship()
    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person | None] = relationship()
    represents: Mapped[list[District]] = relationship(secondary=seat_district)
    deputy_for: Mapped[Seat | None] = relationship(remote_side=[id])

    @validates("code")
    def _a_position_of_its_own(self, _name: str, code: str) -> str:
        self.position = self.position or code.partition("~")[0]
        return code
