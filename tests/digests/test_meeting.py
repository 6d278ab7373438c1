"""The digests around a meeting: when they come, and what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from digests.decided import gather_after, message_after, told_after
from digests.meeting import gather_before, meetings_around, message_before
from digests.recorded import after_name, after_that_day, before_that_day
from handlers.texts import language
from models.delivery.outbox import SKIPPED, Occurrence
from models.groups import Group
from models.meetings.attendance import Attending, MeetingAnswer
from models.meetings.decisions import DecisionWording
from models.meetings.inputs import InputRequest, InputRound, InputState, state_of
from models.meetings.meeting import Meeting
from models.meetings.plans import By, change, facts_of
from models.meetings.usefulness import before_name, told_before
from models.message import Actions, Facts, Lines, Note, Table, Text
from models.people.accounts import Account
from models.people.addresses import switch_mail
from tests.digests.village import NOW, Village, farsta_in_week_24

DAY = timedelta(days=1)
SV = language("sv")
ZONE = "Europe/Stockholm"
MIDSUMMER_WEEK = datetime(2024, 6, 25, 11, 0, tzinfo=UTC)


def meeting_on(starts_at: datetime) -> Meeting:
    group = Group(code="FAR-BER", digest_days=2)
    return Meeting(group=group, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))


@pytest.fixture
def farsta(session: Session) -> Village:
    return farsta_in_week_24(session)


@pytest.mark.parametrize(
    ("starts_at", "before", "after"),
    [
        (datetime(2024, 6, 18, 11, tzinfo=UTC), date(2024, 6, 14), date(2024, 6, 19)),
        (MIDSUMMER_WEEK, date(2024, 6, 20), date(2024, 6, 26)),
        (datetime(2024, 6, 20, 11, tzinfo=UTC), date(2024, 6, 18), date(2024, 6, 24)),
    ],
)
def test_meeting_digests_come_on_working_days(
    starts_at: datetime, before: date, after: date
) -> None:
    meeting = meeting_on(starts_at)
    assert (told_before(meeting, ZONE), told_after(meeting, ZONE)) == (before, after)


def coming_meeting(village: Village) -> Meeting:
    [*_, meeting] = meetings_around(village.session, date(2024, 6, 14))
    return meeting


def test_before_the_meeting_members_read_what_happened_since_the_last(farsta: Village) -> None:
    facts = gather_before(farsta.session, coming_meeting(farsta), date(2024, 6, 14))
    digest = message_before(facts, SV)
    assert digest is not None
    assert digest.summary.startswith("Inför mötet 18 juni · Farsta lokala beredningsgrupp.")
    notes = [part.text for part in digest.parts if isinstance(part, Note)]
    assert notes == ["Sedan mötet 21 maj · 4 åtgärder"]
    assert Text(text="**Dagordning**\n1. Lägesbild för maj") in digest.parts
    table = next(part for part in digest.parts if isinstance(part, Table))
    assert [way.value for way in table.ways if way] == ["FAR-011", "FAR-006"]
    lines = next(part for part in digest.parts if isinstance(part, Lines))
    assert [line.text for line in lines.lines] == [
        "**FAR-009** Åtgärd FAR-009: 19 av 24 helger, enligt plan",
        "**FAR-014** Åtgärd FAR-014 (klar): Belysningen lyser",
    ]


def test_who_is_neither_called_nor_sent_gets_no_buttons_to_answer_with(farsta: Village) -> None:
    facts = gather_before(farsta.session, coming_meeting(farsta), date(2024, 6, 14))
    labels = []
    for answers in (True, False):
        digest = message_before(facts, SV, answers=answers)
        assert digest is not None
        row = next(part for part in digest.parts if isinstance(part, Actions))
        labels.append([button.label for button in row.buttons])
    assert labels == [["Jag kommer", "Jag kan inte komma", "Visa mötet"], ["Visa mötet"]]


def test_the_period_begins_with_the_last_meeting(farsta: Village) -> None:
    measure = farsta.measure("FAR-020", farsta.maja)
    at_the_table = farsta.report(measure, "done", timedelta(0))
    at_the_table.at = datetime(2024, 5, 21, 11, 0, tzinfo=UTC)
    facts = gather_before(farsta.session, coming_meeting(farsta), date(2024, 6, 14))
    assert "FAR-020" in [fact.code for fact in facts.group.done]


def test_a_meeting_without_news_or_agenda_needs_no_digest(session: Session) -> None:
    village = Village(session)
    village.seat(None)
    meeting = village.meeting(datetime(2024, 6, 18, 11, tzinfo=UTC))
    assert message_before(gather_before(session, meeting, date(2024, 6, 14)), SV) is None


def test_after_the_meeting_the_decisions_have_their_paragraphs(farsta: Village) -> None:
    meeting = coming_meeting(farsta)
    farsta.decision(meeting, 4, "Belysningen följs upp i september").affects = [farsta.district]
    farsta.decision(meeting, 5, "Fältarbetet fortsätter").registry_number = "FAR 2024/9"
    farsta.session.flush()
    digest = message_after(gather_after(farsta.session, meeting, date(2024, 6, 19)), SV)
    assert digest is not None
    assert digest.summary == (
        "Beslut från mötet 18 juni · Farsta lokala beredningsgrupp. 2 beslut."
    )
    [table] = [part for part in digest.parts if isinstance(part, Table)]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["§ 4", "Belysningen följs upp i september", "Farsta stadsdelsförvaltning", "Farsta"],
        ["§ 5, dnr FAR 2024/9", "Fältarbetet fortsätter", "Farsta stadsdelsförvaltning", ""],
    ]


def test_after_the_meeting_it_says_what_is_to_be_done(farsta: Village) -> None:
    meeting = coming_meeting(farsta)
    farsta.decision(meeting, 1, "Nästa möte hålls i september")
    farsta.meeting(datetime(2024, 9, 3, 11, tzinfo=UTC))
    farsta.measure("FAR-030", farsta.maja, date(2024, 8, 31))
    digest = message_after(gather_after(farsta.session, meeting, date(2024, 6, 19)), SV)
    assert digest is not None
    [lines] = [part for part in digest.parts if isinstance(part, Facts)]
    assert {fact.label: fact.value for fact in lines.facts} == {
        "Nästa möte": "tis 3 september 13.00, Farsta torg 1",
        "Ska vara klart före mötet": "FAR-030 (31 augusti)",
        "Ingen ansvarig": "FAR-006",
    }
    assert isinstance(digest.parts[-1], Actions)


def written_over_days(farsta: Village) -> Meeting:
    """The meeting of 18 June with one decision of that day and one of Thursday the 20th."""
    meeting = coming_meeting(farsta)
    written = datetime(2024, 6, 18, 13, tzinfo=UTC)
    for number, at in ((4, written), (5, written + 2 * DAY)):
        row = farsta.decision(meeting, number, f"Beslut {number}")
        farsta.session.add(DecisionWording(decision_id=row.id, number=1, text=row.text, at=at))
    farsta.session.flush()
    return meeting


def told_in_june(farsta: Village, day: int) -> tuple[bool, list[int]]:
    """Whether the digest was sent on a day of June, and which decisions it tells of."""
    session, on = farsta.session, date(2024, 6, day)
    that_day = after_that_day(session, farsta.group, on)
    assert that_day is not None
    facts = gather_after(session, that_day.meeting, on, that_day.since)
    return that_day.sent, [each.decision.number for each in facts.decisions]


def remember(farsta: Village, name: str, day: int, outcome: str) -> None:
    at = datetime(2024, 6, day, 6, tzinfo=UTC)
    row = Occurrence(schedule=name, local_date=at.date(), fired_at=at, outcome=outcome)
    farsta.session.add(row)


def test_an_old_digest_that_no_row_remembers_tells_what_was_new_by_the_rule(
    farsta: Village,
) -> None:
    written_over_days(farsta)
    # Midsummer's Eve is no working day, so that what was written on Thursday is told on Monday;
    # of a day on which nothing was told it is all that the last meeting agreed.
    told = {day: told_in_june(farsta, day) for day in (19, 20, 24, 25)}
    assert told == {19: (True, [4]), 20: (False, [4]), 24: (True, [5]), 25: (False, [4, 5])}


def test_what_a_skipped_morning_left_stands_on_the_day_on_which_it_was_sent(
    farsta: Village,
) -> None:
    name = after_name(written_over_days(farsta).id)
    for day, outcome in ((19, "queued 2"), (24, SKIPPED), (25, "queued 2")):
        remember(farsta, name, day, outcome)
    told = {day: told_in_june(farsta, day) for day in (19, 24, 25)}
    assert told == {19: (True, [4]), 24: (False, [4, 5]), 25: (True, [5])}


def test_a_digest_before_a_meeting_stands_on_the_day_on_which_it_was_sent(
    farsta: Village,
) -> None:
    session, meeting = farsta.session, coming_meeting(farsta)
    due = told_before(meeting, farsta.group.zone)
    by_rule = before_that_day(session, farsta.group, due)
    assert by_rule is not None
    assert by_rule.sent
    remember(farsta, before_name(meeting.id), 17, "queued 2")
    for day, sent in ((due, False), (date(2024, 6, 17), True)):
        found = before_that_day(session, farsta.group, day)
        assert found is not None
        assert (found.meeting, found.sent) == (meeting, sent)


def test_who_came_stands_in_an_old_digest_as_it_was_before_the_meeting_was_moved(
    farsta: Village,
) -> None:
    session, meeting, on = farsta.session, coming_meeting(farsta), date(2024, 6, 14)
    said = {"answer": Attending.COMING, "starts_at": meeting.starts_at, "person_id": farsta.maja.id}
    at = datetime(2024, 6, 13, 8, tzinfo=UTC)
    session.add(MeetingAnswer(meeting_id=meeting.id, at=at, **said))
    then = gather_before(session, meeting, on)
    facts = replace(facts_of(meeting), day=date(2024, 6, 20))
    change(session, meeting, facts, By(farsta.maja, at + 2 * DAY))
    session.flush()
    assert gather_before(session, meeting, on) == then
    assert then.attending[Attending.COMING] == 1


def test_each_of_two_meetings_close_to_each_other_has_its_own_digest(farsta: Village) -> None:
    extra = farsta.meeting(datetime(2024, 6, 19, 11, tzinfo=UTC), agenda="Extra möte")
    digest = message_before(gather_before(farsta.session, extra, date(2024, 6, 17)), SV)
    assert digest is not None
    assert digest.summary.startswith("Inför mötet 19 juni · Farsta lokala beredningsgrupp.")
    assert Text(text="**Dagordning**\n1. Extra möte") in digest.parts
    by_rule = before_that_day(farsta.session, farsta.group, date(2024, 6, 17))
    assert by_rule is not None
    assert (by_rule.meeting, by_rule.sent) == (extra, True)


@pytest.mark.parametrize(("mail", "state"), [(True, InputState.SILENT), (False, "unreached")])
def test_who_is_asked_for_input_by_e_mail_is_reached_and_who_paused_before_is_not(
    session: Session, mail: bool, state: InputState
) -> None:
    farsta = farsta_in_week_24(session)
    session.execute(delete(Account).where(Account.person_id == farsta.maja.id))
    switch_mail(session, on=mail)
    asked = InputRequest(district=farsta.district, person=farsta.maja)
    times = {"opened_at": NOW, "due_at": NOW + 4 * DAY}
    meeting = coming_meeting(farsta)
    session.add(InputRound(meeting=meeting, requests=[asked], **times))
    session.flush()
    facts = gather_before(session, meeting, date(2024, 6, 14))
    assert facts.inputs == {state: 1}
    assert state_of(session, asked) is InputState(state)
    farsta.maja.paused_until = date.max
    for number, found in ((0, InputState.UNREACHED), (1, state)):
        asked.times_asked = number
        session.flush()
        assert gather_before(session, meeting, date(2024, 6, 14)).inputs == {found: 1}
        assert state_of(session, asked) is InputState(found)


def test_a_meeting_without_decisions_is_not_told_afterwards(farsta: Village) -> None:
    facts = gather_after(farsta.session, coming_meeting(farsta), date(2024, 6, 19))
    assert message_after(facts, SV) is None


def test_a_cancelled_meeting_is_not_told_of(farsta: Village) -> None:
    coming_meeting(farsta).cancelled = True
    farsta.session.flush()
    found = meetings_around(farsta.session, date(2024, 6, 14))
    assert [meeting.starts_at.month for meeting in found] == []


def test_many_decisions_are_counted_not_cut_in_silence(farsta: Village) -> None:
    meeting = coming_meeting(farsta)
    for number in range(1, 24):
        farsta.decision(meeting, number, "x" * 600)
    digest = message_after(gather_after(farsta.session, meeting, date(2024, 6, 19)), SV)
    assert digest is not None
    notes = [part.text for part in digest.parts if isinstance(part, Note)]
    assert notes == ["23 beslut", "3 beslut till finns i protokollet."]
