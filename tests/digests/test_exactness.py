"""Digests are exact: net of what was undone, and the same whenever they are read."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from digests import words
from digests.changes import Change, Changes
from digests.decided import gather_after, message_after
from digests.gathering import gather_group
from digests.gathering.groups import changes_of
from digests.period import Period, week_until
from digests.weekly import gather, message
from handlers.texts import language
from models.measures.changes import Made, change
from models.measures.measure import Measure, MeasureStatus, ProgressReport
from models.meetings.meeting import Meeting
from models.meetings.plans import By, cancel
from models.schedule import local_day
from models.surveys.survey import Sensitivity, Survey, SurveyResult
from tests.digests.village import MONDAY, NOW, Village, farsta_in_week_24

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SV = language("sv")

EVENTS = st.lists(
    st.tuples(
        st.integers(-40 * 24, 0),
        st.sampled_from([*MeasureStatus, "undo", "date", "owner"]),
        st.integers(0, 40),
    ),
    max_size=10,
)
MOMENTS = st.lists(st.integers(-40 * 24, 24), min_size=3, max_size=3, unique=True).map(sorted)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=EVENTS, hours=MOMENTS)
def test_changes_of_two_periods_are_together_those_of_both(
    session: Session, events: list[tuple[int, MeasureStatus | str, int]], hours: list[int]
) -> None:
    with session.begin_nested() as example:
        village = Village(session)
        happen(village, sorted(events, key=lambda each: each[0]))
        first, middle, last = (NOW + hour * HOUR for hour in hours)
        session.expire_all()
        earlier, later = between(village, first, middle), between(village, middle, last)
        assert earlier + later == between(village, first, last)
        example.rollback()


def between(village: Village, since: datetime, until: datetime) -> Changes:
    return changes_of(village.session, village.group, Period(since, until), local_day(until))


def happen(village: Village, events: list[tuple[int, MeasureStatus | str, int]]) -> None:
    """Reports, undoings and changes of one measure, in the order of their times."""
    measure = village.measure("FAR-001", village.maja, date(2024, 6, 1))
    said: list[ProgressReport] = []
    for hours, what, number in events:
        at = NOW + hours * HOUR
        made = Made(village.maja, at)
        if what == "date":
            due = date(2024, 6, 1) + timedelta(days=number)
            change(village.session, measure, {"due_on": due}, made)
        elif what == "owner":
            owner = village.jonas if number % 2 else village.maja
            change(village.session, measure, {"owner": owner}, made)
        elif what == "undo" and said:
            last = said.pop()
            undo = ProgressReport(measure_id=measure.id, at=at, status=last.status)
            undo.undoes_id = last.id
            village.session.add(undo)
        elif isinstance(what, MeasureStatus):
            said.append(ProgressReport(measure_id=measure.id, at=at, status=what))
            village.session.add(said[-1])
        village.session.flush()


@pytest.fixture
def farsta(session: Session) -> Village:
    return farsta_in_week_24(session)


def test_what_comes_later_is_in_the_next_digest_and_not_in_this(farsta: Village) -> None:
    group, session = farsta.group, farsta.session
    week, met = week_until(MONDAY, group.zone), farsta.meeting(NOW - 4 * DAY)
    known = {row.code: row for row in session.scalars(select(Measure))}
    for code in ("FAR-009", "FAR-011"):
        farsta.point(farsta.jonas, MONDAY, met).measure = known[code]
    punctual = message(gather_group(session, group, week, MONDAY), SV)
    after = message_after(gather_after(session, met, MONDAY), SV)
    assert "**Jonas Lindmark**: FAR-009" in str(after)
    at = NOW + HOUR
    made = Made(farsta.maja, at)
    change(session, known["FAR-011"], {"title": "Annat namn", "due_on": MONDAY + 9 * DAY}, made)
    change(session, known["FAR-009"], {"owner": farsta.maja}, made)
    farsta.report(known["FAR-006"], "ongoing", -HOUR)
    cancel(session, coming(session), By(farsta.maja, at))
    session.flush()
    session.expire_all()
    assert message_after(gather_after(session, met, MONDAY), SV) == after
    assert message(gather_group(session, group, week, MONDAY), SV) == punctual
    monday = MONDAY + 7 * DAY
    following = gather_group(session, group, week_until(monday, group.zone), monday)
    changed = {fact.code: fact.changes for fact in following.changed}
    assert {Change.TITLE, Change.DATE} <= changed["FAR-011"]
    assert Change.OWNER in changed["FAR-009"]
    assert [news.kind for news in following.meeting_news] == ["cancelled"]


def coming(session: Session) -> Meeting:
    return session.scalars(select(Meeting).where(Meeting.starts_at > NOW)).one()


def test_a_report_that_was_taken_back_within_the_week_is_no_change(farsta: Village) -> None:
    measure = farsta.measure("FAR-030", farsta.maja)
    farsta.report(measure, "ongoing", 10 * DAY)
    wrong = farsta.report(measure, "done", 2 * DAY)
    farsta.report(measure, "done", DAY).undoes_id = wrong.id
    farsta.session.flush()
    week = week_until(MONDAY, farsta.group.zone)
    facts = gather_group(farsta.session, farsta.group, week, MONDAY)
    assert "FAR-030" not in [fact.code for fact in facts.changed]


def test_a_sensitive_result_is_never_in_a_channel(farsta: Village) -> None:
    survey = Survey(
        code="E-9",
        title_sv="Hot mot oss",
        group_id=farsta.group.id,
        sensitivity=Sensitivity.SENSITIVE,
        opens_at=NOW - 5 * DAY,
        closes_at=NOW - 2 * DAY,
    )
    farsta.session.add(survey)
    farsta.session.flush()
    table = {"answered": 9, "asked": 9}
    farsta.session.add(SurveyResult(survey_id=survey.id, frozen_at=NOW - DAY, table=table))
    farsta.session.flush()
    week = week_until(MONDAY, farsta.group.zone)
    assert gather_group(farsta.session, farsta.group, week, MONDAY).results
    posted = message(gather(farsta.session, farsta.group, week, MONDAY), SV)
    assert "Hot mot oss" not in str(posted)


KNOWN = {
    "language", "_", "n", "role", "figure_words", "sure", "grade_word", "facts", "before",
    "decided", "reader", "own", "groups", "said", "_x", "number", "more", "who",
    "day", "code", "title", "name", "thing", "waiting",
    "attendance_words", "input_words",
}  # fmt: skip


@pytest.mark.parametrize("name", ["group", "before", "since", "week", "weekly", "own_week"])
def test_a_template_asks_for_nothing_that_does_not_exist(session: Session, name: str) -> None:
    environment = words.template(name).environment
    source, _, _ = environment.loader.get_source(environment, f"{name}.j2")  # type: ignore[union-attr]
    assert meta.find_undeclared_variables(environment.parse(source)) <= KNOWN
