"""Coverage: where nobody holds a seat, and how many districts speak for themselves."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from handlers.understanding import Understanding
from handlers.visit import Visit
from models.agreements import Level, PriorityArea, kin_of_area
from models.base import held_on
from models.geography import districts_on
from models.groups import Group, Seat
from models.language import Language
from models.message import Cell, Heading, Message, Note, Part, Status, Table, Text, Tone
from models.organisations import Organisation, OrganisationKind
from models.places import District
from models.rights import Action
from models.seats import holder_on, seats_on
from models.wording import role_word

MOST_ROWS = 20
DISTRICT_KINDS = (OrganisationKind.DISTRICT_BOARD, OrganisationKind.DISTRICT_ADMINISTRATION)


def coverage(visit: Visit, wish: Understanding) -> Message:
    """Answers `vakanser …` and `representation …` on a day."""
    visit.demand(Action.LOOK_UP)
    _ = visit.language._
    on = wish.on or visit.on
    groups = _groups(visit, wish, on)
    seats = _seats(visit, groups, on)
    vacant = [seat for seat in seats if holder_on(seat, on) is None]
    heading = _heading(visit, wish, on)
    lines = [*_voices(visit, wish, groups, seats, on), _count(visit, groups, vacant)]
    parts: list[Part] = [Heading(text=heading), Text(text="\n".join(lines))]
    if vacant:
        parts.append(_table(visit, vacant[:MOST_ROWS]))
    note = _("As of {day}", day=visit.language.day(on))
    if len(vacant) > MOST_ROWS:
        note += " · " + _("showing {shown}; name a district to see the rest", shown=MOST_ROWS)
    parts.append(Note(text=note))
    return Message(summary=f"{heading}. {' '.join(lines)}"[:1000], parts=tuple(parts))


def _groups(visit: Visit, wish: Understanding, on: date) -> list[Group]:
    query = select(Group).where(held_on(Group, on)).order_by(Group.code)
    if wish.district:
        query = query.join(District).where(District.name == wish.district)
    if wish.group is not None:
        query = query.where(Group.kind == wish.group)
    if wish.level is not None:
        query = query.where(Group.level == wish.level)
    if wish.area:
        query = query.where(Group.area.in_(kin_of_area(visit.session, wish.area)))
    return list(visit.session.scalars(query))


def _seats(visit: Visit, groups: list[Group], on: date) -> list[Seat]:
    ids = [group.id for group in groups]
    query = seats_on(on).where(Seat.group_id.in_(ids)).order_by(Seat.code)
    return list(visit.session.scalars(query).unique())


def _heading(visit: Visit, wish: Understanding, on: date) -> str:
    _ = visit.language._
    if wish.area:
        return f"{_('Coverage')} · {_area_name(visit, wish.area, on)}"
    where = wish.district or (_("central groups") if wish.level is Level.CENTRAL else "")
    return f"{_('Coverage')} · {where}" if where else _("Coverage")


def _area_name(visit: Visit, code: str, on: date) -> str:
    areas = list(visit.session.scalars(select(PriorityArea).where(PriorityArea.code == code)))
    areas.sort(key=lambda area: (not area.holds_on(on), area.valid_from))
    return areas[0].name(visit.language.code) if areas else code


def _voices(
    visit: Visit, wish: Understanding, groups: list[Group], seats: list[Seat], on: date
) -> list[str]:
    """How many districts have a voice of their own, are spoken for, or are missing."""
    if wish.district or not (wish.level is Level.CENTRAL or wish.area):
        return []
    every = {district.id: district.name for district in districts_on(visit.session, on)}
    held = [seat for seat in seats if holder_on(seat, on) is not None]
    own = {seat.organisation.district_id for seat in held if _is_district(seat.organisation)}
    own |= {group.district_id for group in groups if wish.area}
    spoken = {district.id for seat in held for district in seat.represents} - own
    missing = [name for key, name in every.items() if key not in own and key not in spoken]
    return _voice_lines(visit.language, len(every), len(own & set(every)), missing)


def _is_district(organisation: Organisation) -> bool:
    return organisation.kind in DISTRICT_KINDS


def _voice_lines(language: Language, total: int, own: int, missing: list[str]) -> list[str]:
    _ = language._
    lines = [
        _(
            "{own} of {total} districts have a voice of their own, {others} are represented by "
            "somebody else, {missing} have none.",
            own=own,
            total=total,
            others=total - own - len(missing),
            missing=len(missing),
        )
    ]
    if missing:
        lines.append(_("Without: {names}.", names=language.join(missing)))
    return lines


def _count(visit: Visit, groups: list[Group], vacant: list[Seat]) -> str:
    if not groups:
        return visit.language._("No group fits.")
    if not vacant:
        return visit.language.n(
            "No vacant seats in {number} group.", "No vacant seats in {number} groups.", len(groups)
        )
    return visit.language.n("{number} vacant seat:", "{number} vacant seats:", len(vacant))


def _table(visit: Visit, vacant: list[Seat]) -> Table:
    _ = visit.language._
    sign = Status(sign="⚠", word=_("Vacant"), tone=Tone.WARNING)
    rows = tuple(
        (
            Cell(text=seat.group.name),
            Cell(text=f"{role_word(visit.language, seat.role)}, {seat.organisation.name}"),
            Cell(text=visit.language.day(seat.valid_from), status=sign),
        )
        for seat in vacant
    )
    return Table(columns=(_("Group"), _("Seat"), _("Since")), rows=rows)
