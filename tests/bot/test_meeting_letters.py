"""What each reads before and after a meeting: a sensitive result only who is concerned by it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.occasions.meetings import letters_after, letters_before
from digests.own_week import gather as gather_own
from digests.period import week_until
from models.groups import GroupKind
from models.meetings.meeting import Meeting
from models.surveys.survey import Invitation, Sensitivity, Survey, SurveyResult
from tests.digests.village import MONDAY, NOW, Village, farsta_in_week_24

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

DAY = timedelta(days=1)
TITLE = "Hot mot oss"


@pytest.fixture
def farsta(session: Session) -> Village:
    """Farsta, where another group's sensitive survey asked Maja and not Jonas."""
    village = farsta_in_week_24(session)
    other = village.add_group("FAR-X", GroupKind.WORKING)
    asked = {"opens_at": NOW - 5 * DAY, "closes_at": NOW - 2 * DAY, "group_id": other.id}
    survey = Survey(code="E-9", title_sv=TITLE, sensitivity=Sensitivity.SENSITIVE, **asked)
    session.add(survey)
    session.flush()
    who = {"survey_id": survey.id, "person_id": village.maja.id}
    session.add(Invitation(via_group=village.group.code, **who))
    table = {"answered": 9, "asked": 9}
    session.add(SurveyResult(survey_id=survey.id, frozen_at=NOW - DAY, table=table))
    session.flush()
    return village


def test_a_sensitive_result_is_told_to_those_who_were_asked_alone(farsta: Village) -> None:
    session = farsta.session
    held, coming = session.scalars(select(Meeting).order_by(Meeting.starts_at)).all()
    farsta.decision(held, 1, "Tunneln stängs")
    session.flush()
    before = letters_before(session, coming, date(2024, 6, 14))
    after = letters_after(session, held, MONDAY, datetime(2024, 5, 1, tzinfo=UTC))
    for letters in (before, after):
        told = {person.name: TITLE in str(message) for person, message in letters}
        assert told == {"Maja Ekvall": True, "Jonas Lindmark": False}
    week = week_until(MONDAY, farsta.group.zone)
    for person, number in ((farsta.maja, 1), (farsta.jonas, 0)):
        [facts] = gather_own(session, person, week, MONDAY).groups
        assert len(facts.results) == number
