"""A planned change of a group's seats, and the rows that it writes.

All here is calculation on the rows of the group as they are believed; `carry_out` alone writes.
What makes a plan impossible stands in `seat_faults`, what it would cause in `seat_warnings`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.groups import Group, Seat, SeatBasis, SeatRole
from models.intervals import A_DAY
from models.people.organisations import Organisation, Person
from models.places.place import District
from models.seats.changes import ChangeKind, Ledger

REASON_LENGTH = 300


@dataclass(frozen=True)
class Plan:
    """A change as somebody wants it; an ending's `first` is the first day without its holder.

    `position` is the seat that is written to, of a deputy a new one; `deputised` then is the
    seat that the deputy is for. `withdrawn` lets the seat go when the mandate ends.
    """

    kind: ChangeKind
    group: Group
    position: str
    first: date
    until: date | None = None
    person: Person | None = None
    organisation: Organisation | None = None
    role: SeatRole = SeatRole.MEMBER
    represents: tuple[District, ...] = ()
    deputised: str = ""
    withdrawn: bool = False
    reason: str = ""

    @property
    def ends(self) -> bool:
        """Whether a mandate ends and nobody comes in its place."""
        return self.kind is ChangeKind.ENDED


@dataclass(frozen=True)
class Said:
    """What a row says: who holds which seat for whom, from a day until another."""

    position: str
    first: date
    until: date | None
    person: Person | None
    organisation: Organisation
    role: SeatRole
    represents: tuple[District, ...] = ()
    deputy_for: Seat | None = None
    stands_in: bool = False
    basis: SeatBasis = SeatBasis.ORDINARY
    reason: str = ""
    approved_by: str = ""
    remark: str = ""

    @classmethod
    def by(cls, row: Seat) -> Said:
        """What a row says now."""
        return cls(
            position=row.position,
            first=row.valid_from,
            until=row.valid_until,
            person=row.person,
            organisation=row.organisation,
            role=row.role,
            represents=tuple(row.represents),
            deputy_for=row.deputy_for,
            stands_in=bool(row.stands_in),
            basis=row.basis,
            reason=row.reason or "",
            approved_by=row.approved_by or "",
            remark=row.remark or "",
        )

    def vacant(self, first: date, until: date | None) -> Said:
        """The same seat without a holder."""
        return replace(self, first=first, until=until, person=None, remark="")


@dataclass(frozen=True)
class Entry:
    """What is to be written: a new row, what a row says from now on, or that it says nothing."""

    row: Seat | None
    says: Said | None


def entries(plan: Plan, rows: Sequence[Seat]) -> tuple[Entry, ...]:
    """What a plan writes, its own mandate first; the plan should have no faults."""
    mine = seat_rows(rows, plan.position)
    if plan.ends:
        return (*_ending(plan, mine), *_deputies_let_go(plan, rows))
    said = _wanted(plan, mine, rows)
    written = [Entry(None, said)]
    for row in mine:
        if not _meet(row, said.first, said.until):
            continue
        if row.valid_from == said.first and written[0].row is None:
            written[0] = Entry(row, said)
        else:
            written.append(_made_room(row, said))
    return (*written, *_afterwards(plan, mine, written, said))


def seat_rows(rows: Iterable[Seat], position: str) -> list[Seat]:
    """The rows of one seat in the order of time."""
    mine = [row for row in rows if row.position == position]
    return sorted(mine, key=lambda row: (row.valid_from, row.code))


def pattern(mine: Sequence[Seat], on: date) -> Seat | None:
    """The row that says what a seat is on a day: that day's, else the nearest before or after."""
    before = [row for row in mine if row.valid_from <= on]
    valid = [row for row in before if row.holds_on(on)]
    return next(iter([*valid, *before[::-1], *mine]), None)


def rows_after(rows: Sequence[Seat], written: Sequence[Entry]) -> list[Seat]:
    """The rows as they will be, in no database."""
    touched = {entry.row.code for entry in written if entry.row is not None}
    kept = [row for row in rows if row.code not in touched]
    new = [_row(entry.says, number) for number, entry in enumerate(written) if entry.says]
    return [*kept, *new]


def is_held(row: Seat, first: date, until: date | None) -> bool:
    """Whether somebody who has not left holds the row on any day from one until another."""
    if row.person is None:
        return False
    left = row.person.left_on
    end = left if until is None or (left is not None and left < until) else until
    return (end is None or first < end) and _meet(row, first, end)


def is_had(row: Seat) -> bool:
    """Whether the seat is somebody's: a person's, or an organisation's that was co-opted."""
    return row.person is not None or row.basis is SeatBasis.ON_DEMAND


def _meet(row: Seat, first: date, until: date | None) -> bool:
    """Whether a row is valid on any day from one until another."""
    starts_in_time = until is None or row.valid_from < until
    return starts_in_time and (row.valid_until is None or row.valid_until > first)


def _wanted(plan: Plan, mine: Sequence[Seat], rows: Sequence[Seat]) -> Said:
    """The mandate that a plan is about; what it does not say is as the seat was."""
    shape = pattern(mine, plan.first)
    if shape is None:
        return _new(plan, rows)
    return replace(
        Said.by(shape),
        first=plan.first,
        until=_last_of_all(plan, shape),
        person=plan.person,
        organisation=plan.organisation or shape.organisation,
        represents=plan.represents,
        remark="",
    )


def _new(plan: Plan, rows: Sequence[Seat]) -> Said:
    deputised = pattern(seat_rows(rows, plan.deputised), plan.first) if plan.deputised else None
    organisation = plan.organisation or (plan.person.organisation if plan.person else None)
    assert organisation is not None, "a new seat is somebody's"
    return Said(
        position=plan.position,
        first=plan.first,
        until=plan.until or plan.group.valid_until,
        person=plan.person,
        organisation=organisation,
        role=SeatRole.DEPUTY if plan.deputised else plan.role,
        represents=plan.represents,
        deputy_for=deputised,
        stands_in=bool(plan.deputised) and plan.until is not None,
    )


def _last_of_all(plan: Plan, shape: Seat) -> date | None:
    """The end of a mandate: as said, else that of a seat for a time, else the group's own."""
    for_a_time = shape.stands_in or shape.basis is SeatBasis.ON_DEMAND
    return plan.until or (shape.valid_until if for_a_time else None) or plan.group.valid_until


def _made_room(row: Seat, said: Said) -> Entry:
    """What becomes of a row that a mandate takes days from."""
    before = Said.by(row)
    if row.valid_from < said.first:
        return Entry(row, replace(before, until=said.first))
    if said.until is not None and (row.valid_until is None or row.valid_until > said.until):
        return Entry(row, replace(before, first=said.until))
    return Entry(row, None)


def _ending(plan: Plan, mine: Sequence[Seat]) -> list[Entry]:
    cut = [
        Entry(row, replace(Said.by(row), until=plan.first, remark=_remark(row, plan.reason)))
        for row in mine
        if (is_had(row) or plan.withdrawn) and row.holds_on(plan.first - A_DAY)
    ]
    said = cut[0].says
    assert said is not None, "an ending has a mandate or a vacancy that ends"
    return [*cut, *_afterwards(plan, mine, cut, said)]


def _remark(row: Seat, reason: str) -> str:
    return " · ".join(text for text in (row.remark or "", reason) if text)


def _afterwards(
    plan: Plan, mine: Sequence[Seat], written: Sequence[Entry], said: Said
) -> list[Entry]:
    """What follows the end of a mandate: a vacancy until the next one, or no seat at all."""
    if said.until is None:
        return []
    touched = {entry.row.code for entry in written if entry.row is not None}
    later = [row for row in mine if row.code not in touched and row.valid_from >= said.until]
    if plan.withdrawn:
        return [Entry(row, None) for row in later]
    starts = [entry.says.first for entry in written if entry.says]
    shifted = [start for start in starts if start >= said.until]
    follows = min((*(row.valid_from for row in later), *shifted), default=_end(mine))
    if said.stands_in or said.basis is SeatBasis.ON_DEMAND:
        return []
    if said.until == plan.group.valid_until or (follows is not None and follows <= said.until):
        return []
    return [Entry(None, said.vacant(said.until, follows))]


def _end(mine: Sequence[Seat]) -> date | None:
    """The day from which a seat is not there any more, if there is one."""
    ends = [row.valid_until for row in mine if row.valid_until is not None]
    return max(ends) if ends and len(ends) == len(mine) else None


def _deputies_let_go(plan: Plan, rows: Sequence[Seat]) -> list[Entry]:
    """Who was a deputy for a seat that is withdrawn is so no longer."""
    if not plan.withdrawn:
        return []
    return [
        Entry(row, replace(Said.by(row), until=plan.first) if row.valid_from < plan.first else None)
        for row in rows
        if row.deputy_for is not None
        and row.deputy_for.position == plan.position
        and _meet(row, plan.first, None)
    ]


def _row(said: Said, number: int) -> Seat:
    return Seat(code=f"{said.position}+{number}", **_columns(said))


def _columns(said: Said) -> dict[str, object]:
    names = ("position", "person", "organisation", "role", "deputy_for", "stands_in", "basis")
    texts = ("reason", "approved_by", "remark")
    return {
        **{name: getattr(said, name) for name in (*names, *texts)},
        "represents": list(said.represents),
        "valid_from": said.first,
        "valid_until": said.until,
    }


def carry_out(ledger: Ledger, written: Sequence[Entry]) -> None:
    """Writes a plan's entries, in the caller's transaction."""
    group = ledger.change.group
    for entry in written:
        if entry.row is None and entry.says is not None:
            ledger.add(Seat(code="", group_id=group.id, **_columns(entry.says)))
        elif entry.row is not None and entry.says is not None:
            ledger.revise(entry.row, **_columns(entry.says))
        elif entry.row is not None:
            ledger.withdraw(entry.row)
