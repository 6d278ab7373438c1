"""How each district is represented in each group on a day, and which groups lack a party.

The facts of one day are loaded with the same few questions however many groups and seats there
are; all that follows is calculation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from models.agreements import Agreement, Level, PriorityArea
from models.base import held_on
from models.drawings import Mark
from models.groups import Group, GroupKind, Seat, SeatRole
from models.people.organisations import Organisation, OrganisationKind, Person
from models.places.place import District
from models.representation.involvement import Degree, Involvement
from models.seats.holders import believed, seats_ever
from models.seats.occupancy import Filling, Occupancy, occupancies

DISTRICT_KINDS = frozenset(
    {OrganisationKind.DISTRICT_BOARD, OrganisationKind.DISTRICT_ADMINISTRATION}
)
"""The organisations whose seats are a district's own voice."""


class Share(StrEnum):
    """Whose voice a district has in a group: its own, another's, none, or it is not concerned."""

    OWN = "own"
    VIA = "via"
    MISSING = "missing"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class SeatOnDay:
    """A seat on a day, with the rows that say whose it is: in a gap the last one before it."""

    occupancy: Occupancy
    rows: tuple[Seat, ...]

    @property
    def row(self) -> Seat:
        """The row that says the seat's role and organisation."""
        return self.rows[0]

    @property
    def is_occupied(self) -> bool:
        """Whether somebody acts in the seat."""
        return self.occupancy.filling in (Filling.HELD, Filling.DEPUTISED)

    @property
    def is_deputys(self) -> bool:
        """Whether the seat is a deputy's, who speaks only in the seat that is deputised."""
        return self.row.role is SeatRole.DEPUTY

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """The organisations that the seat is said to belong to; more than one in a conflict."""
        return tuple({row.organisation.id: row.organisation for row in self.rows}.values())

    @property
    def people(self) -> tuple[Person, ...]:
        """Who acts in the seat; in a conflict all who are said to hold it."""
        if self.occupancy.filling is not Filling.IN_CONFLICT:
            return (self.occupancy.acting,) if self.occupancy.acting else ()
        return tuple(row.person for row in self.rows if row.person is not None)


@dataclass(frozen=True)
class Voice:
    """How a district is represented: the mark, its own seats, and others' that speak for it."""

    mark: Mark
    own: tuple[SeatOnDay, ...] = ()
    via: tuple[SeatOnDay, ...] = ()

    @property
    def share(self) -> Share:
        """Exactly one of own, via, missing and outside."""
        if self.mark is Mark.OUTSIDE:
            return Share.OUTSIDE
        if any(seat.is_occupied for seat in self.own):
            return Share.OWN
        return Share.VIA if self.via else Share.MISSING

    @property
    def seats(self) -> tuple[SeatOnDay, ...]:
        """The seats that explain the mark: the district's own before others'."""
        if self.share is Share.OWN:
            return tuple(seat for seat in self.own if seat.is_occupied)
        return self.via or self.own


@dataclass(frozen=True)
class Beside:
    """What a group has beside its members: vacant seats, deputies who stand ready, on demand."""

    vacant: int = 0
    deputies: int = 0
    on_demand: int = 0

    def __add__(self, other: Beside) -> Beside:
        return Beside(
            self.vacant + other.vacant,
            self.deputies + other.deputies,
            self.on_demand + other.on_demand,
        )


def beside(seats: Iterable[SeatOnDay]) -> Beside:
    """Counts a group's seats that are vacant, deputies' and held on demand, each once."""
    found = list(seats)
    return Beside(
        vacant=sum(s.occupancy.filling is Filling.VACANT and not s.is_deputys for s in found),
        deputies=sum(s.is_occupied and s.is_deputys for s in found),
        on_demand=sum(s.is_occupied and s.occupancy.is_on_demand for s in found),
    )


OUTSIDE = Voice(Mark.OUTSIDE)


def voice(own: Iterable[SeatOnDay], via: Iterable[SeatOnDay]) -> Voice:
    """The voice that seats give: a held seat before a deputised, on demand, disputed or empty."""
    mine, others = tuple(own), tuple(seat for seat in via if seat.is_occupied)
    found = {_mark(seat.occupancy) for seat in mine}
    for mark in (Mark.HELD, Mark.DEPUTISED, Mark.ON_DEMAND, Mark.IN_CONFLICT, Mark.VACANT):
        if mark in found:
            return Voice(mark, mine, others)
    return Voice(Mark.VIA if others else Mark.NONE, mine, others)


def _mark(occupancy: Occupancy) -> Mark:
    if occupancy.filling is Filling.HELD and occupancy.is_on_demand:
        return Mark.ON_DEMAND
    return Mark(occupancy.filling.value)


@dataclass(frozen=True)
class Coverage:
    """The districts by whose voice they have, each in exactly one of the four."""

    own: tuple[District, ...]
    via: tuple[District, ...]
    missing: tuple[District, ...]
    outside: tuple[District, ...]

    @property
    def total(self) -> int:
        """How many districts are concerned."""
        return len(self.own) + len(self.via) + len(self.missing)


def coverage(voices: Sequence[tuple[District, Voice]]) -> Coverage:
    """The districts sorted by whose voice they have."""
    found: dict[Share, list[District]] = {share: [] for share in Share}
    for district, heard in voices:
        found[heard.share].append(district)
    return Coverage(*(tuple(found[share]) for share in Share))


class Breach(StrEnum):
    """What a group lacks by the rules R1 and R2."""

    NO_AGREEMENT = "no_agreement"
    """It belongs to no agreement of its own level (R1)."""
    NO_ADMINISTRATION = "no_administration"
    """A local steering group in which nobody sits for the district's administration (R2)."""
    NO_POLICE = "no_police"
    """A local steering group in which nobody sits for a local police area (R2)."""


def breaches(group: Group, seats: Iterable[SeatOnDay]) -> tuple[Breach, ...]:
    """What a group lacks on a day, given its seats that day."""
    found = [] if _has_agreement(group) else [Breach.NO_AGREEMENT]
    if group.level is Level.LOCAL and group.kind is GroupKind.STEERING:
        kinds = {
            organisation.kind
            for seat in seats
            if seat.is_occupied and not seat.is_deputys
            for organisation in seat.organisations
        }
        if OrganisationKind.DISTRICT_ADMINISTRATION not in kinds:
            found.append(Breach.NO_ADMINISTRATION)
        if OrganisationKind.LOCAL_POLICE_AREA not in kinds:
            found.append(Breach.NO_POLICE)
    return tuple(found)


def _has_agreement(group: Group) -> bool:
    return group.agreement is not None and group.agreement.level is group.level


@dataclass(frozen=True)
class Representation:
    """The facts of a day: districts, groups with their seats, areas and involvement.

    `every_district` are those of all days; `became` says which of the day's each of them is.
    """

    on: date
    known_at: datetime | None
    districts: tuple[District, ...]
    every_district: tuple[District, ...]
    became: dict[int, int]
    groups: tuple[Group, ...]
    seats: dict[int, tuple[SeatOnDay, ...]]
    areas: tuple[PriorityArea, ...]
    involved: tuple[Involvement, ...]

    def voices(self, group: Group) -> list[tuple[District, Voice]]:
        """How each district of the day is represented in a group."""
        return [(district, self.voice(group, district)) for district in self.districts]

    def voice(self, group: Group, district: District) -> Voice:
        """How a district is represented in a group."""
        if not self.concerns(group, district):
            return OUTSIDE
        return voice(*self.speakers(group, district))

    def concerns(self, group: Group, district: District) -> bool:
        """Whether a group is a district's matter: its own or a central one, and its area too."""
        if group.level is Level.LOCAL and district.id not in self._home[group.id]:
            return False
        return self.degree(group.area, district) is not Degree.NOT_CONCERNED

    def speakers(self, group: Group, district: District) -> tuple[list[SeatOnDay], list[SeatOnDay]]:
        """The seats of a district's own, and those of others that speak for it."""
        own, via = [], []
        for seat in self.seats[group.id]:
            if seat.is_deputys:
                continue
            if any(self.is_own(each, district) for each in seat.organisations):
                own.append(seat)
            elif district.id in self._spoken_for(seat):
                via.append(seat)
        return own, via

    def is_own(self, organisation: Organisation, district: District) -> bool:
        """Whether an organisation is a district's own board or administration."""
        if organisation.kind not in DISTRICT_KINDS or organisation.district_id is None:
            return False
        return self.became.get(organisation.district_id) == district.id

    def breaches(self, group: Group) -> tuple[Breach, ...]:
        """What a group lacks by the rules R1 and R2."""
        return breaches(group, self.seats[group.id])

    def degree(self, area: str, district: District) -> Degree | None:
        """How far a district is involved in an area; nobody may have said so."""
        return self._degrees(area).get(district.id) if area else None

    def kin(self, area: str) -> frozenset[str]:
        """The codes of an area, of what it became, and of what it was before."""
        rows = [row for row in self.areas if area in (row.code, row.successor)]
        codes = {row.code for row in rows} | {row.successor for row in rows if row.successor}
        return frozenset({area, *codes})

    def area_in_force(self, area: str) -> str:
        """The area of the day that a group's area is, was or became; else the area itself."""
        force = {row.code for row in self.areas if row.holds_on(self.on)}
        return area if area in force else min(self.kin(area) & force, default=area)

    def area_name(self, area: str, language: str) -> str:
        """An area's name, in the version of the day or the one nearest to it."""
        rows = [row for row in self.areas if row.code == area]
        rows.sort(key=lambda row: (not row.holds_on(self.on), abs(row.valid_from - self.on)))
        return rows[0].name(language) if rows else area

    def _degrees(self, area: str) -> dict[int, Degree]:
        kin = self.kin(area)
        rows = [row for row in self.involved if row.area in kin]
        rows.sort(key=lambda row: (row.area == area, row.valid_from, row.id))
        return {self.became.get(row.district_id, row.district_id): row.degree for row in rows}

    def _spoken_for(self, seat: SeatOnDay) -> set[int | None]:
        return {self.became.get(each.id) for row in seat.rows for each in row.represents}

    @cached_property
    def _home(self) -> dict[int, frozenset[int]]:
        """The districts that each group is for."""
        return {group.id: self._districts_of(group) for group in self.groups}

    def _districts_of(self, group: Group) -> frozenset[int]:
        own = [group.district_id] if group.district_id is not None else []
        if not own and group.agreement is not None:
            own = [each.id for each in group.agreement.districts]
        return frozenset(self.became[each] for each in own if each in self.became)


def load(
    session: Session, groups: Sequence[Group], on: date, known_at: datetime | None = None
) -> Representation:
    """How the groups represent the districts on a day, as known now or at a moment."""
    every = session.scalars(select(District).order_by(District.name)).all()
    involved = select(Involvement).where(held_on(Involvement, on))
    return Representation(
        on=on,
        known_at=known_at,
        districts=tuple(each for each in every if each.holds_on(on)),
        every_district=tuple(every),
        became=_became(every, on),
        groups=tuple(groups),
        seats=seats_of_groups(session, [group.id for group in groups], on, known_at),
        areas=tuple(session.scalars(select(PriorityArea).order_by(PriorityArea.id))),
        involved=tuple(session.scalars(involved)),
    )


def with_agreements() -> tuple[ORMOption, ...]:
    """What a question for groups must bring along for `load` to ask nothing more of each."""
    return (
        joinedload(Group.agreement).selectinload(Agreement.districts),
        joinedload(Group.district),
    )


def _became(districts: Sequence[District], on: date) -> dict[int, int]:
    """Each district that there is on the day, or that became one, and which it is then."""
    by_id = {each.id: each for each in districts}
    found: dict[int, int] = {}
    for district in districts:
        now, seen = district, {district.id}
        while not now.holds_on(on) and now.successor_id is not None and now.valid_from <= on:
            now = by_id[now.successor_id]
            if now.id in seen:
                break
            seen.add(now.id)
        if now.holds_on(on):
            found[district.id] = now.id
    return found


def seats_of_groups(
    session: Session, groups: Sequence[int], on: date, known_at: datetime | None = None
) -> dict[int, tuple[SeatOnDay, ...]]:
    """Every seat that the groups have on a day: chairs, secretary, members, deputies, co-opted."""
    rows: dict[int, list[Seat]] = {group: [] for group in groups}
    for seat in _rows(session, groups, on, known_at):
        rows[seat.group_id].append(seat)
    return {group: seats_from(found, on, known_at) for group, found in rows.items()}


def seats_from(
    rows: Sequence[Seat], on: date, known_at: datetime | None = None
) -> tuple[SeatOnDay, ...]:
    """The seats that a group's rows make on a day, in the order in which groups are shown."""
    found = [_seat(each, rows, on) for each in occupancies(rows, on, known_at)]
    order = list(SeatRole)
    return tuple(sorted(found, key=lambda seat: (order.index(seat.row.role), seat.row.code)))


def _seat(occupancy: Occupancy, rows: Sequence[Seat], on: date) -> SeatOnDay:
    if occupancy.mandates:
        return SeatOnDay(occupancy, occupancy.mandates)
    before = (row for row in rows if row.position == occupancy.position and row.valid_from <= on)
    return SeatOnDay(occupancy, (max(before, key=lambda row: row.valid_from),))


def _rows(
    session: Session, groups: Sequence[int], on: date, known_at: datetime | None
) -> Sequence[Seat]:
    """The rows valid on the day, and all those of a seat that may lie between two of them."""
    mine = Seat.group_id.in_(groups)
    between = (
        select(Seat.position)
        .where(mine, believed(known_at))
        .group_by(Seat.position)
        .having(func.min(Seat.valid_from) <= on, func.max(Seat.valid_from) > on)
    )
    told = or_(held_on(Seat, on), Seat.position.in_(between))
    return session.scalars(seats_ever(known_at).where(mine, told)).unique().all()
