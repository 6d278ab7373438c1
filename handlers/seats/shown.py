"""The seats of a group as those who change them see them: what each is, and who has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from handlers.people import fitting
from models.groups import Group, Seat, SeatRole
from models.language import Language
from models.people.organisations import Person
from models.seats.holders import seats_ever
from models.seats.occupancy import Filling, Occupancy, occupancies
from models.seats.plans import pattern, seat_rows
from models.wording import role_word


@dataclass(frozen=True)
class ShownSeat:
    """A seat on a day: the row that says what it is, how it is filled, and who comes next.

    `occupancy` is empty for a seat that is not there yet.
    """

    row: Seat
    occupancy: Occupancy | None
    coming: Seat | None

    @property
    def position(self) -> str:
        """The seat's position."""
        return self.row.position

    @property
    def names_nobody(self) -> bool:
        """Whether no person has the seat, though a deputy may act in it or it is on demand."""
        return self.holder is None and not self.is_in_conflict

    @property
    def is_vacant(self) -> bool:
        """Whether the seat is nobody's; one on demand that names nobody is its organisation's."""
        is_held = self.occupancy is not None and self.occupancy.filling is Filling.HELD
        return self.names_nobody and not is_held

    @property
    def is_in_conflict(self) -> bool:
        """Whether two are noted for the seat at once."""
        return self.occupancy is not None and self.occupancy.filling is Filling.IN_CONFLICT

    @property
    def holder(self) -> Person | None:
        """Who has the seat, or will have it when it comes to be; nobody in a conflict."""
        if self.occupancy is None:
            return self.row.person
        if self.occupancy.filling is Filling.HELD:
            return self.occupancy.acting
        if self.occupancy.filling is Filling.DEPUTISED and self.occupancy.mandates:
            return self.occupancy.mandates[0].person
        return None


def group_rows(session: Session, group: Group) -> list[Seat]:
    """All rows of a group's seats that are believed now."""
    query = seats_ever().where(Seat.group_id == group.id).order_by(Seat.code)
    return list(session.scalars(query).unique())


def seats_shown(rows: Sequence[Seat], on: date) -> list[ShownSeat]:
    """The seats there are on a day or will be, the vacant first, then in the roles' order."""
    there = {found.position: found for found in occupancies(rows, on)}
    found = [_shown(rows, each, there.get(each), on) for each in {row.position for row in rows}]
    order = list(SeatRole)
    return sorted(
        (seat for seat in found if seat is not None),
        key=lambda seat: (not seat.is_vacant, order.index(seat.row.role), seat.position),
    )


def _shown(
    rows: Sequence[Seat], position: str, occupancy: Occupancy | None, on: date
) -> ShownSeat | None:
    mine = seat_rows(rows, position)
    coming = next((row for row in mine if row.valid_from > on), None)
    row = pattern(mine, on) if occupancy else coming
    return ShownSeat(row, occupancy, coming) if row is not None else None


def seat_name(language: Language, row: Seat) -> str:
    """What a seat is: ordförande, LPO Farsta."""
    return f"{role_word(language, row.role).lower()}, {row.organisation.name}"


def seat_label(language: Language, seat: ShownSeat) -> str:
    """A seat among others to choose: what it is and who has it, in at most 75 signs."""
    name = seat_name(language, seat.row)
    holder = seat.holder.shown_as() if seat.holder else _unnamed(language, seat)
    return fitting(f"{name[0].upper()}{name[1:]} – {holder}")


def _unnamed(language: Language, seat: ShownSeat) -> str:
    """What a seat without a person is: vacant, or there when its organisation is needed."""
    return language._("vacant") if seat.is_vacant else language._("When needed").lower()
