"""Who represents whom: a group's seats on a day, and what a place belongs to."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from handlers.errors import NotFound
from handlers.representation.seat_table import PAGE, SeatCells, seat_cells
from handlers.representation.who_else import organisation_seats, person_seats, police_area_card
from handlers.requests import ButtonPressed
from handlers.understanding import Intent, Understanding
from handlers.visit import Visit
from models.agreements import Level
from models.base import held_on
from models.geography import PoliceShare, police_of, police_shares
from models.groups import Group, GroupKind, Seat, SeatRole
from models.message import (
    Actions,
    Button,
    Heading,
    Message,
    Note,
    Part,
    Table,
    Text,
)
from models.places import District
from models.rights import Action
from models.seats import holder_on, seats_of_group
from models.wording import KINDS


def who(visit: Visit, wish: Understanding) -> Message:
    """Answers `vem …` as of the day asked for."""
    visit.demand(Action.LOOK_UP)
    if wish.person:
        return person_seats(visit, wish)
    if wish.police_area and not wish.district:
        return police_area_card(visit, wish)
    group = find_group(visit, wish)
    if group is None and (wish.organisation or wish.party):
        return organisation_seats(visit, wish)
    if group is None:
        raise NotFound(_no_group(visit, wish))
    return group_card(visit, wish, group)


def find_group(visit: Visit, wish: Understanding) -> Group | None:
    """The group that is meant: of the place, else central, else of the asker's own district."""
    on = wish.on or visit.on
    named = group_of_place(visit.session, wish, on)
    if named is not None or wish.district or not (wish.group or wish.role):
        return named
    kind = wish.group or GroupKind.STEERING
    query = select(Group).where(
        held_on(Group, on), Group.kind == kind, _own_or_central(visit, wish)
    )
    return visit.session.scalars(query.order_by(Group.code)).first()


def group_of_place(session: Session, wish: Understanding, on: date) -> Group | None:
    """The group of the district or the level that was named, a steering group unless said."""
    kind = wish.group or GroupKind.STEERING
    query = select(Group).where(held_on(Group, on), Group.kind == kind).order_by(Group.code)
    if wish.group_code:
        query = select(Group).where(Group.code == wish.group_code)
    elif wish.district:
        query = query.join(District).where(District.name == wish.district)
    elif wish.level is Level.CENTRAL:
        query = query.where(Group.level == Level.CENTRAL)
    else:
        return None
    return session.scalars(query).first()


def _own_or_central(visit: Visit, wish: Understanding) -> ColumnElement[bool]:
    home = visit.asker.organisation.district_id if visit.asker else None
    if home is not None and wish.level is not Level.CENTRAL:
        return Group.district_id == home
    return Group.level == Level.CENTRAL


def _no_group(visit: Visit, wish: Understanding) -> str:
    _ = visit.language._
    if not wish.district:
        near = ", ".join(visit.registry.nearest_places(wish.rest or "")) if wish.rest else ""
        hint = _("Nearest: {names}.", names=near) if near else ""
        example = _("Write a place and a group, for example `vem Farsta styrgrupp`.")
        return " ".join(part for part in (hint, example) if part)
    kind = _(KINDS[wish.group or GroupKind.STEERING])
    day = visit.language.day(wish.on or visit.on)
    return _("{district} has no {kind} on {day}.", district=wish.district, kind=kind, day=day)


def group_card(visit: Visit, wish: Understanding, group: Group, page: int = 0) -> Message:
    """A group's seats on a day, with the place and its police area above."""
    on = wish.on or visit.on
    seats = _filtered(visit, wish, seats_of_group(visit.session, group, on))
    shares = police_shares(visit.session, group.district_id, on) if group.district_id else []
    heading = _heading(visit, wish, group)
    shown = seats[page * PAGE : (page + 1) * PAGE]
    rows = tuple(seat_cells(visit, seat, on) for seat in shown)
    parts: list[Part] = [
        Heading(text=heading),
        *_place_parts(visit, wish, group, shares, on),
        *_seat_parts(visit, group, rows),
        Note(text=_validity(visit, group, seats, on, page)),
        Actions(
            buttons=tuple(_buttons(visit, group, on, page, more=len(seats) > (page + 1) * PAGE))
        ),
    ]
    return Message(
        summary=f"{heading}. {_spoken(rows)}"[:1000],
        parts=tuple(parts),
        replaces=page > 0,
    )


def _heading(visit: Visit, wish: Understanding, group: Group) -> str:
    if wish.neighbourhood and wish.district:
        return visit.language._(
            "{place} belongs to {district}", place=wish.neighbourhood, district=wish.district
        )
    return group.name


def _place_parts(
    visit: Visit, wish: Understanding, group: Group, shares: list[PoliceShare], on: date
) -> list[Part]:
    lines = [*_merger(visit, wish, on), *_police_lines(visit, wish, shares)]
    if wish.neighbourhood:
        lines.insert(0, f"**{group.name}**")
    return [Text(text="\n".join(lines))] if lines else []


def _merger(visit: Visit, wish: Understanding, on: date) -> list[str]:
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


def _police_lines(visit: Visit, wish: Understanding, shares: list[PoliceShare]) -> list[str]:
    """The police area of the place; a split district tells which parts go where."""
    _ = visit.language._
    if not shares:
        return []
    mine = police_of(shares, wish.neighbourhood)
    names = visit.language.join([f"**{area.name}**" for area in mine])
    line = _("Police responsibility: {names}.", names=names)
    if len(shares) == 1:
        return [line]
    return [line, *_split_lines(visit, shares)]


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


def _filtered(visit: Visit, wish: Understanding, seats: list[Seat]) -> list[Seat]:
    """The seats that the question is about: a role, a party, an organisation, or all.

    Who asks for the members means everybody who sits in the group.
    """
    if wish.role is not None and wish.role is not SeatRole.MEMBER:
        seats = [seat for seat in seats if seat.role is wish.role]
    if wish.party is not None:
        seats = [seat for seat in seats if seat.organisation.party is wish.party]
    if wish.organisation:
        seats = [seat for seat in seats if seat.organisation.name == wish.organisation]
    return seats


def _seat_parts(visit: Visit, group: Group, rows: tuple[SeatCells, ...]) -> list[Part]:
    _ = visit.language._
    if not rows:
        return [Text(text=_("**Nobody.** There is no such seat in {group}.", group=group.name))]
    columns = (_("Holder"), _("Represents"), _("Seat"))
    return [Table(columns=columns, rows=rows)]


def _validity(visit: Visit, group: Group, seats: list[Seat], on: date, page: int) -> str:
    _ = visit.language._
    vacant = sum(holder_on(seat, on) is None for seat in seats)
    words = [_("As of {day}", day=visit.language.day(on))]
    if seats:
        words.append(visit.language.n("{number} seat", "{number} seats", len(seats)))
    if vacant:
        words.append(visit.language.n("{number} vacant", "{number} vacant", vacant))
    if len(seats) > PAGE:
        words.append(_("page {page}", page=page + 1))
    return " · ".join(words)


def _spoken(rows: tuple[SeatCells, ...]) -> str:
    return "; ".join(f"{seat.plain()}: {holder.plain()}" for holder, _, seat in rows[:8])


def _buttons(visit: Visit, group: Group, on: date, page: int, *, more: bool) -> list[Button]:
    """The other groups of the same place, and the next page where there is one."""
    _ = visit.language._
    query = select(Group).where(held_on(Group, on), Group.level == group.level)
    siblings = visit.session.scalars(
        query.where(Group.district_id.is_not_distinct_from(group.district_id), Group.id != group.id)
    )
    order = list(GroupKind)
    first = sorted(siblings, key=lambda other: (order.index(other.kind), other.code))[:3]
    buttons = [
        Button(label=_label(visit, other), action="who.group", value=f"{other.code}|{on}|0")
        for other in first
    ]
    if more:
        following = f"{group.code}|{on}|{page + 1}"
        buttons.append(Button(label=_("Next page"), action="who.group", value=following))
    measures = Button(label=_("The group's measures"), action="measures.group", value=group.code)
    return [*buttons, measures]


def _label(visit: Visit, group: Group) -> str:
    """A group's name beside others of its place: what it is, and a working group's own name."""
    word = visit.language._(KINDS[group.kind])
    if group.kind is GroupKind.WORKING:
        _, found, own = group.name.partition("arbetsgrupp")
        word = f"{word}{own}" if found else group.name
    label = word[0].upper() + word[1:]
    return label if len(label) <= 40 else f"{label[:39]}…"


def who_group(visit: Visit, press: ButtonPressed) -> Message:
    """The seats of the group that a button names, on the day it was shown for."""
    visit.demand(Action.LOOK_UP)
    code, day, page = press.value.split("|")
    group = visit.session.scalars(select(Group).where(Group.code == code)).first()
    if group is None:
        raise NotFound(visit.language._("This button is too old. Write `hjälp` to start again."))
    wish = Understanding(intent=Intent.REPRESENTATION, on=date.fromisoformat(day))
    return group_card(visit, wish, group, int(page))
