"""The card of a group: its seats on a day, what the rules miss, and what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from handlers.representation.knowledge import AsOf, as_of, days_said, differences, known_parts
from handlers.representation.place_lines import place_lines
from handlers.representation.seat_table import PAGE, SeatCells, seat_cells
from handlers.representation.voices import BREACHES
from handlers.understanding import Understanding
from handlers.visit import Visit
from models.agreements import Level
from models.base import held_on
from models.groups import Group, GroupKind, SeatRole
from models.message import Actions, Button, Heading, Message, Note, Part, Table, Text
from models.places.geography import police_shares
from models.places.place import District
from models.representation.coverage import SeatOnDay, breaches, seats_of_groups
from models.rights import Action, may
from models.seats.occupancy import Filling
from models.wording import KINDS


@dataclass(frozen=True)
class Shown:
    """What a card shows: the group, the question about it, the days, and which page."""

    wish: Understanding
    group: Group
    at: AsOf
    page: int
    every: tuple[SeatOnDay, ...]
    today: tuple[SeatOnDay, ...]

    @classmethod
    def of(cls, visit: Visit, wish: Understanding, group: Group, page: int) -> Shown:
        """The group's seats as asked for and, where that was long ago, as known today."""
        at = as_of(visit, wish, group)
        every = _seats(visit, group, at)
        today = _seats(visit, group, AsOf(at.on)) if at.known_on else every
        return cls(wish, group, at, page, every, today)

    @cached_property
    def seats(self) -> list[SeatOnDay]:
        """The seats that the question is about."""
        return asked_for(self.wish, self.every)

    @property
    def on_page(self) -> list[SeatOnDay]:
        """The seats of this page."""
        return self.seats[self.page * PAGE : (self.page + 1) * PAGE]

    @property
    def has_more(self) -> bool:
        """Whether there is another page."""
        return len(self.seats) > (self.page + 1) * PAGE

    def value(self, *, code: str = "", page: int = 0, known: bool = True) -> str:
        """A button's value for a group of the same days."""
        told = [code or self.group.code, self.at.on.isoformat(), str(page)]
        if known and self.at.known_on is not None:
            told.append(self.at.known_on.isoformat())
        return "|".join(told)


def _seats(visit: Visit, group: Group, at: AsOf) -> tuple[SeatOnDay, ...]:
    return seats_of_groups(visit.session, [group.id], at.on, at.known_at)[group.id]


def asked_for(wish: Understanding, seats: Sequence[SeatOnDay]) -> list[SeatOnDay]:
    """The seats that a question is about: a district's voice, a role, a party, or all.

    Who asks for the members means everybody who sits in the group.
    """
    found = list(seats)
    if wish.level is Level.CENTRAL and wish.district:
        found = [seat for seat in found if _speaks_for(seat, wish.district)]
    if wish.role is not None and wish.role is not SeatRole.MEMBER:
        found = [seat for seat in found if seat.row.role is wish.role]
    if wish.party is not None:
        found = [seat for seat in found if seat.row.organisation.party is wish.party]
    if wish.organisation:
        found = [seat for seat in found if seat.row.organisation.name == wish.organisation]
    return found


def _speaks_for(seat: SeatOnDay, district: str) -> bool:
    """Whether a seat is a district's own, or somebody else's that speaks for it."""
    own = [each.district for each in seat.organisations]
    spoken = [each for row in seat.rows for each in row.represents]
    return any(_became(each, district) for each in (*own, *spoken))


def _became(district: District | None, name: str) -> bool:
    """Whether a district has the name, or has become the one that has it."""
    seen = set()
    while district is not None and district.id not in seen:
        if district.name == name:
            return True
        seen.add(district.id)
        district = district.successor
    return False


def card(visit: Visit, shown: Shown) -> Message:
    """A group's seats on a day, with the place and its police area above."""
    heading = _heading(visit, shown)
    among = {seat.occupancy.position: seat for seat in shown.every}
    rows = tuple(seat_cells(visit, seat, shown.at, among) for seat in shown.on_page)
    parts: list[Part] = [
        Heading(text=heading),
        *_place_parts(visit, shown),
        *known_parts(
            visit.language,
            shown.at,
            differences(
                visit.language,
                asked_for(shown.wish, shown.every),
                asked_for(shown.wish, shown.today),
            ),
        ),
        *_seat_parts(visit, shown, rows),
        Note(text=_validity(visit, shown)),
        Actions(buttons=tuple(_buttons(visit, shown))),
    ]
    if doing := _doing(visit, shown):
        parts.append(Actions(buttons=tuple(doing)))
    return Message(
        summary=f"{heading}. {_spoken(rows)}"[:1000],
        parts=tuple(parts),
        replaces=shown.page > 0,
    )


def _heading(visit: Visit, shown: Shown) -> str:
    wish = shown.wish
    if wish.neighbourhood and wish.district:
        return visit.language._(
            "{place} belongs to {district}", place=wish.neighbourhood, district=wish.district
        )
    return shown.group.name


def _place_parts(visit: Visit, shown: Shown) -> list[Part]:
    group, on = shown.group, shown.at.on
    shares = police_shares(visit.session, group.district_id, on) if group.district_id else []
    lines = place_lines(visit, shown.wish, shares)
    if shown.wish.neighbourhood:
        lines.insert(0, f"**{group.name}**")
    lines += breach_lines(visit, group, shown.every)
    return [Text(text="\n".join(lines))] if lines else []


def breach_lines(visit: Visit, group: Group, seats: Sequence[SeatOnDay]) -> list[str]:
    """What a group lacks by the rules R1 and R2, a line for each."""
    _ = visit.language._
    return [f"⚠ {_(BREACHES[each], group=group.name)}." for each in breaches(group, seats)]


def _seat_parts(visit: Visit, shown: Shown, rows: tuple[SeatCells, ...]) -> list[Part]:
    """The seats as a table; of a district in a central group it is said who speaks for it."""
    _ = visit.language._
    group, place = shown.group, shown.wish.district
    asks_for_voice = group.level is Level.CENTRAL and place is not None
    if not rows and asks_for_voice:
        told = _("**Nobody** speaks for {place} in {group}.", place=place, group=group.name)
        return [Text(text=told)]
    if not rows and (spoken := _spoken_for(visit, shown)):
        return spoken
    if not rows:
        return [Text(text=_("**Nobody.** There is no such seat in {group}.", group=group.name))]
    table = Table(columns=(_("Holder"), _("Represents"), _("Seat")), rows=rows)
    if not asks_for_voice:
        return [table]
    told = _("In {group}, {place} is represented by:", place=place, group=group.name)
    return [Text(text=told), table]


def _spoken_for(visit: Visit, shown: Shown) -> list[Part]:
    """Who speaks for a district whose board or administration has no seat of its own here."""
    _ = visit.language._
    group, place = shown.group, shown.wish.district
    if not (place and shown.wish.organisation) or shown.wish.role is not None:
        return []
    among = {seat.occupancy.position: seat for seat in shown.every}
    speaking = [each for each in shown.every if _speaks_for(each, place) and not each.is_deputys]
    if not speaking:
        return []
    told = _(
        "{organisation} has no seat of its own in {group}. {place} is represented by:",
        organisation=shown.wish.organisation,
        group=group.name,
        place=place,
    )
    rows = tuple(seat_cells(visit, seat, shown.at, among) for seat in speaking[:PAGE])
    everywhere = Button(
        label=_("In all groups"), action="say", value=f"representation {place} {shown.at.on}"
    )
    return [
        Text(text=told),
        Table(columns=(_("Holder"), _("Represents"), _("Seat")), rows=rows),
        Actions(buttons=(everywhere,)),
    ]


def _validity(visit: Visit, shown: Shown) -> str:
    language, seats = visit.language, shown.seats
    vacant = sum(seat.occupancy.filling is Filling.VACANT for seat in seats)
    words = [days_said(language, shown.at)]
    if seats:
        words.append(language.n("{number} seat", "{number} seats", len(seats)))
    if vacant:
        words.append(language.n("{number} vacant", "{number} vacant", vacant))
    if len(seats) > PAGE:
        words.append(language._("page {page}", page=shown.page + 1))
    return " · ".join(words)


def _spoken(rows: tuple[SeatCells, ...]) -> str:
    return "; ".join(f"{seat.plain()}: {holder.plain()}" for holder, _, seat in rows[:8])


def _buttons(visit: Visit, shown: Shown) -> list[Button]:
    """The other groups of the same place, the next page where there is one, and the measures."""
    _ = visit.language._
    group = shown.group
    buttons = [
        Button(label=_label(visit, other), action="who.group", value=shown.value(code=other.code))
        for other in _siblings(visit, group, shown.at)
    ]
    if shown.has_more:
        following = shown.value(page=shown.page + 1)
        buttons.append(Button(label=_("Next page"), action="who.group", value=following))
    measures = Button(label=_("The group's measures"), action="measures.group", value=group.code)
    return [*buttons, measures]


def _siblings(visit: Visit, group: Group, at: AsOf) -> list[Group]:
    """Three other groups of the same place, those that steer first."""
    query = select(Group).where(held_on(Group, at.on), Group.level == group.level)
    others = visit.session.scalars(
        query.where(Group.district_id.is_not_distinct_from(group.district_id), Group.id != group.id)
        .order_by(Group.code)
        .limit(20)
    )
    order = list(GroupKind)
    return sorted(others, key=lambda other: (order.index(other.kind), other.code))[:3]


def _doing(visit: Visit, shown: Shown) -> list[Button]:
    """What can be done with the group's seats, by those who may."""
    _ = visit.language._
    code = shown.group.code
    buttons = []
    if may(visit.roles(group_id=shown.group.id), Action.CHANGE_SEATS):
        buttons.append(Button(label=_("Change seats"), action="seats.menu", value=code))
    files = Button(label=_("Download"), action="seats.files", value=f"{code}|{shown.at.on}")
    buttons.append(files)
    if shown.at.known_on is not None:
        value = shown.value(known=False)
        buttons.append(Button(label=_("As known today"), action="who.group", value=value))
    return buttons


def _label(visit: Visit, group: Group) -> str:
    """A group's name beside others of its place: what it is, and a working group's own name."""
    word = visit.language._(KINDS[group.kind])
    if group.kind is GroupKind.WORKING:
        _, found, own = group.name.partition("arbetsgrupp")
        word = f"{word}{own}" if found else group.name
    label = word[0].upper() + word[1:]
    return label if len(label) <= 40 else f"{label[:39]}…"
