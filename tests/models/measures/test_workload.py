"""Which measures are open, and which wait for a report."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.measures.measure import Measure, MeasureStatus, ProgressReport
from models.measures.workload import open_measures, waiting_for_report, with_reports
from models.people.organisations import Person

ON = date(2024, 6, 10)
AT = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)


@pytest.fixture
def maja(stockholm_session: Session) -> Person:
    """The owner of FAR-003, FAR-010 and FAR-011."""
    return stockholm_session.scalars(select(Person).where(Person.name == "Maja Ekvall")).one()


def say(session: Session, code: str, status: MeasureStatus, at: datetime = AT) -> None:
    """Reports on a measure."""
    measure = session.scalars(select(Measure).where(Measure.code == code)).one()
    session.add(ProgressReport(measure_id=measure.id, status=status, at=at))
    session.flush()


def open_of(session: Session, owner: Person) -> list[str]:
    """The codes of somebody's open measures."""
    return [each.code for each in open_measures(session, Measure.owner_id == owner.id)]


@pytest.mark.parametrize(
    ("status", "is_open"),
    [
        (MeasureStatus.DONE, False),
        (MeasureStatus.CANCELLED, False),
        (MeasureStatus.DELAYED, True),
        (MeasureStatus.NOT_STARTED, True),
    ],
)
def test_what_is_done_or_cancelled_is_not_open(
    stockholm_session: Session, maja: Person, status: MeasureStatus, is_open: bool
) -> None:
    say(stockholm_session, "FAR-003", status)
    assert ("FAR-003" in open_of(stockholm_session, maja)) == is_open


def test_a_measure_without_any_report_is_open(stockholm_session: Session) -> None:
    pairs = dict(with_reports(stockholm_session, Measure.code == "FAR-006"))
    assert len(pairs) == 1


@pytest.mark.parametrize(("more", "waits"), [(0, False), (-1, True)])
def test_a_report_is_fresh_as_long_as_the_measures_cadence(
    stockholm_session: Session, maja: Person, more: int, waits: bool
) -> None:
    measure = stockholm_session.scalars(select(Measure).where(Measure.code == "FAR-003")).one()
    measure.due_on = None
    say(stockholm_session, "FAR-003", MeasureStatus.ONGOING, AT)
    measure.cadence_days = 10 + more
    later = waiting_for_report(stockholm_session, maja, ON + timedelta(days=10))
    assert ("FAR-003" in {each.code for each, _ in later}) == waits


def test_what_has_not_begun_waits_for_nothing(stockholm_session: Session, maja: Person) -> None:
    for measure in stockholm_session.scalars(select(Measure).where(Measure.owner_id == maja.id)):
        measure.start_on, measure.due_on = ON + timedelta(days=1), None
    assert waiting_for_report(stockholm_session, maja, ON) == []


def test_the_longest_silent_stands_first(stockholm_session: Session) -> None:
    for person in stockholm_session.scalars(select(Person)):
        silent = [
            stands.days_silent for _, stands in waiting_for_report(stockholm_session, person, ON)
        ]
        assert silent == sorted(silent, reverse=True)
