"""What of a group's district or level waited for both parties' approval at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from models.chain.approvals import Approvable, Version, all_versions
from models.chain.links import Cause, Direction, Goal, Problem
from models.chain.party_voices import PARTIES
from models.groups import Group, GroupKind
from models.measures.measure import Measure
from models.people.organisations import Party


@dataclass(frozen=True)
class Unapproved:
    """A version that waits at a moment, and for which parties."""

    version: Version
    parties: tuple[Party, ...]


def unapproved_in(session: Session, group: Group, before: datetime) -> list[Unapproved]:
    """What of a group's district or level waited for approval at a moment, the oldest first.

    A working group has nothing of this: what it does is approved in its steering group.
    """
    if group.kind is GroupKind.WORKING:
        return []
    query = all_versions().where(Version.at < before, _belongs_to(group))
    last = {(each.kind, each.subject): each for each in session.scalars(query.order_by(Version.id))}
    found = [Unapproved(version, _silent_before(version, before)) for version in last.values()]
    return sorted((each for each in found if each.parties), key=lambda each: each.version.at)


def _silent_before(version: Version, before: datetime) -> tuple[Party, ...]:
    given = {approval.party for approval in version.approvals if approval.at < before}
    return tuple(party for party in PARTIES if party not in given)


def _belongs_to(group: Group) -> ColumnElement[bool]:
    """Versions of what hangs on a problem, or is a measure, of the group's district or level."""
    groups = select(Group.id).where(
        Group.level == group.level, Group.district_id.is_not_distinct_from(group.district_id)
    )
    measures = select(Measure.code).where(Measure.group_id.in_(groups))
    directions = (
        select(Direction.code)
        .join(Direction.cause)
        .join(Cause.problem)
        .where(Problem.group_id.in_(groups))
    )
    goals = (
        select(Goal.code)
        .join(Goal.direction)
        .join(Direction.cause)
        .join(Cause.problem)
        .where(Problem.group_id.in_(groups))
    )
    return or_(
        (Version.kind == Approvable.MEASURE) & Version.subject.in_(measures),
        (Version.kind == Approvable.DIRECTION) & Version.subject.in_(directions),
        (Version.kind == Approvable.GOAL) & Version.subject.in_(goals),
    )
