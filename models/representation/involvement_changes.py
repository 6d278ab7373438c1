"""Changing how far a district is involved: from a day on, and back again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.places.place import District
from models.representation.involvement import Degree, Involvement


@dataclass(frozen=True)
class Settled:
    """A row as it is after a change, and what stood there: enough to put it back.

    `before` is the degree that held until then. `ended` is the row that ends the day before the
    change, which lasted until `ended_until`; there is none where the row itself was rewritten.
    """

    row: Involvement
    before: Degree | None
    ended: Involvement | None = None
    ended_until: date | None = None


def rows_of(session: Session, district: District, area: str) -> list[Involvement]:
    """All that is said of a district and an area, by time."""
    query = select(Involvement).where(
        Involvement.district_id == district.id, Involvement.area == area
    )
    return list(session.scalars(query.order_by(Involvement.valid_from)))


def settle(session: Session, district: District, area: str, degree: Degree, first: date) -> Settled:
    """Lets a degree hold from a day on, until what is said of a later day already."""
    rows = rows_of(session, district, area)
    current = next((row for row in rows if row.holds_on(first)), None)
    if current is not None and current.valid_from == first:
        before, current.degree = current.degree, degree
        return Settled(current, before)
    later = next((row.valid_from for row in rows if row.valid_from > first), None)
    until = later if current is None else current.valid_until
    new = Involvement(
        code=_free_code(session, f"{district.code}-{area}"),
        district_id=district.id,
        area=area,
        degree=degree,
        valid_from=first,
        valid_until=until,
    )
    session.add(new)
    if current is None:
        return Settled(new, None)
    settled = Settled(new, current.degree, current, current.valid_until)
    current.valid_until = first
    return settled


def _free_code(session: Session, stem: str) -> str:
    """The stem and the first number that no row has."""
    query = select(Involvement.code).where(Involvement.code.startswith(stem, autoescape=True))
    taken = set(session.scalars(query))
    return next(code for n in range(1, len(taken) + 2) if (code := f"{stem}-{n}") not in taken)


def put_back(session: Session, settled: Settled) -> None:
    """Says again what was said before a change."""
    if settled.ended is not None:
        settled.ended.valid_until = settled.ended_until
    if settled.ended is None and settled.before is not None:
        settled.row.degree = settled.before
    else:
        session.delete(settled.row)
    session.flush()
