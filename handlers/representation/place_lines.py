"""What a place is on a day: what it was merged into, and which police area answers for it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from handlers.understanding import Understanding
from handlers.visit import Visit
from models.agreements import Level
from models.groups import Group, GroupKind
from models.places.geography import PoliceShare, police_of
from models.places.place import District, PoliceArea


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


def renamed_lines(visit: Visit, former: str | None, area: PoliceArea) -> list[str]:
    """That a police area was asked for by the name of the one before it, and since when."""
    if former is None or former == area.name:
        return []
    day = visit.language.day(area.valid_from)
    return [
        visit.language._(
            "{former} became **{area}** on {day}.", former=former, area=area.name, day=day
        )
    ]


def first_lines(visit: Visit, wish: Understanding, on: date) -> list[str]:
    """When the first group of the place and kind began, where that was after the day."""
    query = select(func.min(Group.valid_from)).where(Group.valid_from > on)
    query = query.where(Group.kind == (wish.group or GroupKind.STEERING))
    if wish.district:
        query = query.join(District).where(District.name == wish.district)
    else:
        query = query.where(Group.level == Level.CENTRAL)
    first = visit.session.scalar(query)
    if first is None:
        return []
    return [visit.language._("The first began on {day}.", day=visit.language.day(first))]


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
