"""What owners are asked about their action points: when, how often, and how it reads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from digests.asking import Asking, Round
from digests.point_checkin import point_askings
from handlers.texts import language
from models.meetings.action_points import PointEvent
from models.meetings.due_points import due_before
from models.meetings.plans import By
from models.meetings.points import Task, change, point_now, set_event
from models.message import Actions, Button, Text
from models.people.absences import set_absence
from tests.digests.village import MONDAY, NOW, Village

DAY = timedelta(days=1)


@pytest.fixture
def village(session: Session) -> Village:
    return Village(session)


def asked(village: Village, on: date = MONDAY) -> list[Asking]:
    at = NOW + (on - MONDAY)
    people = (village.maja, village.jonas)
    around = Round(on, at, people, lambda _: language("sv"))
    return list(point_askings(village.session, around))


@pytest.mark.parametrize(("days", "is_asked"), [(-30, True), (0, True), (7, True), (8, False)])
def test_who_has_a_point_that_is_late_or_due_within_a_week_is_asked(
    village: Village, days: int, is_asked: bool
) -> None:
    village.point(village.jonas, MONDAY + days * DAY)
    assert bool(asked(village)) is is_asked


def test_the_question_says_which_point_of_which_group_by_when_and_how_late(
    village: Village,
) -> None:
    village.point(village.jonas, date(2024, 6, 7))
    [asking] = asked(village)
    assert (asking.person_id, asking.summary) == (village.jonas.id, "1 åtgärdspunkt")
    assert [part.text for part in asking.parts if isinstance(part, Text)] == [
        "**En av dina åtgärdspunkter ska snart vara klar eller är försenad**",
        (
            "**Ring ledningsägaren**\nFarsta lokala beredningsgrupp · senast 7 juni "
            "· ▲ 3 dagar över tiden. Är det klart?"
        ),
    ]
    [row] = [part for part in asking.parts if isinstance(part, Actions)]
    labels = [each.label for each in row.buttons]
    assert labels == ["Klar", "Behöver mer tid", "Jag har en fråga"]
    assert isinstance(row.buttons[-1], Button)
    assert row.buttons[-1].action == "point.ask"


def test_what_follows_from_a_decision_is_asked_about_as_that(village: Village) -> None:
    point = village.point(village.jonas, MONDAY)
    point.decision = village.decision(point.meeting, 4, "Tunneln öppnas")
    [asking] = asked(village)
    [row] = [part for part in asking.parts if isinstance(part, Actions)]
    assert isinstance(row.buttons[-1], Button)
    assert row.buttons[-1].action == "decision.ask"


def test_one_reminder_comes_after_five_days_to_answer_and_then_nothing_until_it_changes(
    village: Village,
) -> None:
    point = village.point(village.jonas, MONDAY)
    assert [bool(asked(village, MONDAY + n * DAY)) for n in (0, 4, 7, 14, 28)] == [
        True,
        False,
        True,
        False,
        False,
    ]
    facts = point_now(village.session, point)
    later = Task(facts.text, village.jonas, MONDAY + 35 * DAY)
    change(village.session, facts, later, By(village.jonas, NOW + 28 * DAY))
    assert [bool(asked(village, MONDAY + n * DAY)) for n in (27, 28)] == [False, True]


def test_days_away_do_not_count_towards_the_reminder(village: Village) -> None:
    village.point(village.jonas, MONDAY)
    away = (MONDAY + 2 * DAY, MONDAY + 7 * DAY)
    set_absence(village.session, village.jonas, away, village.jonas, NOW)
    assert [bool(asked(village, MONDAY + n * DAY)) for n in (0, 8, 14)] == [True, False, True]


def test_what_is_done_is_not_asked_about_and_what_is_opened_again_is(village: Village) -> None:
    point = village.point(village.jonas, MONDAY)
    by = By(village.jonas, NOW)
    set_event(village.session, point_now(village.session, point), PointEvent.DONE, by)
    assert asked(village) == []
    set_event(village.session, point_now(village.session, point), PointEvent.REOPENED, by)
    assert len(asked(village)) == 1


def test_what_is_due_before_the_check_in_of_the_week_does_not_wait_for_it(
    village: Village,
) -> None:
    village.point(village.jonas, MONDAY + 2 * DAY)
    jonas = village.jonas.id
    assert due_before(village.session, {jonas: MONDAY + 3 * DAY}, MONDAY) == {jonas}
    assert due_before(village.session, {jonas: MONDAY + 2 * DAY}, MONDAY) == set()


def test_those_beyond_the_third_are_asked_about_the_next_time(village: Village) -> None:
    for _ in range(5):
        village.point(village.jonas, MONDAY)
    [first] = asked(village)
    assert "Och 2 åtgärdspunkter till." in str(first)
    [second] = asked(village, MONDAY + DAY)
    assert second.summary == "2 åtgärdspunkter"
