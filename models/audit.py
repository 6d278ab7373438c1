"""The audit log: every write leaves a row (rule R10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.people.organisations import Person
from models.records import AuditEntry


def record(
    session: Session, person: Person | None, action: str, subject: str, at: datetime, **detail: Any
) -> AuditEntry:
    """Writes down who did what to what; `detail` holds identifiers, never free text."""
    entry = AuditEntry(
        at=at,
        person_id=person.id if person else None,
        action=action,
        subject=subject,
        detail=detail,
    )
    session.add(entry)
    return entry
