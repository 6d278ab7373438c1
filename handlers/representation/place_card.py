"""A bare name: what a place is and which groups it has, or who a person or an organisation is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from handlers import unclear
from handlers.representation.place_lines import born_lines, first_lines, place_lines
from handlers.representation.who import who
from handlers.understanding import Intent, Understanding, understand
from handlers.visit import Visit
from models.base import held_on
from models.groups import Group, GroupKind, Seat, SeatRole
from models.message import Actions, Button, Heading, Message, Note, Part, Text
from models.places.geography import police_shares
from models.places.place import District
from models.rights import Action
from models.seats.holders import holder_on, seats_on

MOST_GROUPS = 5


def named_alone(visit: Visit, line: str) -> Message | None:
    """What is told of a line that only names something; nothing where it cannot be looked up."""
    wish = understand(line, visit.registry, visit.on)
    if wish.intent is not Intent.REPRESENTATION:
        return None
    if told := unclear.answer(visit, wish):
        return told
    is_place = wish.district and not any(
        (wish.group, wish.role, wish.organisation, wish.person, wish.namesakes, wish.title)
    )
    return place_card(visit, wish) if is_place else who(visit, wish)


def place_card(visit: Visit, wish: Understanding) -> Message:
    """A district, or a neighbourhood of one: its police area, and its groups with their chairs."""
    visit.demand(Action.LOOK_UP)
    _ = visit.language._
    on = wish.on or visit.on
    district = visit.session.scalars(select(District).where(District.name == wish.district)).one()
    groups = _groups(visit, district, on)
    heading = wish.neighbourhood or district.name
    if wish.neighbourhood:
        heading = _("{place} belongs to {district}", place=heading, district=district.name)
    lines = place_lines(visit, wish, police_shares(visit.session, district.id, on))
    told = [*lines, *_group_lines(visit, groups, on)]
    if not groups:
        told += born_lines(visit, district.name, on) or first_lines(visit, wish, on)
    parts: list[Part] = [Heading(text=heading), Text(text="\n".join(told))]
    if groups:
        parts.append(Actions(buttons=tuple(_button(each, on) for each in groups[:MOST_GROUPS])))
    parts.append(Note(text=_("As of {day}", day=visit.language.day(on))))
    summary = f"{heading}: {visit.language.join([each.name for each in groups])}"
    return Message(summary=summary[:1000], parts=tuple(parts))


def _groups(visit: Visit, district: District, on: date) -> list[Group]:
    query = select(Group).where(held_on(Group, on), Group.district_id == district.id)
    order = list(GroupKind)
    return sorted(
        visit.session.scalars(query.order_by(Group.code).limit(15)),
        key=lambda group: (order.index(group.kind), group.code),
    )


def _group_lines(visit: Visit, groups: Sequence[Group], on: date) -> list[str]:
    """Each group with whoever chairs it."""
    if not groups:
        return [visit.language._("It has no group on this day.")]
    chairs: dict[int, list[str]] = {}
    query = (
        seats_on(on)
        .options(joinedload(Seat.person))
        .where(Seat.group_id.in_([each.id for each in groups]), Seat.role == SeatRole.CHAIR)
    )
    for seat in visit.session.scalars(query.order_by(Seat.code)).unique():
        person = holder_on(seat, on)
        name = person.shown_as() if person else visit.language._("vacant seat")
        chairs.setdefault(seat.group_id, []).append(name)
    return [_group_line(visit, group, chairs.get(group.id, [])) for group in groups]


def _group_line(visit: Visit, group: Group, chairs: list[str]) -> str:
    if not chairs:
        return f"- **{group.name}**"
    names = visit.language.join(chairs)
    return visit.language._("- **{group}**, chaired by {names}", group=group.name, names=names)


def _button(group: Group, on: date) -> Button:
    label = group.name if len(group.name) <= 40 else f"{group.name[:39]}…"
    return Button(label=label, action="who.group", value=f"{group.code}|{on}|0")
