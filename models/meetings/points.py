"""How action points stand at a moment, and what is done to them.

A point that became a measure is followed as that measure, and is open as long as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Row, Select, func, or_, select, true
from sqlalchemy.orm import Session, aliased, joinedload

from models.audit import record
from models.measures.measure import Measure, MeasureStatus, ProgressReport
from models.measures.progress import last_of_measure
from models.meetings.action_points import ActionPoint, ActionPointStep, PointEvent
from models.meetings.plans import By
from models.people.organisations import Person


@dataclass(frozen=True)
class MeasureSaid:
    """What a measure said of itself at a moment."""

    code: str
    title: str
    owner: Person | None
    due_on: date | None


@dataclass(frozen=True)
class PointFacts:
    """A point as it stood at a moment; of a measure its own words count.

    They are those of `measure_said`, where it is known what the measure said then, else of now.
    """

    point: ActionPoint
    step: ActionPointStep
    is_open: bool
    measure_said: MeasureSaid | None = None

    @property
    def text(self) -> str:
        """What is to be done."""
        measure = self._measure
        return f"{measure.code} {measure.title}" if measure else self.step.text

    @property
    def owner(self) -> Person | None:
        """Who does it; a measure may have lost its owner."""
        return self._measure.owner if self._measure else self.step.owner

    @property
    def due_on(self) -> date | None:
        """The last day."""
        return self._measure.due_on if self._measure else self.step.due_on

    @property
    def _measure(self) -> MeasureSaid | Measure | None:
        return self.measure_said or self.point.measure

    @property
    def is_open_task(self) -> bool:
        """Whether it is still to be done, and followed as the point that it is."""
        return self.is_open and self.point.measure is None

    def is_ownerless(self, on: date) -> bool:
        """Whether nobody does it any more: its owner has left."""
        return self.owner is None or not self.owner.is_active(on)

    def days_late(self, on: date) -> int:
        """How many days an open point is past its last day; 0 where it is not."""
        due = self.due_on
        return max(0, (on - due).days) if self.is_open and due is not None else 0


@dataclass(frozen=True)
class Task:
    """What somebody is to do by when, and why by then."""

    text: str
    owner: Person
    due_on: date
    reason: str = ""


def write(session: Session, point: ActionPoint, task: Task, by: By) -> ActionPoint:
    """Writes a new point of a meeting down."""
    point.at = by.at
    session.add(point)
    session.flush()
    _step(session, point, PointEvent.WRITTEN, task, by)
    return point


def change(session: Session, facts: PointFacts, task: Task, by: By) -> ActionPointStep:
    """Gives an open point another text, owner or last day."""
    return _step(session, facts.point, PointEvent.CHANGED, task, by)


def set_event(
    session: Session, facts: PointFacts, event: PointEvent, by: By
) -> ActionPointStep | None:
    """Closes a point or opens it again; None where it stands so already."""
    if facts.step.event.closes == event.closes:
        return None
    step = facts.step
    return _step(session, facts.point, event, Task(step.text, step.owner, step.due_on), by)


def _step(
    session: Session, point: ActionPoint, event: PointEvent, task: Task, by: By
) -> ActionPointStep:
    row = ActionPointStep(
        point=point,
        event=event,
        text=task.text,
        owner=task.owner,
        due_on=task.due_on,
        person=by.person,
        at=by.at,
        reason=task.reason,
        source=by.source,
    )
    # What was asked before was about how it stood then.
    point.asked_at, point.times_asked = None, 0
    session.add(row)
    session.flush()
    record(session, by.person, f"action_point_{event.value}", f"action_point:{point.id}", by.at)
    return row


def open_points(
    session: Session,
    of: ColumnElement[bool],
    at: datetime | None = None,
    *,
    restricted: bool,
) -> list[PointFacts]:
    """The points that were open at a moment, else now, by their last day; `of` says which."""
    rows = session.execute(_standing(at).where(of, *_seen(restricted), ~_closed()))
    return [each for each in _facts(rows) if each.is_open]


def points_known(
    session: Session,
    of: ColumnElement[bool],
    since: datetime | None,
    until: datetime | None,
    *,
    restricted: bool,
) -> list[PointFacts]:
    """The points that were open at the end of `[since, until)`, or with which it did anything."""
    told = true() if since is None else or_(~_closed(), ActionPointStep.at >= since)
    rows = session.execute(_standing(until).where(of, told, *_seen(restricted)))
    return list(_facts(rows))


def point_now(session: Session, point: ActionPoint) -> PointFacts:
    """A point as it stands."""
    rows = session.execute(_standing(None).where(ActionPoint.id == point.id))
    return next(iter(_facts(rows)))


Standing = tuple[ActionPoint, ActionPointStep, MeasureStatus | None]


def _standing(until: datetime | None) -> Select[*Standing]:
    """Each point with its last step, or its last before a moment, and what its measure's says."""
    later = aliased(ActionPointStep)
    newer = select(later.id).where(
        later.point_id == ActionPointStep.point_id, later.id > ActionPointStep.id
    )
    query = (
        select(ActionPoint, ActionPointStep, ProgressReport.status)
        .join(ActionPointStep, ActionPointStep.point_id == ActionPoint.id)
        .join(ActionPoint.meeting)
        .outerjoin(ActionPoint.measure)
        .outerjoin(ProgressReport, ProgressReport.id == last_of_measure(until))
        .options(
            joinedload(ActionPoint.meeting),
            joinedload(ActionPoint.decision),
            joinedload(ActionPoint.measure).joinedload(Measure.owner),
            joinedload(ActionPointStep.owner),
        )
        .order_by(func.coalesce(Measure.due_on, ActionPointStep.due_on), ActionPoint.id)
    )
    if until is not None:
        newer = newer.where(later.at < until)
        query = query.where(ActionPointStep.at < until)
    return query.where(~newer.exists())


def _closed() -> ColumnElement[bool]:
    return ActionPointStep.event.in_([each for each in PointEvent if each.closes])


def _seen(restricted: bool) -> tuple[ColumnElement[bool], ...]:
    return () if restricted else (ActionPoint.restricted.is_(False),)


def _facts(rows: Iterable[Row[*Standing]]) -> Iterable[PointFacts]:
    for point, step, status in rows:
        done = status is not None and status.is_closed
        yield PointFacts(point, step, not (step.event.closes or done))


def is_owned_by(person: Person) -> ColumnElement[bool]:
    """The points that somebody is to do, also those that became measures."""
    as_task = (ActionPoint.measure_id.is_(None)) & (ActionPointStep.owner_id == person.id)
    return or_(as_task, Measure.owner_id == person.id)
