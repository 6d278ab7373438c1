"""How far each district is involved in each priority area (involveringsgrad)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.agreements import kin_of_area
from models.base import Base, Dated, enum_column, held_on
from models.groups import Group
from models.people.organisations import Person
from models.places.place import District
from models.seats.holders import seats_of_group


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


def concerned(
    session: Session,
    group: Group,
    people: Iterable[Person],
    on: date,
    wanted: Callable[[Degree | None], bool],
) -> list[Person]:
    """The people whose district is involved enough in a group's area: `is_told` or `is_asked`.

    A person speaks for the district of the own organisation and for those that the own seat in
    the group represents; one of them is enough. In a group without an area everybody is
    concerned, and so are those who speak for no district.
    """
    everybody = list(people)
    if not group.area:
        return everybody
    placed = degrees(session, group.area, on)
    spoken = districts_of_seats(session, group, on)
    return [
        person
        for person in everybody
        if fits(_own_district(person, on) | spoken.get(person.id, set()), placed, wanted)
    ]


def fits(
    districts: set[int], placed: dict[int, Degree], wanted: Callable[[Degree | None], bool]
) -> bool:
    """Whether one of the districts is involved enough; who speaks for none is always concerned."""
    return not districts or any(wanted(placed.get(district)) for district in districts)


def present(district: District, on: date) -> District:
    """The district itself, or what it has become by the day."""
    while not district.holds_on(on) and district.valid_from <= on and district.successor:
        district = district.successor
    return district


def districts_of_seats(session: Session, group: Group, on: date) -> dict[int, set[int]]:
    """The districts for which each person's seats in a group speak on a day, by person's id."""
    found: dict[int, set[int]] = {}
    for seat in seats_of_group(session, group, on):
        if seat.person_id is not None:
            places = {present(district, on).id for district in seat.represents}
            found.setdefault(seat.person_id, set()).update(places)
    return found


def _own_district(person: Person, on: date) -> set[int]:
    district = person.organisation.district
    return {present(district, on).id} if district is not None else set()
