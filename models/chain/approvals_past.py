"""Approvals as they were at a moment, for those who only read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from models.chain.approvals import Subject, Version
from models.records import AuditEntry

MADE = "make_chain"


def versions_before(
    versions: Mapping[Subject, Iterable[Version]], before: datetime
) -> dict[Subject, list[Version]]:
    """The versions that had been submitted at a moment, each with the approvals it had then."""
    found: dict[Subject, list[Version]] = {}
    for subject, rows in versions.items():
        found[subject] = [row for row in rows if row.at < before]
        for row in found[subject]:
            given = [each for each in row.approvals if each.at < before]
            set_committed_value(row, "approvals", given)
    return found


def made_since(session: Session, before: datetime) -> set[str]:
    """The codes of the links of the chain that were made in the chat since a moment."""
    query = select(AuditEntry.subject).where(AuditEntry.action == MADE, AuditEntry.at >= before)
    return {subject.partition(":")[2] for subject in session.scalars(query)}
