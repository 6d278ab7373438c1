"""A district's or an organisation's place: its seats group by group, agreements, involvement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, or_, select

from handlers.representation.fillings import filling_status
from handlers.representation.voices import voice_status
from handlers.visit import Visit
from models.agreements import Agreement, Level
from models.base import held_on
from models.groups import Group, GroupKind, Seat
from models.message import Cell, Part, Status, Table, Text
from models.people.organisations import Organisation
from models.places.place import District
from models.representation.coverage import Representation, SeatOnDay, Share, load, with_agreements
from models.representation.involvement import Degree
from models.seats.holders import believed
from models.seats.occupancy import Filling
from models.wording import role_word

MOST_GROUPS = 15
LONGEST = 500
DEGREES: dict[Degree, str] = {
    Degree.LEADS: "Leads",
    Degree.TAKES_PART: "Takes part",
    Degree.INFORMED: "Is informed",
    Degree.NOT_CONCERNED: "Is not concerned",
}


@dataclass(frozen=True)
class Standing:
    """The groups that concern an organisation and its district, and who sits in them today."""

    facts: Representation
    organisation: Organisation
    district: District | None

    @classmethod
    def of(cls, visit: Visit, organisation: Organisation) -> Standing:
        """Where a district's organisation, or one that belongs to none, has its place today."""
        district = organisation.district
        query = _of_organisation(organisation, visit) if district is None else _of(district)
        query = query.where(held_on(Group, visit.on)).options(*with_agreements())
        order, levels = list(GroupKind), (Level.LOCAL, Level.CENTRAL)
        groups = sorted(
            visit.session.scalars(query.order_by(Group.code).limit(MOST_GROUPS)),
            key=lambda each: (levels.index(each.level), order.index(each.kind), each.code),
        )
        return cls(load(visit.session, groups, visit.on), organisation, district)

    def seats(self, group: Group) -> list[SeatOnDay]:
        """The seats in a group that are the district's own, or the organisation's."""
        if self.district is not None:
            return self.facts.speakers(group, self.district)[0]
        mine = self.organisation.id
        return [
            seat
            for seat in self.facts.seats[group.id]
            if not seat.is_deputys and any(each.id == mine for each in seat.organisations)
        ]


def _of(district: District) -> Select[Group]:
    mine = or_(Group.district_id == district.id, Group.level == Level.CENTRAL)
    return select(Group).where(mine)


def _of_organisation(organisation: Organisation, visit: Visit) -> Select[Group]:
    seats = select(Seat.group_id).where(
        Seat.organisation_id == organisation.id, held_on(Seat, visit.on), believed()
    )
    return select(Group).where(Group.id.in_(seats))


def place_parts(visit: Visit, standing: Standing) -> list[Part]:
    """The seats group by group, under which agreements, and how far in which areas."""
    _ = visit.language._
    groups = standing.facts.groups
    if not groups:
        return [Text(text=_("The organisation holds no seat in any group today."))]
    rows = tuple(_row(visit, standing, group) for group in groups)
    whose = standing.district.name if standing.district else standing.organisation.name
    told = (_agreements(visit, groups), _involvement(visit, standing))
    parts: list[Part] = [
        Text(text=f"**{_('Seats of {name}', name=whose)}**"),
        Table(columns=(_("Group"), _("Who"), _("State")), rows=rows),
    ]
    return [*parts, *(Text(text="\n".join(lines)) for lines in told if lines)]


def _row(visit: Visit, standing: Standing, group: Group) -> tuple[Cell, Cell, Cell]:
    """A group, who sits there, and the state: of the seats, or of whoever speaks for it."""
    seats = standing.seats(group)
    told: Iterable[SeatOnDay] = seats
    status = _state(visit, seats)
    if standing.district is not None:
        voice = standing.facts.voice(group, standing.district)
        if voice.share is not Share.OWN:
            told, status = voice.seats, voice_status(visit.language, voice)
    who = "; ".join(_said(visit, seat) for seat in told)
    return Cell(text=group.name), Cell(text=_short(who) or "–"), Cell(status=status)


def _state(visit: Visit, seats: list[SeatOnDay]) -> Status | None:
    """The state of the seat that most needs seeing to: in conflict, vacant, deputised, held."""
    order = (Filling.IN_CONFLICT, Filling.VACANT, Filling.DEPUTISED, Filling.HELD)
    worst = min(seats, key=lambda seat: order.index(seat.occupancy.filling), default=None)
    return filling_status(visit.language, worst.occupancy) if worst else None


def _said(visit: Visit, seat: SeatOnDay) -> str:
    """Who acts in a seat and as what, and who else may; protected people as they may be shown."""
    names = visit.language.join([person.reached_as() for person in seat.people])
    words = [role_word(visit.language, seat.row.role).lower()]
    others = [each.person.reached_as() for each in seat.occupancy.deputies if each.person]
    others = [name for name in others if name not in names]
    if others:
        words.append(visit.language._("deputy {names}", names=visit.language.join(others)))
    return f"{names or visit.language._('Vacant').lower()} ({', '.join(words)})"


def _agreements(visit: Visit, groups: Iterable[Group]) -> list[str]:
    """The agreements that the groups work under, and when each is to be revised."""
    found: dict[int, Agreement] = {
        group.agreement.id: group.agreement for group in groups if group.agreement is not None
    }
    if not found:
        return []
    heading = visit.language._("Under the agreement")
    return [f"**{heading}**", *(f"- {_agreement(visit, each)}" for each in found.values())]


def _agreement(visit: Visit, agreement: Agreement) -> str:
    if agreement.next_revision_on is None:
        return agreement.name
    day = visit.language.day(agreement.next_revision_on)
    if agreement.next_revision_on < visit.on:
        return visit.language._(
            "{name}, should have been revised by {day}", name=agreement.name, day=day
        )
    return visit.language._("{name}, to be revised by {day}", name=agreement.name, day=day)


def _involvement(visit: Visit, standing: Standing) -> list[str]:
    """The priority areas of the day by how far the district is involved in them."""
    facts, district = standing.facts, standing.district
    if district is None or not facts.involved:
        return []
    found: dict[Degree, list[str]] = {}
    for area in facts.areas:
        degree = facts.degree(area.code, district) if area.holds_on(visit.on) else None
        if degree is not None:
            found.setdefault(degree, []).append(area.name(visit.language.code))
    lines = [
        f"- {visit.language._(word)}: {visit.language.join(found[degree])}"
        for degree, word in DEGREES.items()
        if degree in found
    ]
    return [f"**{visit.language._('Involvement')}**", *lines] if lines else []


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
