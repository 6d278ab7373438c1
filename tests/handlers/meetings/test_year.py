"""The year of groups: what falls when, whose it is, who may see it, and the calendars of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from handlers.meetings.feed import calendar_of_token
from models.agreements import Agreement
from models.audit import record
from models.groups import Group, Seat
from models.measures.measure import (
    Measure,
    MeasureChange,
    MeasureEvent,
    MeasureStatus,
    ProgressReport,
)
from models.meetings.calendar_feeds import new_feed
from models.meetings.meeting import Meeting
from models.meetings.plans import By, Plan, cancel, change, facts_of, plan
from models.people.organisations import Person
from models.surveys.closing import end
from models.surveys.past import MADE
from models.surveys.survey import Sensitivity, Survey
from models.year import YearEntry, YearKind, YearOf, entries
from tests.conversations.talk import MAJA, MONDAY_MORNING, SECRET, STINA
from tests.handlers.conftest import Asking

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)


def _group(session: Session, code: str = "FAR-BER") -> Group:
    return session.scalars(select(Group).where(Group.code == code)).one()


def _year(session: Session, code: str = "FAR-BER") -> list[YearEntry]:
    wanted = YearOf([_group(session, code)], FIRST, LAST, None, lambda _survey: True)
    return entries(session, wanted)


def _told(session: Session, known_at: datetime | None = None) -> list[tuple[object, ...]]:
    """What a year says, read from a session that knows nothing yet."""
    session.expire_all()
    wanted = YearOf([_group(session)], FIRST, LAST, None, lambda _survey: True, known_at)
    return [
        (
            each.day,
            each.name,
            getattr(each.about, "cancelled", None),
            getattr(each.about, "status", None),
        )
        for each in entries(session, wanted)
    ]


def _days(found: Sequence[YearEntry], kind: YearKind) -> list[str]:
    return [f"{entry.day} {entry.name}" for entry in found if entry.kind is kind]


def _survey(session: Session, **values: object) -> Survey:
    facts: dict[str, Any] = {
        "code": "E-X",
        "title_sv": "Hur mår ni?",
        "group_id": _group(session).id,
        "sensitivity": Sensitivity.INTERNAL,
        "opens_at": datetime(2024, 10, 21, 6, 0, tzinfo=UTC),
        "closes_at": datetime(2024, 10, 31, 23, 0, tzinfo=UTC),
        **values,
    }
    survey = Survey(**facts)
    session.add(survey)
    session.flush()
    return survey


def _statements(session: Session) -> int:
    """How many statements a year takes, from a session that knows nothing yet."""
    session.expire_all()
    sent: list[object] = []

    def note(*arguments: object) -> None:
        sent.append(arguments[2])

    connection = session.connection()
    group = _group(session)
    event.listen(connection, "before_cursor_execute", note)
    try:
        entries(session, YearOf([group], FIRST, LAST, None, lambda _survey: True))
    finally:
        event.remove(connection, "before_cursor_execute", note)
    return len(sent)


def _feed(session: Session, email: str, code: str | None = "FAR-BER") -> str:
    """A year's feed as it is sent, with its folded lines made whole."""
    person = session.scalars(select(Person).where(Person.email == email)).one()
    group = _group(session, code) if code else None
    feed = new_feed(session, person, group, MONDAY_MORNING, whole_year=True)
    content = calendar_of_token(
        session, feed.token(SECRET), SECRET, MONDAY_MORNING, "https://bot.example"
    )
    assert content is not None
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"X-PUBLISHED-TTL:PT4H" in content
    return content.decode().replace("\r\n ", "")


def _events(
    session: Session, email: str, code: str | None = "FAR-BER"
) -> dict[str, dict[str, str]]:
    """The events of a year's feed by their names, each value as it is written."""
    events = Calendar.from_ical(_feed(session, email, code)).walk("VEVENT")
    written = [{name: _written(event[name].to_ical()) for name in event} for event in events]
    named = {event["UID"].partition("@")[0]: event for event in written}
    assert len(named) == len(events)
    return named


def _written(value: bytes | str) -> str:
    return value if isinstance(value, str) else value.decode()


def test_a_year_is_told_month_by_month_for_a_group_and_for_ones_own_groups(ask: Asking) -> None:
    said = ask("årshjul Farsta beredningsgrupp 2024")
    assert said.startswith("Årshjul 2024: Farsta lokala beredningsgrupp")
    months = re.findall(r"^(\w+)\n=+$", said, re.MULTILINE)
    assert months[:3] == ["Juni", "Augusti", "September"]
    assert said.index("Tidigare i år") < said.index("Januari\n")
    district = ask("årshjul Farsta 2023")
    assert re.findall(r"^(\w+)\n=+$", district, re.MULTILINE)[0] == "Januari"
    assert "year-2023-FAR.ics" in district
    assert "- tis 18 juni 13.00 Möte\n" in said
    assert "Ska vara klart: FAR-014 Belysning gångtunneln Hökarängen" in said
    assert "Tertialrapport 2" in said
    mine = ask("årshjul")
    assert "Årshjul 2024: dina grupper" in mine
    assert "Möte: Farsta lokala styrgrupp" in mine
    assert "Bromma" not in mine
    assert "Sista dag att revidera överenskommelsen" in ask("årshjulet för Farsta 2026")


def test_an_agreement_that_was_to_be_revised_is_told_first(ask: Asking) -> None:
    said = ask("årshjul Farsta", on=date(2026, 6, 1))
    assert "▲ Överenskommelsen Farsta – LPO Farsta 2024 skulle ha reviderats senast" in said


def test_what_closes_at_midnight_closes_the_day_before_and_waves_to_come_keep_their_names(
    stockholm_session: Session,
) -> None:
    session = stockholm_session
    _survey(session, repeat_weeks=4, waves=3)
    closes = _days(_year(session), YearKind.SURVEY_CLOSES)
    assert [each for each in closes if "E-X" in each] == [
        "2024-10-31 survey-closes-E-X-1",
        "2024-11-28 survey-closes-E-X-2",
        "2024-12-26 survey-closes-E-X-3",
    ]


def test_only_a_mandate_that_nobody_follows_goes_into_the_year(stockholm_session: Session) -> None:
    session = stockholm_session
    group = _group(session, "FAR-STYR")
    query = select(Seat).where(Seat.group_id == group.id, Seat.superseded_at.is_(None))
    seat = session.scalars(
        query.where(Seat.valid_until.is_(None), Seat.person_id.is_not(None))
    ).first()
    assert seat is not None
    seat.valid_until = date(2024, 9, 1)
    session.flush()
    name = f"2024-08-31 {seat.code}-last"
    assert name in _days(_year(session, "FAR-STYR"), YearKind.MANDATE)
    session.add(
        Seat(
            code="NEXT",
            position=seat.position,
            group_id=group.id,
            role=seat.role,
            organisation_id=seat.organisation_id,
            person_id=seat.person_id,
            valid_from=date(2024, 9, 1),
            recorded_at=MONDAY_MORNING,
        )
    )
    session.flush()
    assert name not in _days(_year(session, "FAR-STYR"), YearKind.MANDATE)


def test_a_sensitive_survey_is_told_only_to_those_whom_its_result_would_be_shown(
    stockholm_session: Session,
) -> None:
    _survey(stockholm_session, sensitivity=Sensitivity.SENSITIVE)
    assert "survey-opens-E-X-1" in _events(stockholm_session, MAJA)
    outsider = _events(stockholm_session, STINA)
    assert "survey-opens-E-X-1" not in outsider
    assert any(name.startswith("meeting-") for name in outsider)


def test_a_feed_holds_whole_days_without_zone_titles_or_names(stockholm_session: Session) -> None:
    _survey(stockholm_session)
    events = _events(stockholm_session, MAJA, None)
    measure = events["measure-FAR-014"]
    assert measure["SUMMARY"] == "FAR-014 ska vara klar"
    assert (measure["DTSTART"], measure["DTEND"]) == ("20240607", "20240608")
    assert "DTSTART;VALUE=DATE:20240607" in _feed(stockholm_session, MAJA)
    assert measure["TRANSP"] == "TRANSPARENT"
    assert measure["URL"] == "https://bot.example/groups/FAR-BER"
    assert events["survey-opens-E-X-1"]["SUMMARY"].endswith("enkäten E-X öppnar")
    summaries = " ".join(event["SUMMARY"] for event in events.values())
    assert "Belysning" not in summaries
    assert "Hur mår ni?" not in summaries
    for person in stockholm_session.scalars(select(Person)):
        assert person.name not in summaries


def test_what_moves_keeps_its_name_and_what_is_off_says_so(stockholm_session: Session) -> None:
    session = stockholm_session
    before = _events(session, MAJA)
    agreement = session.scalars(select(Agreement).where(Agreement.code == "FAR-2024")).one()
    measure = session.scalars(select(Measure).where(Measure.code == "FAR-006")).one()
    meeting = session.scalars(
        select(Meeting).where(
            Meeting.group_id == measure.group_id, Meeting.starts_at > MONDAY_MORNING
        )
    ).first()
    assert meeting is not None
    agreement.next_revision_on = date(2025, 1, 31)
    measure.due_on = date(2024, 7, 31)
    meeting.cancelled = True
    moved = {"due_on": ["2024-06-28", "2024-07-31"]}
    session.add(
        MeasureChange(measure=measure, at=MONDAY_MORNING, event=MeasureEvent.CHANGED, fields=moved)
    )
    session.flush()
    after = _events(session, MAJA)
    assert before.keys() == after.keys()
    assert after["revision-FAR-2024"]["DTSTART"] == "20250131"
    assert after["measure-FAR-006"]["DTSTART"] == "20240731"
    assert before["measure-FAR-006"]["SEQUENCE"] == "0"
    assert after["measure-FAR-006"]["SEQUENCE"] == "1"
    off = after[f"meeting-{meeting.id}"]
    assert (off["STATUS"], off["SEQUENCE"]) == ("CANCELLED", "1")


def test_a_year_of_an_earlier_day_is_told_as_it_was_known_then(
    stockholm_session: Session,
) -> None:
    session = stockholm_session
    maja = session.scalars(select(Person).where(Person.email == MAJA)).one()
    by = By(maja, MONDAY_MORNING + timedelta(hours=1))
    _survey(session, code="E-S", repeat_weeks=13, waves=3, opened_at=MONDAY_MORNING)
    then = _told(session)
    group = _group(session)
    coming = select(Meeting).where(Meeting.group == group, Meeting.starts_at > by.at)
    first, second = session.scalars(coming.order_by(Meeting.starts_at)).all()[:2]
    change(session, first, replace(facts_of(first), day=date(2024, 7, 1)), by)
    cancel(session, second, by)
    plan(session, Plan(group, facts_of(first), (date(2024, 9, 9),)), by)
    measure = session.scalars(select(Measure).where(Measure.code == "FAR-006")).one()
    moved = {"due_on": [str(measure.due_on), "2024-07-31"]}
    measure.due_on = date(2024, 7, 31)
    changed = MeasureChange(measure=measure, at=by.at, event=MeasureEvent.CHANGED, fields=moved)
    done = ProgressReport(measure_id=measure.id, at=by.at, status=MeasureStatus.DONE)
    survey = _survey(session, code="E-NEW")
    record(session, maja, MADE, "survey:E-NEW", by.at)
    series = session.scalars(select(Survey).where(Survey.code == "E-S")).one()
    seat = session.scalars(select(Seat).where(Seat.group == group)).all()[0]
    seat.superseded_at = by.at
    maja.left_on, maja.leaving_known_at = date(2024, 8, 1), by.at
    session.add_all([changed, done, survey])
    end(session, series, by.at)
    session.flush()
    now = _told(session)
    changed_names = {str(name).partition("-")[0] for _, name, *_ in set(now) ^ set(then)}
    assert changed_names == {"meeting", "measure", "survey", "FAR"}
    assert _told(session, by.at - timedelta(minutes=1)) == then


def test_a_year_takes_as_many_queries_for_ten_times_the_measures(
    stockholm_session: Session,
) -> None:
    session = stockholm_session
    few = _statements(session)
    source = session.scalars(select(Measure).where(Measure.code == "FAR-006")).one()
    for number in range(100):
        session.add(
            Measure(
                code=f"FAR-{number + 500}",
                title="Mer",
                group_id=source.group_id,
                organisation_id=source.organisation_id,
                party=source.party,
                category=source.category,
                start_on=FIRST,
                due_on=FIRST + timedelta(days=number),
            )
        )
        session.add(
            Meeting(
                group_id=source.group_id,
                starts_at=MONDAY_MORNING + timedelta(days=number, minutes=7),
                ends_at=MONDAY_MORNING + timedelta(days=number, minutes=8),
            )
        )
    session.flush()
    assert _statements(session) == few
    assert few <= 10
