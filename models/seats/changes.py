"""Changes of seats: rows are never overwritten; what was believed before stays, and can come back.

The living row keeps its id and its code, so that imports and references find it; what it said
before is kept beside it as superseded, with a code that says which copy it is (`FAR-BER-01~2`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.audit import record
from models.base import Base, enum_column
from models.groups import Group, Seat
from models.people.organisations import Person

COPIED = (
    "position",
    "group_id",
    "role",
    "organisation_id",
    "person_id",
    "deputy_for_id",
    "basis",
    "stands_in",
    "valid_from",
    "valid_until",
    "reason",
    "approved_by",
    "remark",
)


class ChangeKind(StrEnum):
    """What was done with the seats of a group."""

    APPOINTED = "appointed"
    REPLACED = "replaced"
    ENDED = "ended"
    DEPUTY_NAMED = "deputy_named"
    CO_OPTED = "co_opted"
    UNDONE = "undone"


class SeatChange(Base):
    """One change that a member made to a group's seats; an undo is a change that points at it."""

    __tablename__ = "seat_change"
    __table_args__ = (UniqueConstraint("undoes_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column()
    kind: Mapped[ChangeKind] = mapped_column(enum_column(ChangeKind))
    group_id: Mapped[int] = mapped_column(ForeignKey("cooperation_group.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("seat_change.id"), default=None)

    group: Mapped[Group] = relationship()
    person: Mapped[Person | None] = relationship()
    steps: Mapped[list[SeatChangeStep]] = relationship(order_by="SeatChangeStep.id")


class SeatChangeStep(Base):
    """A row that a change touched, and the copy of what it said before; none when it was new."""

    __tablename__ = "seat_change_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("seat_change.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    before_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"), default=None)

    seat: Mapped[Seat] = relationship(foreign_keys=[seat_id])
    before: Mapped[Seat | None] = relationship(foreign_keys=[before_id])


class ChangedSince(Exception):
    """A row has been changed since, so that the change cannot simply be undone."""


def keep_belief(session: Session, seat: Seat, at: datetime) -> Seat:
    """Keeps what a seat's row says until now as a superseded copy; the row is believed from now."""
    earlier = session.scalar(
        select(func.count()).where(Seat.code.startswith(f"{seat.code}~", autoescape=True))
    )
    copy = Seat(**{name: getattr(seat, name) for name in COPIED})
    copy.code = f"{seat.code}~{(earlier or 0) + 1}"
    copy.recorded_at = seat.recorded_at
    copy.superseded_at = at
    copy.represents = list(seat.represents)
    session.add(copy)
    seat.recorded_at = at
    return copy


@dataclass(frozen=True)
class Ledger:
    """Writes one change of a group's seats, row by row, in the caller's transaction."""

    session: Session
    change: SeatChange

    @classmethod
    def open(
        cls, session: Session, kind: ChangeKind, group: Group, by: Person | None, at: datetime
    ) -> Ledger:
        """Begins a change; the audit log gets its row."""
        change = SeatChange(kind=kind, group_id=group.id, at=at, person_id=by.id if by else None)
        session.add(change)
        session.flush()
        record(session, by, f"seats_{kind.value}", f"group:{group.code}", at, change=change.id)
        return cls(session, change)

    def add(self, seat: Seat) -> Seat:
        """Adds a new row; its code follows from its position where it has none."""
        if not seat.code:
            seat.code = next_code(self.session, seat.position)
        seat.recorded_at = self.change.at
        self.session.add(seat)
        self.session.flush()
        self._step(seat, None)
        return seat

    def revise(self, seat: Seat, **values: Any) -> Seat:
        """Changes what a living row says from now on; what it said stays as a copy."""
        before = keep_belief(self.session, seat, self.change.at)
        for name, value in values.items():
            setattr(seat, name, value)
        self.session.flush()
        self._step(seat, before)
        return seat

    def withdraw(self, seat: Seat) -> None:
        """Believes a row no more, with nothing in its place."""
        seat.superseded_at = self.change.at
        self.session.flush()
        self._step(seat, seat)

    def _step(self, seat: Seat, before: Seat | None) -> None:
        self.session.add(
            SeatChangeStep(
                change_id=self.change.id,
                seat_id=seat.id,
                before_id=before.id if before else None,
            )
        )
        self.session.flush()


def next_code(session: Session, position: str) -> str:
    """A code for one more row of a position: the position itself, then `…-2`, `…-3`."""
    taken = set(session.scalars(select(Seat.code).where(Seat.code.startswith(position))))
    if position not in taken:
        return position
    return next(code for n in range(2, len(taken) + 3) if (code := f"{position}-{n}") not in taken)


def next_position(session: Session, group: Group) -> str:
    """A position that the group has not had: its code and the next number."""
    rows = session.scalars(select(Seat.position).where(Seat.group_id == group.id).distinct())
    tails = [row.removeprefix(f"{group.code}-").partition("-")[0] for row in rows]
    numbers = [int(tail) for tail in tails if tail.isdigit()]
    return f"{group.code}-{max(numbers, default=0) + 1:02d}"


def undo(session: Session, change: SeatChange, by: Person | None, at: datetime) -> SeatChange:
    """Takes a change back, as a change of its own; the rows say again what they said before.

    Raises `ChangedSince` when one of its rows has been changed after it, or it was undone.
    """
    if _is_overtaken(session, change):
        raise ChangedSince
    ledger = Ledger.open(session, ChangeKind.UNDONE, change.group, by, at)
    ledger.change.undoes_id = change.id
    for step in reversed(change.steps):
        if step.before is None:
            ledger.withdraw(step.seat)
        elif step.before is step.seat:
            _believe_again(ledger, step.seat)
        else:
            ledger.revise(step.seat, **_said(step.before))
    session.flush()
    return ledger.change


def changes_of(session: Session, group: Group, *, most: int) -> Sequence[SeatChange]:
    """A group's latest changes, the newest first."""
    query = select(SeatChange).where(SeatChange.group_id == group.id)
    return session.scalars(query.order_by(SeatChange.id.desc()).limit(most)).all()


def _is_overtaken(session: Session, change: SeatChange) -> bool:
    touched = [step.seat_id for step in change.steps]
    later = select(SeatChangeStep.id).where(
        SeatChangeStep.seat_id.in_(touched), SeatChangeStep.change_id > change.id
    )
    return session.scalars(later.limit(1)).first() is not None or any(
        step.seat.recorded_at > change.at for step in change.steps
    )


def _said(before: Seat) -> dict[str, Any]:
    return {**{name: getattr(before, name) for name in COPIED}, "represents": before.represents}


def _believe_again(ledger: Ledger, seat: Seat) -> None:
    """A withdrawn row's facts come back as a new row: between, nobody believed them."""
    copy = Seat(code="", **_said(seat))
    ledger.add(copy)
