"""What meetings have agreed in a time, for whoever tells of it: decisions and action points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from models.groups import Group
from models.meetings.action_points import ActionPoint, PointEvent
from models.meetings.decisions import Decided, DecisionWording, decisions_between, of_group
from models.meetings.meeting import Decision, Meeting
from models.meetings.points import PointFacts, points_known


@dataclass(frozen=True)
class Minutes:
    """Decisions known in `[since, until)`, the points that it changed, and those open at its end.

    Each decision and point stands there once, as it read at the end: what was said of two periods
    that follow each other is, taken together, what is said of both. `known_points` are both kinds.
    """

    decisions: tuple[Decided, ...] = ()
    known_points: tuple[PointFacts, ...] = ()
    since: datetime | None = None

    @property
    def points(self) -> tuple[PointFacts, ...]:
        """The points with which anything was done in the period."""
        return tuple(each for each in self.known_points if self._is_within(each.step.at))

    @property
    def open_points(self) -> tuple[PointFacts, ...]:
        """The points that were open at the end, by their last day."""
        return tuple(each for each in self.known_points if each.is_open)

    @property
    def is_news(self) -> bool:
        """Whether anything was decided, given somebody to do, or done in the period."""
        return bool(self.decisions or self.new_points or self.done_points)

    @property
    def new_points(self) -> tuple[PointFacts, ...]:
        """The open points that were written in the period."""
        return tuple(each for each in self.open_points if self._is_within(each.point.at))

    @property
    def done_points(self) -> tuple[PointFacts, ...]:
        """The points that were done in the period."""
        return tuple(each for each in self.points if each.step.event is PointEvent.DONE)

    @property
    def carried_points(self) -> tuple[PointFacts, ...]:
        """The open points that are carried forward from before the period."""
        return tuple(each for each in self.open_points if not self._is_within(each.point.at))

    def _is_within(self, at: datetime) -> bool:
        return self.since is None or at >= self.since


def minutes(
    session: Session, group: Group, since: datetime, until: datetime, *, restricted: bool = False
) -> Minutes:
    """What a group's meetings have agreed that became known in `[since, until)`.

    In at most five queries, however much it is. What is restricted to the group is left out unless
    whoever is told may see it.
    """
    of = of_group(group)
    return Minutes(
        tuple(decisions_between(session, of, since, until, restricted=restricted)),
        tuple(points_known(session, of, since, until, restricted=restricted)),
        since,
    )


def minutes_of_groups(
    session: Session,
    groups: Sequence[int],
    since: datetime,
    until: datetime,
    *,
    restricted: bool = False,
) -> dict[int, Minutes]:
    """The same of many groups by their ids, in as many queries as of one."""
    of = Meeting.group_id.in_(groups)
    decisions: dict[int, list[Decided]] = defaultdict(list)
    points: dict[int, list[PointFacts]] = defaultdict(list)
    for decided in decisions_between(session, of, since, until, restricted=restricted):
        decisions[decided.decision.meeting.group_id].append(decided)
    for point in points_known(session, of, since, until, restricted=restricted):
        points[point.point.meeting.group_id].append(point)
    return {each: Minutes(tuple(decisions[each]), tuple(points[each]), since) for each in groups}


def minutes_of(
    session: Session, meeting: Meeting, since: datetime | None, until: datetime
) -> Minutes:
    """What one meeting agreed, as far as it became known in `[since, until)`, for its group.

    Without `since` all that was known before `until`. The open points are those of the group.
    """
    only: ColumnElement[bool] = Meeting.id == meeting.id
    return Minutes(
        tuple(decisions_between(session, only, since, until, restricted=True)),
        tuple(points_known(session, of_group(meeting.group), since, until, restricted=True)),
        since,
    )


def written_lately(session: Session, since: datetime) -> list[tuple[Meeting, tuple[datetime, ...]]]:
    """The meetings of which something was written since a moment, with when that was."""
    worded = (
        select(Decision.meeting_id, DecisionWording.at)
        .join(DecisionWording.decision)
        .where(DecisionWording.at >= since)
    )
    given = select(ActionPoint.meeting_id, ActionPoint.at).where(ActionPoint.at >= since)
    moments: dict[int, list[datetime]] = defaultdict(list)
    for number, at in (*session.execute(worded), *session.execute(given)):
        moments[number].append(at)
    query = (
        select(Meeting)
        .where(Meeting.id.in_(moments), Meeting.cancelled.is_(False))
        .options(joinedload(Meeting.group))
        .order_by(Meeting.id)
    )
    held = session.scalars(query) if moments else ()
    return [(each, tuple(moments[each.id])) for each in held]
