"""What was believed before a change stays, and an undo brings it back as a change of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.groups import Group, Seat, SeatRole
from models.people.organisations import Person
from models.records import AuditEntry
from models.seats.changes import (
    ChangedSince,
    ChangeKind,
    Ledger,
    SeatChange,
    changes_of,
    next_position,
    undo,
)
from models.seats.holders import seats_of_group

ON = date(2024, 4, 7)
MAY = datetime(2024, 5, 2, 9, tzinfo=UTC)


def group(session: Session) -> Group:
    """Farsta's steering group."""
    return session.scalars(select(Group).where(Group.code == "FAR-STYR")).one()


def person(session: Session, name: str) -> Person:
    """A person by name."""
    return session.scalars(select(Person).where(Person.name == name)).one()


def names(session: Session, known_at: datetime | None = None) -> set[str]:
    """Who held a seat in the group on the day, as known now or at a moment."""
    seats = seats_of_group(session, group(session), ON, known_at)
    return {seat.person.name for seat in seats if seat.person}


def secretary(session: Session) -> Seat:
    """The living row of the secretary's seat."""
    return session.scalars(select(Seat).where(Seat.code == "FAR-STYR-03")).one()


def replaced(session: Session, at: datetime = MAY) -> SeatChange:
    """In May it becomes known that Tomas has been the secretary since the first of April."""
    maja = person(session, "Maja Ekvall")
    ledger = Ledger.open(session, ChangeKind.REPLACED, group(session), maja, at)
    old = ledger.revise(secretary(session), valid_until=date(2024, 4, 1))
    ledger.add(
        Seat(
            code="",
            position=old.position,
            group_id=old.group_id,
            role=SeatRole.SECRETARY,
            organisation_id=old.organisation_id,
            person_id=person(session, "Tomas Rydefalk").id,
            valid_from=date(2024, 4, 1),
        )
    )
    return ledger.change


def test_a_correction_in_may_does_not_change_what_april_knew(stockholm_session: Session) -> None:
    replaced(stockholm_session)
    assert "Tomas Rydefalk" in names(stockholm_session)
    assert "Maja Ekvall" not in names(stockholm_session)
    for before in (MAY - timedelta(seconds=1), datetime(2024, 4, 8, tzinfo=UTC)):
        assert "Maja Ekvall" in names(stockholm_session, before)
        assert "Tomas Rydefalk" not in names(stockholm_session, before)
    assert names(stockholm_session, MAY) == names(stockholm_session)


def test_an_undo_says_again_what_was_said_and_remembers_what_was_believed_between(
    stockholm_session: Session,
) -> None:
    before = names(stockholm_session)
    change = replaced(stockholm_session)
    undo(stockholm_session, change, None, MAY + timedelta(hours=1))
    assert names(stockholm_session) == before
    assert "Tomas Rydefalk" in names(stockholm_session, MAY + timedelta(minutes=30))
    kinds = [
        found.kind for found in changes_of(stockholm_session, group(stockholm_session), most=5)
    ]
    assert kinds == [ChangeKind.UNDONE, ChangeKind.REPLACED]


def test_a_change_is_not_undone_twice(stockholm_session: Session) -> None:
    change = replaced(stockholm_session)
    undo(stockholm_session, change, None, MAY + timedelta(hours=1))
    with pytest.raises(ChangedSince):
        undo(stockholm_session, change, None, MAY + timedelta(hours=2))


def test_what_was_changed_since_is_not_undone(stockholm_session: Session) -> None:
    change = replaced(stockholm_session)
    ledger = Ledger.open(
        stockholm_session, ChangeKind.ENDED, group(stockholm_session), None, MAY + timedelta(days=1)
    )
    ledger.revise(secretary(stockholm_session), remark="Rättad")
    with pytest.raises(ChangedSince):
        undo(stockholm_session, change, None, MAY + timedelta(days=2))


def test_a_withdrawn_row_comes_back_with_an_undo(stockholm_session: Session) -> None:
    before = names(stockholm_session)
    ledger = Ledger.open(stockholm_session, ChangeKind.ENDED, group(stockholm_session), None, MAY)
    ledger.withdraw(secretary(stockholm_session))
    assert "Maja Ekvall" not in names(stockholm_session)
    undo(stockholm_session, ledger.change, None, MAY + timedelta(hours=1))
    assert names(stockholm_session) == before


def test_every_change_leaves_a_row_in_the_audit_log(stockholm_session: Session) -> None:
    change = replaced(stockholm_session)
    entry = stockholm_session.scalars(
        select(AuditEntry).where(AuditEntry.action == "seats_replaced")
    ).one()
    assert entry.detail == {"change": change.id}
    assert entry.person_id == person(stockholm_session, "Maja Ekvall").id


def test_a_new_seat_gets_the_next_number_of_its_group(stockholm_session: Session) -> None:
    assert next_position(stockholm_session, group(stockholm_session)) == "FAR-STYR-10"
