"""The wordings that wait for a party's approval at a moment, by the groups that they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from digests.facts import ApprovalFact
from digests.gathering.scope import Home, Rows, Scope
from models.chain.approvals import Approvable, Approval, Version
from models.chain.links import Cause, Direction, Goal, Problem
from models.chain.party_voices import PARTIES
from models.groups import Group
from models.measures.measure import Measure
from models.schedule import local_day

_GOALS = aliased(Direction)
"""The direction that a goal belongs to, beside one that is approved itself."""


_COLUMNS = (
    Version.id,
    Version.kind,
    Version.subject,
    Version.at,
    Approval.party,
    Approval.at,
    Group.level,
    Group.district_id,
)


def read(session: Session, scope: Scope) -> Mapping[Home, Sequence[ApprovalFact]]:
    """What waits at the end of the period, by district and level, the oldest first.

    A working group has nothing of this: what it does is approved in its steering group.
    """
    until = scope.period.until
    versions: dict[int, tuple[Approvable, str, datetime, Home]] = {}
    given: dict[int, set[Any]] = defaultdict(set)
    for row in session.execute(_rows(scope)):
        number, kind, subject, at, party, approved_at, level, district_id = row
        versions[number] = (kind, subject, at, (level, district_id))
        if approved_at is not None and approved_at < until:
            given[number].add(party)
    found: dict[Home, list[ApprovalFact]] = defaultdict(list)
    for number, (kind, subject, at, home) in sorted(versions.items(), key=lambda each: each[1][2]):
        silent = tuple(party for party in PARTIES if party not in given[number])
        if silent:
            found[home].append(ApprovalFact(kind, subject, silent, local_day(at)))
    return found


def _rows(scope: Scope) -> Rows:
    """The newest version of each thing that had not both parties' approval, with the approvals."""
    until = scope.period.until
    newest = select(func.max(Version.id)).where(Version.at < until)
    approved = (
        select(func.count())
        .where(Approval.version_id == Version.id, Approval.at < until)
        .correlate(Version)
        .scalar_subquery()
    )
    problem = func.coalesce(Direction.cause_id, _GOALS.cause_id)
    group = func.coalesce(Measure.group_id, Problem.group_id)
    return (
        select(*_COLUMNS)
        .outerjoin(Approval, Approval.version_id == Version.id)
        .outerjoin(
            Measure, (Version.kind == Approvable.MEASURE) & (Measure.code == Version.subject)
        )
        .outerjoin(
            Direction, (Version.kind == Approvable.DIRECTION) & (Direction.code == Version.subject)
        )
        .outerjoin(Goal, (Version.kind == Approvable.GOAL) & (Goal.code == Version.subject))
        .outerjoin(_GOALS, _GOALS.id == Goal.direction_id)
        .outerjoin(Cause, Cause.id == problem)
        .outerjoin(Problem, Problem.id == Cause.problem_id)
        .join(Group, Group.id == group)
        .where(
            Version.id.in_(newest.group_by(Version.kind, Version.subject)),
            approved < len(PARTIES),
            scope.follows(),
        )
        .order_by(Version.id)
    )
