"""Which police area answers for a place on a day, and what a place became."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.base import held_on
from models.places.place import Belonging, District, Neighbourhood, PoliceArea, PoliceCoverage


@dataclass(frozen=True)
class PoliceShare:
    """A police area and what it answers for in a district.

    `rest` means all of the district but what is named for others; else only `neighbourhoods`.
    """

    area: PoliceArea
    neighbourhoods: tuple[str, ...]
    rest: bool


def police_shares(session: Session, district_id: int, on: date) -> list[PoliceShare]:
    """The police areas of a district on a day, the one for most of it first."""
    rows = session.scalars(
        select(PoliceCoverage)
        .where(PoliceCoverage.district_id == district_id, held_on(PoliceCoverage, on))
        .options(joinedload(PoliceCoverage.police_area), joinedload(PoliceCoverage.neighbourhood))
        .order_by(PoliceCoverage.id)
    ).all()
    named: dict[int, list[str | None]] = {}
    areas: dict[int, PoliceArea] = {}
    for row in rows:
        areas[row.police_area_id] = row.police_area
        name = row.neighbourhood.name if row.neighbourhood else None
        named.setdefault(row.police_area_id, []).append(name)
    shares = [
        PoliceShare(areas[key], tuple(sorted(filter(None, names))), None in names)
        for key, names in named.items()
    ]
    return sorted(shares, key=lambda share: not share.rest)


def police_of(shares: list[PoliceShare], neighbourhood: str | None) -> list[PoliceArea]:
    """The police area that answers for a neighbourhood, or all of the district's."""
    if neighbourhood is None:
        return [share.area for share in shares]
    named = [share.area for share in shares if neighbourhood in share.neighbourhoods]
    return named or [share.area for share in shares if share.rest]


def districts_of_police(session: Session, area: PoliceArea, on: date) -> list[PoliceCoverage]:
    """What a police area covers on a day: districts and, where only parts, neighbourhoods."""
    return list(
        session.scalars(
            select(PoliceCoverage)
            .where(PoliceCoverage.police_area_id == area.id, held_on(PoliceCoverage, on))
            .options(joinedload(PoliceCoverage.district), joinedload(PoliceCoverage.neighbourhood))
            .order_by(PoliceCoverage.id)
        )
    )


def neighbourhoods_of(session: Session, district: District, on: date) -> list[str]:
    """The names of a district's neighbourhoods on a day."""
    return list(
        session.scalars(
            select(Neighbourhood.name)
            .join(Belonging)
            .where(Belonging.district_id == district.id, held_on(Belonging, on))
            .order_by(Neighbourhood.name)
        )
    )


def districts_on(session: Session, on: date) -> list[District]:
    """The districts that there are on a day, by name."""
    return list(
        session.scalars(select(District).where(held_on(District, on)).order_by(District.name))
    )
