"""Every write leaves a row that says who did what to what, and when (rule R10)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit import record
from models.people.organisations import Person
from models.records import AuditEntry
from tests.models.delivery.test_outgoing import AT, person

__all__ = ["person"]


def test_a_row_says_who_what_and_when(session: Session, person: Person) -> None:
    record(session, person, "report", "measure:FAR-014", AT, report=7)
    session.flush()
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.person_id, entry.action, entry.subject) == (
        person.id,
        "report",
        "measure:FAR-014",
    )
    assert (entry.at, entry.detail) == (AT, {"report": 7})


def test_what_nobody_in_particular_did_has_no_person(session: Session) -> None:
    record(session, None, "close_survey", "survey:E-2024-001", AT)
    session.flush()
    assert session.scalars(select(AuditEntry)).one().person_id is None
