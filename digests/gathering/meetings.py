"""The meetings of groups as they were planned at a moment, and what a period did to the plan.

What their agreements and districts say is read along with them: it is one row a group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from digests.facts import MeetingFact, MeetingNews, MeetingNewsKind
from digests.gathering.scope import Rows, Scope
from digests.period import Period
from models.agreements import Agreement
from models.groups import Group
from models.meetings.meeting import Meeting, MeetingChange, MeetingEvent
from models.places.place import District


class MeetingThen(NamedTuple):
    """What a meeting was to be at a moment."""

    id: int
    starts_at: datetime
    place: str
    agenda: str
    cancelled: bool

    def fact(self) -> MeetingFact:
        """The meeting as facts."""
        return MeetingFact(self.id, self.starts_at, self.place, self.agenda)


class Planned(NamedTuple):
    """A meeting at the end of a period and at its beginning; None where it was not planned."""

    then: MeetingThen
    before: MeetingThen | None


class About(NamedTuple):
    """What stands of a group's agreement and district; the empty text where it has none."""

    agreement: str
    revised_on: date | None
    place: str


class Ahead(NamedTuple):
    """What lies before a group: what it is bound by, and its meetings, the earliest first."""

    about: About
    planned: list[Planned]


def read(session: Session, scope: Scope) -> Mapping[int, Ahead]:
    """The meetings that begin after the period did, by their groups' ids."""
    changes: dict[int, list[tuple[datetime, MeetingEvent, Mapping[str, Any]]]] = defaultdict(list)
    stored: dict[int, tuple[int, MeetingThen]] = {}
    found: dict[int, Ahead] = {}
    for group_id, agreement, revised_on, place, *row in session.execute(_rows(scope)):
        if group_id not in found:
            found[group_id] = Ahead(About(agreement or "", revised_on, place or ""), [])
        *columns, at, event, before = row
        now = MeetingThen(*columns)
        if now.id is not None:
            stored[now.id] = (group_id, now)
        if at is not None:
            changes[now.id].append((at, event, before))
    for group_id, now in stored.values():
        planned = _turned(now, changes.get(now.id, ()), scope.period)
        if planned is not None:
            found[group_id].planned.append(planned)
    for ahead in found.values():
        ahead.planned.sort(key=lambda each: (each.then.starts_at, each.then.id))
    return found


def _rows(scope: Scope) -> Rows:
    since = scope.period.since
    changed = select(MeetingChange.meeting_id).where(MeetingChange.at >= since)
    is_told = or_(Meeting.starts_at >= since, Meeting.id.in_(changed))
    return (
        select(
            Group.id,
            Agreement.name,
            Agreement.next_revision_on,
            District.name,
            Meeting.id,
            Meeting.starts_at,
            Meeting.place,
            Meeting.agenda,
            Meeting.cancelled,
            MeetingChange.at,
            MeetingChange.event,
            MeetingChange.before,
        )
        .outerjoin(Agreement, Agreement.id == Group.agreement_id)
        .outerjoin(District, District.id == Group.district_id)
        .outerjoin(Meeting, (Meeting.group_id == Group.id) & is_told)
        .outerjoin(
            MeetingChange, (MeetingChange.meeting_id == Meeting.id) & (MeetingChange.at >= since)
        )
        .where(Group.id.in_(scope.ids))
        .order_by(Meeting.id, MeetingChange.at.desc(), MeetingChange.id.desc())
    )


def _turned(
    now: MeetingThen,
    changes: Iterable[tuple[datetime, MeetingEvent, Mapping[str, Any]]],
    period: Period,
) -> Planned | None:
    """A meeting at both ends of a period, from what it is now; None where it came later."""
    then: MeetingThen | None = now
    before: MeetingThen | None = now
    for at, event, said in changes:
        turned = None if event is MeetingEvent.PLANNED else _said(now, said)
        before = turned
        if at >= period.until:
            then = turned
    return Planned(then, before) if then is not None else None


def _said(meeting: MeetingThen, said: Mapping[str, Any]) -> MeetingThen:
    return MeetingThen(
        meeting.id,
        datetime.fromisoformat(said["starts_at"]),
        said["place"],
        said["agenda"],
        said["cancelled"],
    )


def next_of(meetings: Iterable[Planned], after: datetime) -> MeetingFact | None:
    """The next meeting that is held and begins at a moment or later."""
    coming = (
        each.then for each in meetings if not each.then.cancelled and each.then.starts_at >= after
    )
    found = next(coming, None)
    return found.fact() if found else None


def news_of(meetings: Iterable[Planned], after: datetime) -> tuple[MeetingNews, ...]:
    """What a period has done to the meetings to come: planned, moved, cancelled, held after all."""
    return tuple(
        MeetingNews(kind, each.then.fact(), each.before.starts_at if each.before else None)
        for each in meetings
        if max(each.then.starts_at, each.before.starts_at if each.before else after) >= after
        and (kind := _kind(each)) is not None
    )


def _kind(meeting: Planned) -> MeetingNewsKind | None:
    then, before = meeting
    if before is None:
        return None if then.cancelled else MeetingNewsKind.PLANNED
    if then.cancelled != before.cancelled:
        return MeetingNewsKind.CANCELLED if then.cancelled else MeetingNewsKind.REINSTATED
    if then.starts_at != before.starts_at and not then.cancelled:
        return MeetingNewsKind.MOVED
    return None
