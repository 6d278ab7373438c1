"""Handing over: what the former holder of a seat answered for becomes the successor's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session, joinedload

from models.audit import record
from models.delivery.outbox import Delivery, DeliveryState
from models.groups import Group, Seat
from models.measures import changes as measure_changes
from models.measures.changes import HANDOVER, Made
from models.measures.measure import Measure
from models.measures.ownership import has_no_seat_in_group, seated
from models.measures.workload import open_measures
from models.meetings.meeting import Meeting
from models.meetings.points import PointFacts
from models.people.organisations import Person
from models.records import AuditEntry
from models.schedule import local_day
from models.seats.changes import SeatChange
from models.seats.empty import is_held
from models.seats.holders import believed, seats_ever, seats_on
from models.seats.point_handover import (
    pass_on,
    points_behind,
    points_left,
    points_now,
    take_back_points,
)

MOVED = "measure_moved"
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Handover:
    """What a former holder has left to the successor in a group."""

    group: Group
    former: Person
    successor: Person
    measures: tuple[Measure, ...]
    points: tuple[PointFacts, ...] = ()


@dataclass(frozen=True)
class Succession:
    """A mandate that was held, and the one of the same seat that is held in its place."""

    ended: Seat
    successor: Seat
    is_fresh: bool
    """Whether the successor has just begun; an older one only takes over what was left behind."""


def message_key(successor: Seat, former: Person) -> str:
    """What names a handover, for its occasion and for its messages."""
    return f"handover:{successor.id}:{former.id}:{successor.person_id}"


def hand_over(session: Session, ended: Seat, successor: Seat, at: datetime) -> Handover | None:
    """Gives the successor the open measures and points that the former holder left in the group.

    Who still holds another seat in the group keeps them. None where there is no successor on the
    day, or where nothing was to be handed over and no meeting lies ahead. A second time moves
    nothing.
    """
    group, former, heir = successor.group, ended.person, successor.person
    on = local_day(at, group.zone)
    if former is None or heir is None or former is heir or not is_held(successor, on):
        return None
    left = open_measures(
        session,
        Measure.group_id == group.id,
        Measure.owner_id == former.id,
        has_no_seat_in_group(on),
    )
    for measure in left:
        _move(session, measure, heir, at, seat=successor.code)
    points = points_left(session, group, [former.id], on)
    pass_on(session, points, heir, at, seat=successor.code)
    session.flush()
    if not left and not points and not meetings_ahead(session, group, at):
        return None
    return Handover(group, former, heir, tuple(left), points_now(session, points))


def take_back(session: Session, change: SeatChange, at: datetime) -> list[Measure]:
    """Gives back what handovers caused by a change have moved; returns the measures of it.

    What has moved on since, and is no longer the successor's, stays where it is. A message about
    the handover that has not gone out yet never does.
    """
    seats = {step.seat.code: step.seat for step in change.steps}
    moves = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.action == MOVED, AuditEntry.at >= change.at)
        .order_by(AuditEntry.id.desc())
    ).all()
    back = []
    for move in moves:
        seat = seats.get(move.detail.get("seat", ""))
        measure = _moved(session, move) if seat is not None else None
        if measure is not None:
            former = session.get_one(Person, move.detail["from"])
            _move(session, measure, former, at, undoes=change.id)
            back.append(measure)
    take_back_points(session, change, seats, at)
    _call_off(session, seats.values())
    session.flush()
    return back


def given_back(session: Session, change: SeatChange) -> dict[Person, list[str]]:
    """To whom measures went back when a change was undone, with their codes."""
    moves = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.action == MOVED, AuditEntry.at >= change.at)
        .order_by(AuditEntry.id)
    )
    found: dict[Person, list[str]] = {}
    for move in moves:
        if move.detail.get("undoes") == change.id:
            person = session.get_one(Person, move.detail["to"])
            found.setdefault(person, []).append(move.subject.removeprefix("measure:"))
    return {person: sorted(codes) for person, codes in found.items()}


def successions(session: Session, on: date) -> list[Succession]:
    """The mandates that have successors on a day, where something may be to hand over.

    Those whose successor began on the day or the day before, and those who have left open
    measures behind in the group, whenever it was. In a constant number of queries.
    """
    fresh = _fresh(session, on)
    known = {(each.ended.person_id, each.successor.id) for each in fresh}
    late = [
        each
        for each in _late(session, on)
        if (each.ended.person_id, each.successor.id) not in known
    ]
    return [*fresh, *late]


def meetings_ahead(session: Session, group: Group, at: datetime) -> Sequence[Meeting]:
    """A group's meetings that are still to come, the next first."""
    query = select(Meeting).where(
        Meeting.group_id == group.id, Meeting.starts_at >= at, Meeting.cancelled.is_(False)
    )
    return session.scalars(query.order_by(Meeting.starts_at)).all()


def _move(session: Session, measure: Measure, to: Person, at: datetime, **why: object) -> None:
    detail = {"from": measure.owner_id, "to": to.id, **why}
    measure_changes.change(session, measure, {"owner": to}, Made(None, at, HANDOVER))
    record(session, None, MOVED, f"measure:{measure.code}", at, **detail)


def _moved(session: Session, move: AuditEntry) -> Measure | None:
    """The measure of a move, if it still belongs to whom it was moved to."""
    code = move.subject.removeprefix("measure:")
    measure = session.scalars(select(Measure).where(Measure.code == code)).first()
    return measure if measure and measure.owner_id == move.detail["to"] else None


def _call_off(session: Session, seats: Iterable[Seat]) -> None:
    for seat in seats:
        session.execute(
            delete(Delivery).where(
                Delivery.key.like(f"handover:{seat.id}:%"), Delivery.state == DeliveryState.QUEUED
            )
        )


def _fresh(session: Session, on: date) -> list[Succession]:
    """The mandates that began on the day or the day before, after somebody else's."""
    begun = seats_on(on).where(Seat.valid_from >= on - A_DAY, Seat.person_id.is_not(None))
    new = [seat for seat in session.scalars(begun).unique() if is_held(seat, on)]
    if not new:
        return []
    positions = {seat.position for seat in new}
    rows = session.scalars(seats_ever().where(Seat.position.in_(positions))).unique().all()
    found = []
    for seat in new:
        before = [row for row in rows if row.position == seat.position and _is_before(row, seat)]
        if before:
            ended = max(before, key=lambda row: row.valid_from)
            if ended.person_id != seat.person_id:
                found.append(Succession(ended, seat, is_fresh=True))
    return found


def _is_before(row: Seat, seat: Seat) -> bool:
    """Whether a row says who held the seat before; a vacant time between them does not count."""
    ends = row.valid_until is not None and row.valid_until <= seat.valid_from
    return ends and row.person_id is not None


def _late(session: Session, on: date) -> list[Succession]:
    """The mandates whose holders have left open work behind that a successor should have."""
    left = open_measures(session, Measure.owner_id.is_not(None), has_no_seat_in_group(on))
    pairs = {(each.group_id, each.owner_id) for each in left if each.owner_id is not None}
    pairs |= points_behind(session, on)
    if not pairs:
        return []
    former = _mandates(session, pairs, on)
    current = _current(session, {seat.position for seat in former}, on)
    elsewhere = seated(session, (person for _, person in pairs), on)
    found: dict[tuple[int, int | None], Succession] = {}
    for seat in sorted(former, key=_end):
        heir = current.get(seat.position)
        if heir is not None and _comes_after(heir, seat, elsewhere):
            # The mandate that ended last decides, where somebody has held several.
            found[seat.group_id, seat.person_id] = Succession(seat, heir, is_fresh=False)
    return list(found.values())


def _mandates(session: Session, pairs: set[tuple[int, int]], on: date) -> list[Seat]:
    """What the people have held in the groups, or were believed to until a row was corrected."""
    rows = session.scalars(
        select(Seat)
        .where(
            or_(believed(), Seat.code.contains("~")),
            Seat.group_id.in_({group for group, _ in pairs}),
            Seat.person_id.in_({person for _, person in pairs}),
            Seat.valid_from <= on,
        )
        .options(joinedload(Seat.person), joinedload(Seat.group))
    )
    return [row for row in rows if (row.group_id, row.person_id) in pairs]


def _comes_after(heir: Seat, seat: Seat, elsewhere: set[int]) -> bool:
    """Whether a mandate takes the place of another: it follows, or it corrects the same row.

    A correction may put right who never was in the group at all, so it takes over only what
    otherwise nobody would answer for.
    """
    if heir.person_id == seat.person_id:
        return False
    if seat.superseded_at is None:
        return heir.valid_from > seat.valid_from
    corrects = seat.code.partition("~")[0] == heir.code
    return corrects and seat.person_id not in elsewhere


def _current(session: Session, positions: set[str], on: date) -> dict[str, Seat]:
    """The mandates of the day by seat, where exactly one is valid and it is held."""
    rows = session.scalars(seats_on(on).where(Seat.position.in_(positions))).unique().all()
    by_position: dict[str, list[Seat]] = {}
    for row in rows:
        by_position.setdefault(row.position, []).append(row)
    return {
        position: seats[0]
        for position, seats in by_position.items()
        if len(seats) == 1 and is_held(seats[0], on)
    }


def _end(seat: Seat) -> date:
    return min(
        (day for day in (seat.valid_until, seat.person and seat.person.left_on) if day),
        default=date.max,
    )
