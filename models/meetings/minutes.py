"""What meetings have agreed in a time, for whoever tells of it: decisions and action points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from models.groups import Group
from models.meetings.action_points import PointEvent
from models.meetings.decisions import Decided, decisions_between, of_group
from models.meetings.meeting import Meeting
from models.meetings.points import PointFacts, open_points, points_between


@dataclass(frozen=True)
class Minutes:
    """Decisions and points known in `[since, until)`, and the points that are open at its end.

    Each decision and point stands there once, as it read at the end: what was said of two periods
    that follow each other is, taken together, what is said of both.
    """

    decisions: tuple[Decided, ...] = ()
    points: tuple[PointFacts, ...] = ()
    open_points: tuple[PointFacts, ...] = ()
    since: datetime | None = None

    @property
    def new_points(self) -> tuple[PointFacts, ...]:
        """The open points that were written in the period."""
        return tuple(each for each in self.points if each.is_open and self._is_new(each))

    @property
    def done_points(self) -> tuple[PointFacts, ...]:
        """The points that were done in the period."""
        return tuple(each for each in self.points if each.step.event is PointEvent.DONE)

    @property
    def carried_points(self) -> tuple[PointFacts, ...]:
        """The open points that are carried forward from before the period."""
        return tuple(each for each in self.open_points if not self._is_new(each))

    def _is_new(self, facts: PointFacts) -> bool:
        return self.since is None or facts.point.at >= self.since


def minutes(
    session: Session, group: Group, since: datetime, until: datetime, *, restricted: bool = False
) -> Minutes:
    """What a group's meetings have agreed that became known in `[since, until)`.

    In at most six queries, however much it is. What is restricted to the group is left out unless
    whoever is told may see it.
    """
    of = of_group(group)
    return Minutes(
        tuple(decisions_between(session, of, since, until, restricted=restricted)),
        tuple(points_between(session, of, since, until, restricted=restricted)),
        tuple(open_points(session, of, until, restricted=restricted)),
        since,
    )


def minutes_of(
    session: Session, meeting: Meeting, since: datetime | None, until: datetime
) -> Minutes:
    """What one meeting agreed, as far as it became known in `[since, until)`, for its group.

    Without `since` all that was known before `until`. The open points are those of the group.
    """
    of: ColumnElement[bool] = Meeting.id == meeting.id
    return Minutes(
        tuple(decisions_between(session, of, since, until, restricted=True)),
        tuple(points_between(session, of, since, until, restricted=True)),
        tuple(open_points(session, of_group(meeting.group), until, restricted=True)),
        since,
    )
