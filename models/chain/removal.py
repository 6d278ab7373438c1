"""Taking a link of the chain away: only from the lower end, and its code is not used again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit import record
from models.chain.links import Cause, Direction, Goal, Problem
from models.people.organisations import Person
from models.records import AuditEntry

REMOVED = "remove_chain"


def hanging(link: Problem | Cause | Direction | Goal) -> Sequence[Cause | Direction | Goal]:
    """What hangs on a link one step down the chain, and must be taken away before it."""
    if isinstance(link, Problem):
        return link.causes
    if isinstance(link, Cause):
        return link.directions
    return link.goals if isinstance(link, Direction) else ()


def take_away(
    session: Session,
    link: Problem | Cause | Direction | Goal,
    kind: str,
    by: Person | None,
    at: datetime,
) -> None:
    """Takes a link away on which nothing hangs; the audit log keeps its code."""
    record(session, by, REMOVED, f"{kind}:{link.code}", at)
    session.delete(link)
    session.flush()


def removed_codes(session: Session, kind: str, start: str) -> list[str]:
    """The codes of a kind that begin so and were taken away."""
    query = select(AuditEntry.subject).where(
        AuditEntry.action == REMOVED,
        AuditEntry.subject.startswith(f"{kind}:{start}", autoescape=True),
    )
    return [subject.partition(":")[2] for subject in session.scalars(query)]
