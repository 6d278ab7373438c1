"""Handing over action points: what a former holder of a seat was to do becomes the successor's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit import record
from models.groups import Group
from models.measures.ownership import has_no_seat_in_group
from models.meetings import points
from models.meetings.action_points import ActionPoint, ActionPointStep
from models.meetings.meeting import Meeting
from models.meetings.plans import By
from models.meetings.points import PointFacts, Task, open_points, point_now
from models.people.organisations import Person
from models.records import AuditEntry
from models.seats.changes import SeatChange

MOVED = "action_point_moved"


def points_left(
    session: Session, group: Group, people: Iterable[int], on: date
) -> list[PointFacts]:
    """The open tasks of people who hold no seat in the group any more."""
    return _left(session, on, group.id, set(people))


def points_behind(session: Session, on: date) -> set[tuple[int, int]]:
    """Group and owner of every open task whose owner holds no seat in its group."""
    return {(each.point.meeting.group_id, each.step.owner_id) for each in _left(session, on)}


def _left(
    session: Session, on: date, group: int | None = None, people: Collection[int] | None = None
) -> list[PointFacts]:
    of = has_no_seat_in_group(on, ActionPointStep.owner_id, Meeting.group_id)
    of &= ActionPoint.measure_id.is_(None)
    if group is not None:
        of &= Meeting.group_id == group
    if people is not None:
        of &= ActionPointStep.owner_id.in_(people)
    return open_points(session, of, restricted=True)


def pass_on(
    session: Session, found: Iterable[PointFacts], heir: Person, at: datetime, **why: object
) -> None:
    """Gives the points to somebody; `why` says which seat or which undoing has done it."""
    for each in found:
        step = each.step
        detail = {"from": step.owner_id, "to": heir.id, **why}
        task = Task(step.text, heir, step.due_on, step.reason)
        points.change(session, each, task, By(None, at))
        record(session, None, MOVED, f"action_point:{each.point.id}", at, **detail)


def points_now(session: Session, found: Iterable[PointFacts]) -> tuple[PointFacts, ...]:
    """The same points as they stand."""
    return tuple(point_now(session, each.point) for each in found)


def take_back_points(
    session: Session, change: SeatChange, seats: Collection[str], at: datetime
) -> None:
    """Gives back what handovers of these seats have moved, where the successor still has it."""
    query = select(AuditEntry).where(AuditEntry.action == MOVED, AuditEntry.at >= change.at)
    for move in session.scalars(query.order_by(AuditEntry.id.desc())).all():
        if move.detail.get("seat", "") not in seats:
            continue
        number = int(move.subject.removeprefix("action_point:"))
        facts = point_now(session, session.get_one(ActionPoint, number))
        if facts.is_open_task and facts.step.owner_id == move.detail["to"]:
            former = session.get_one(Person, move.detail["from"])
            pass_on(session, [facts], former, at, undoes=change.id)
