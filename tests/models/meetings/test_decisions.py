"""What meetings agree: wordings that stay, points that are carried forward, and who sees what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from models.meetings import points
from models.meetings.action_points import ActionPoint, PointEvent
from models.meetings.decisions import (
    Decided,
    Numbers,
    Wording,
    correct,
    decision_as_it_reads,
    decisions_of,
    history_of,
    next_number,
    write,
)
from models.meetings.meeting import Decision, Meeting
from models.meetings.minutes import minutes
from models.meetings.plans import By
from models.meetings.points import PointFacts, Task, change, point_now, set_event
from models.meetings.questions import who_answers
from tests.digests.village import NOW, Village

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def village(session: Session) -> Village:
    return Village(session)


@pytest.fixture
def meeting(village: Village) -> Meeting:
    """A meeting that ended an hour ago."""
    found = village.meeting(NOW - 3 * HOUR)
    found.ends_at = NOW - HOUR
    village.session.flush()
    return found


def decide(
    village: Village, meeting: Meeting, text: str, at: datetime = NOW, *, restricted: bool = False
) -> Decision:
    number = next_number(village.session, meeting)
    wording = Wording(text, restricted=restricted)
    return write(village.session, meeting, Numbers(number), wording, By(village.maja, at))


def give(
    village: Village, meeting: Meeting, text: str, at: datetime = NOW, **facts: object
) -> PointFacts:
    task = Task(text, village.jonas, date(2024, 6, 14))
    point = ActionPoint(meeting=meeting, **facts)
    points.write(village.session, point, task, By(village.maja, at))
    return point_now(village.session, point)


def texts(found: Iterable[Decided]) -> list[str]:
    return [each.wording.text for each in found]


def test_a_correction_leaves_the_old_wording_and_says_what_it_replaces(
    village: Village, meeting: Meeting
) -> None:
    decision = decide(village, meeting, "Tunneln stängs")
    correct(
        village.session, decision, Wording("Tunneln öppnas"), "Fel ord", By(village.maja, NOW + DAY)
    )
    now = decision_as_it_reads(village.session, decision)
    assert (now.wording.text, now.version, now.reason) == ("Tunneln öppnas", 2, "Fel ord")
    assert now.former == Wording("Tunneln stängs")
    assert decision.text == "Tunneln stängs"
    assert texts(history_of(village.session, decision)) == ["Tunneln stängs", "Tunneln öppnas"]


def test_a_decision_that_a_file_brought_is_known_when_its_meeting_ended(
    village: Village, meeting: Meeting
) -> None:
    decision = village.decision(meeting, 4, "Från en fil")
    [known] = decisions_of(village.session, meeting, restricted=False)
    assert (known.known_at, known.version) == (meeting.ends_at, 1)
    correct(village.session, decision, Wording("Rättat"), "Fel", By(village.maja, NOW + DAY))
    [before] = minutes(village.session, village.group, NOW - DAY, NOW).decisions
    assert (before.wording.text, before.replaces) == ("Från en fil", None)
    [after] = minutes(village.session, village.group, NOW, NOW + 2 * DAY).decisions
    assert (after.wording.text, after.replaces and after.replaces.text) == ("Rättat", "Från en fil")


def test_two_periods_that_follow_each_other_say_together_what_both_say(
    village: Village, meeting: Meeting
) -> None:
    first = decide(village, meeting, "Ett", NOW)
    decide(village, meeting, "Två", NOW + DAY)
    correct(village.session, first, Wording("Ett rättat"), "x", By(village.maja, NOW + DAY))
    point = give(village, meeting, "Ring", NOW)
    set_event(village.session, point, PointEvent.DONE, By(village.jonas, NOW + DAY))

    def said(since: datetime, until: datetime) -> tuple[dict[int, str], dict[int, PointEvent]]:
        found = minutes(village.session, village.group, since, until)
        decisions = {each.decision.id: each.wording.text for each in found.decisions}
        return decisions, {each.point.id: each.step.event for each in found.points}

    halves = (said(NOW, NOW + DAY), said(NOW + DAY, NOW + 2 * DAY))
    whole = said(NOW, NOW + 2 * DAY)
    assert (halves[0][0] | halves[1][0], halves[0][1] | halves[1][1]) == whole
    assert list(whole[0].values()) == ["Ett rättat", "Två"]


def test_what_is_restricted_is_told_only_where_it_is_asked_for(
    village: Village, meeting: Meeting
) -> None:
    decide(village, meeting, "Öppet")
    hidden = decide(village, meeting, "Begränsat", restricted=True)
    give(village, meeting, "Hemligt", restricted=True)
    openly = minutes(village.session, village.group, NOW, NOW + DAY)
    assert texts(openly.decisions) == ["Öppet"]
    assert (openly.points, openly.open_points) == ((), ())
    inside = minutes(village.session, village.group, NOW, NOW + DAY, restricted=True)
    assert (len(inside.decisions), len(inside.open_points)) == (2, 1)
    correct(village.session, hidden, Wording("Inte hemligt mer"), "x", By(village.maja, NOW + DAY))
    [opened] = minutes(village.session, village.group, NOW + DAY, NOW + 2 * DAY).decisions
    assert opened.former is None


def test_a_point_is_carried_forward_until_it_is_done_and_can_be_opened_again(
    village: Village, meeting: Meeting
) -> None:
    session, group = village.session, village.group
    point = give(village, meeting, "Ring", NOW)
    by = By(village.jonas, NOW + 2 * DAY)
    assert set_event(session, point, PointEvent.DONE, by) is not None
    assert set_event(session, point_now(session, point.point), PointEvent.DONE, by) is None
    carried = minutes(session, group, NOW + DAY, NOW + 2 * DAY)
    assert [each.text for each in carried.carried_points] == ["Ring"]
    assert carried.open_points[0].days_late(date(2024, 6, 20)) == 6
    done = minutes(session, group, NOW + DAY, NOW + 3 * DAY)
    assert ([each.text for each in done.done_points], done.open_points) == (["Ring"], ())
    set_event(session, point_now(session, point.point), PointEvent.REOPENED, by)
    assert point_now(session, point.point).is_open


def test_a_changed_point_reads_as_it_was_known(village: Village, meeting: Meeting) -> None:
    point = give(village, meeting, "Ring", NOW)
    task = Task("Skriv", village.maja, date(2024, 7, 1))
    change(village.session, point, task, By(village.maja, NOW + DAY))
    before = minutes(village.session, village.group, NOW, NOW + DAY)
    after = minutes(village.session, village.group, NOW + DAY, NOW + 2 * DAY)
    assert [(each.text, each.owner) for each in before.new_points] == [("Ring", village.jonas)]
    assert [(each.text, each.owner) for each in after.open_points] == [("Skriv", village.maja)]


def test_a_point_that_became_a_measure_is_open_as_long_as_the_measure(
    village: Village, meeting: Meeting
) -> None:
    measure = village.measure("FAR-030", village.jonas, date(2024, 6, 30))
    point = give(village, meeting, "Ring", NOW, measure_id=measure.id)
    assert point.text == "FAR-030 Åtgärd FAR-030"
    assert point_now(village.session, point.point).is_open
    village.report(measure, "done", timedelta(0))
    assert not point_now(village.session, point.point).is_open


def test_numbers_go_on_through_the_groups_year(village: Village, meeting: Meeting) -> None:
    village.decision(meeting, 11, "x")
    later = village.meeting(NOW + 10 * DAY)
    assert next_number(village.session, later) == 12
    new_year = village.meeting(datetime(2025, 1, 7, 9, tzinfo=NOW.tzinfo))
    assert next_number(village.session, new_year) == 1


def test_the_secretary_answers_for_a_group_and_else_its_chair(village: Village) -> None:
    names = [each.name for each in who_answers(village.session, village.group, NOW.date())]
    assert names == ["Maja Ekvall"]
