"""What a place is on a day: what it was merged into, and which police area answers for it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from handlers.understanding import Understanding
from handlers.visit import Visit
from models.geography import PoliceShare, police_of
from models.places import District


def place_lines(visit: Visit, wish: Understanding, shares: list[PoliceShare]) -> list[str]:
    """A merger, where the place was named by its former district, and the police's side."""
    return [*_merger(visit, wish), *police_lines(visit, wish, shares)]


def _merger(visit: Visit, wish: Understanding) -> list[str]:
    """That a former district now is part of another, and since when."""
    if not wish.former_district or not wish.district:
        return []
    former = visit.session.scalars(
        select(District).where(District.name == wish.former_district)
    ).first()
    if former is None or former.valid_until is None:
        return []
    since = visit.language.day(former.valid_until)
    return [
        visit.language._(
            "{former} is part of **{district}** since {day}.",
            former=former.name,
            district=wish.district,
            day=since,
        )
    ]


def police_lines(visit: Visit, wish: Understanding, shares: list[PoliceShare]) -> list[str]:
    """The police area of the place; a split district tells which parts go where."""
    if not shares:
        return []
    mine = police_of(shares, wish.neighbourhood)
    names = visit.language.join([f"**{area.name}**" for area in mine])
    line = visit.language._("Police responsibility: {names}.", names=names)
    return [line] if len(shares) == 1 else [line, *_split_lines(visit, shares)]


def _split_lines(visit: Visit, shares: list[PoliceShare]) -> list[str]:
    _ = visit.language._
    lines = []
    for share in reversed(shares):
        if share.rest:
            lines.append(_("{area} answers for the rest of the district.", area=share.area.name))
        else:
            places = visit.language.join(list(share.neighbourhoods))
            lines.append(_("{area} answers for {places}.", area=share.area.name, places=places))
    return lines


def born_lines(visit: Visit, name: str, on: date) -> list[str]:
    """Of a district that there was not yet on a day: when it was made, and of which."""
    district = visit.session.scalars(select(District).where(District.name == name)).first()
    if district is None or district.valid_from <= on:
        return []
    before = select(District.name).where(District.successor_id == district.id)
    names = visit.session.scalars(before.order_by(District.name)).all()
    if not names:
        return []
    return [
        visit.language._(
            "{district} was made of {names} on {day}.",
            district=name,
            names=visit.language.join(names),
            day=visit.language.day(district.valid_from),
        )
    ]
