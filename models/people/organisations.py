"""The parties, their organisations, and the people who work in them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Dated, enum_column
from models.places.place import District, PoliceArea


class Party(StrEnum):
    """The two principals; `external` are co-signers, `joint` answers for both."""

    CITY = "city"
    POLICE = "police"
    EXTERNAL = "external"
    JOINT = "joint"


class OrganisationKind(StrEnum):
    """What sort of organisation."""

    DISTRICT_BOARD = "district_board"
    DISTRICT_ADMINISTRATION = "district_administration"
    SPECIALIST_ADMINISTRATION = "specialist_administration"
    COMPANY = "company"
    LOCAL_POLICE_AREA = "local_police_area"
    POLICE_AREA = "police_area"
    POLICE_REGION = "police_region"
    ADVISORY_COUNCIL = "advisory_council"
    EXTERNAL = "external"


class Organisation(Dated, Base):
    """An authority, company or association that takes part."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(enum_column(OrganisationKind))
    party: Mapped[Party] = mapped_column(enum_column(Party))
    district_id: Mapped[int | None] = mapped_column(ForeignKey("district.id"), default=None)
    police_area_id: Mapped[int | None] = mapped_column(ForeignKey("police_area.id"), default=None)
    aliases: Mapped[list[str]] = mapped_column(default=list)
    switchboard: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")

    district: Mapped[District | None] = relationship()
    police_area: Mapped[PoliceArea | None] = relationship()


class DisplayPolicy(StrEnum):
    """What may be shown of a person: the name, only the function, or only the switchboard."""

    SHOWN = "shown"
    FUNCTION_ONLY = "function_only"
    PROTECTED = "protected"


class Standing(StrEnum):
    """What a person is to the whole cooperation, beside the seats they hold."""

    MEMBER = "member"
    COORDINATOR = "coordinator"
    REGISTRAR = "registrar"


def shown_name(policy: DisplayPolicy, name: str, title: str, organisation: str) -> str:
    """The name, or what a person's protection lets be shown in its place."""
    if policy is DisplayPolicy.SHOWN:
        return name
    return title if policy is DisplayPolicy.FUNCTION_ONLY and title else organisation


class Person(Base):
    """A member: work identity only, known by the work e-mail (kept in lower case).

    `leaving_known_at` says since when `left_on` was known. `asked_hour` is the local hour, from 8
    to 16, at which the member wants to be asked.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    title: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    language: Mapped[str] = mapped_column(default="sv")
    display_policy: Mapped[DisplayPolicy] = mapped_column(
        enum_column(DisplayPolicy), default=DisplayPolicy.SHOWN
    )
    standing: Mapped[Standing] = mapped_column(enum_column(Standing), default=Standing.MEMBER)
    left_on: Mapped[date | None] = mapped_column(default=None)
    leaving_known_at: Mapped[datetime | None] = mapped_column(default=None)
    noticed_at: Mapped[datetime | None] = mapped_column(default=None)
    paused_until: Mapped[date | None] = mapped_column(default=None)
    asked_hour: Mapped[int] = mapped_column(default=8, server_default="8")
    remark: Mapped[str] = mapped_column(default="")

    organisation: Mapped[Organisation] = relationship()

    def is_active(self, on: date, known_at: datetime | None = None) -> bool:
        """Whether the person still works here on the day, as known now or at a moment."""
        if known_at is not None and self.leaving_known_at and known_at < self.leaving_known_at:
            return True
        return self.left_on is None or on < self.left_on

    def shown_as(self) -> str:
        """The name, or what the person's protection lets be shown in its place."""
        if self.display_policy is DisplayPolicy.SHOWN:
            # Who is shown needs no organisation, which may not be at hand any more.
            return self.name
        return shown_name(self.display_policy, self.name, self.title, self.organisation.name)

    def reached_as(self) -> str:
        """The same, with the switchboard where the name may not be shown."""
        phone = self.organisation.switchboard
        hidden = self.display_policy is not DisplayPolicy.SHOWN and phone
        return f"{self.shown_as()}, {phone}" if hidden else self.shown_as()


class PersonMerge(Base):
    """Two records of one person made one: what `merged` had belongs to `kept` from then on."""

    __tablename__ = "person_merge"

    merged_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    at: Mapped[datetime] = mapped_column()

    merged: Mapped[Person] = relationship(foreign_keys=[merged_id])
    kept: Mapped[Person] = relationship(foreign_keys=[kept_id])


class Absence(Dated, Base):
    """A time in which a member is away and is asked nothing; silence then is no silence."""

    __tablename__ = "absence"
    __table_args__ = (CheckConstraint("valid_until > valid_from", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    set_at: Mapped[datetime] = mapped_column()
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
