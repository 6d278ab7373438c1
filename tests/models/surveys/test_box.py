"""The two boxes of a survey: who has answered, and what, with nothing between them afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.publishing.counting import count
from models.agreements import Level
from models.groups import Group, GroupKind, Seat, SeatRole
from models.measures.measure import COMMENT_LENGTH
from models.people.organisations import Organisation, OrganisationKind, Party, Person
from models.statistics.grade import Grade
from models.surveys import box as survey_box
from models.surveys import closing as survey_closing
from models.surveys.published import PublishedResult, Shown
from models.surveys.sealing import Answers, KeyGone, KeysInMemory
from models.surveys.survey import (
    Ballot,
    Invitation,
    Question,
    Scale,
    Sensitivity,
    Survey,
    SurveyResult,
)

AT = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
KEYS = KeysInMemory()


@pytest.fixture
def survey(session: Session) -> Survey:
    """A survey of two questions to a group of twelve."""
    city = Organisation(
        code="CITY",
        name="Staden",
        kind=OrganisationKind.COMPANY,
        party=Party.CITY,
        valid_from=date(2020, 1, 1),
    )
    group = Group(
        code="G",
        name="Gruppen",
        kind=GroupKind.WORKING,
        level=Level.LOCAL,
        valid_from=date(2020, 1, 1),
    )
    session.add_all([city, group])
    session.flush()
    for at in range(12):
        person = Person(email=f"p{at}@x.example", name=f"P{at}", organisation_id=city.id)
        session.add(_seat(f"S{at}", group, city, person))
    survey = Survey(
        code="E",
        title_sv="Enkäten",
        group_id=group.id,
        sensitivity=Sensitivity.INTERNAL,
        opens_at=AT,
        closes_at=AT + timedelta(days=7),
        questions=[
            Question(position=1, wording_sv="Ja?", scale=Scale.YES_NO),
            Question(position=2, wording_sv="Hur många?", scale=Scale.NUMBER),
        ],
    )
    session.add(survey)
    session.flush()
    return survey


def _seat(code: str, group: Group, organisation: Organisation, person: Person) -> Seat:
    return Seat(
        code=code,
        group=group,
        organisation=organisation,
        person=person,
        role=SeatRole.MEMBER,
        valid_from=date(2020, 1, 1),
        recorded_at=AT,
    )


def invitations(session: Session) -> list[Invitation]:
    """Who was asked."""
    return list(session.scalars(select(Invitation).order_by(Invitation.id)))


def put(session: Session, survey: Survey, at: int, *values: str) -> None:
    """One member's answers to the questions in order; an empty one is left out."""
    answers = {position: value for position, value in enumerate(values, 1) if value}
    survey_box.put_answers(session, invitations(session)[at], answers, KEYS)


def stored(session: Session, survey: Survey) -> list[Answers]:
    """All that was answered, in no order."""
    people = [row.person_id for row in invitations(session)]
    found = survey_box.ballots(session, survey, people, KEYS)
    return sorted(found.values(), key=str)


def test_the_members_of_the_day_are_asked_once(session: Session, survey: Survey) -> None:
    assert len(survey_box.invite(session, survey, AT)) == 12
    assert survey_box.invite(session, survey, AT) == []
    assert survey_box.responses(session, survey) == (0, 12)


def test_who_has_left_without_an_answer_is_not_one_of_those_asked(
    session: Session, survey: Survey
) -> None:
    survey_box.invite(session, survey, AT)
    put(session, survey, 0, "yes")
    seats = list(session.scalars(select(Seat).order_by(Seat.id)))
    on = AT.date() + timedelta(days=2)
    for seat in (*seats[:2], seats[5]):
        seat.valid_until = on
    people = [seat.person for seat in seats if seat.person is not None]
    people[2].left_on = on
    # The sixth sits there again on another seat, as after an election.
    session.add(_seat("S-again", survey.group, people[5].organisation, people[5]))
    session.flush()

    later = AT + timedelta(days=3)
    waits = [bool(survey_box.waiting_for_answer(session, each, later)) for each in people[:6]]
    assert waits == [False, False, False, True, True, True]
    assert survey_box.responses(session, survey, later.date()) == (1, 10)
    survey_closing.end(session, survey, survey.closes_at)
    assert survey_box.responses(session, survey) == (1, 10), "an answer given as a member counts"


def test_the_member_list_says_where_each_stood_that_day(session: Session, survey: Survey) -> None:
    survey_box.invite(session, survey, AT)
    row = invitations(session)[0]
    assert (row.district, row.organisation, row.party, row.via_group) == ("", "CITY", "city", "G")


def test_the_latest_answers_replace_the_first(session: Session, survey: Survey) -> None:
    survey_box.invite(session, survey, AT)
    put(session, survey, 0, "yes", "4")
    put(session, survey, 0, "no", "")
    assert stored(session, survey) == [{1: "no"}]
    assert survey_box.responses(session, survey) == (1, 12)
    assert survey_box.my_answers(session, invitations(session)[0], KEYS) == {1: "no"}


def test_one_changes_only_ones_own(session: Session, survey: Survey) -> None:
    survey_box.invite(session, survey, AT)
    for at in range(3):
        put(session, survey, at, "yes", "1")
    put(session, survey, 1, "no", "2")
    assert stored(session, survey) == [{1: "no", 2: "2"}, *[{1: "yes", 2: "1"}] * 2]


def test_without_the_key_nobody_reads_an_answer(session: Session, survey: Survey) -> None:
    survey_box.invite(session, survey, AT)
    put(session, survey, 0, "yes", "4")
    with pytest.raises(KeyGone):
        survey_box.my_answers(session, invitations(session)[0], KeysInMemory())
    other = KeysInMemory({survey.key_name: b"x" * 32})
    assert survey_box.ballots(session, survey, [invitations(session)[0].person_id], other) == {}


def test_all_ballots_of_a_survey_are_equally_long(session: Session, survey: Survey) -> None:
    survey.questions.append(Question(position=3, wording_sv="Varför?", scale=Scale.TEXT))
    survey_box.invite(session, survey, AT)
    put(session, survey, 0, "yes")
    put(session, survey, 1, "no", "1234567.9", "\U0001f600\n" * (COMMENT_LENGTH // 2))
    assert len({len(each) for each in session.scalars(select(Ballot.sealed))}) == 1


def test_a_closed_survey_takes_no_answer_that_was_under_way(
    session: Session, survey: Survey
) -> None:
    survey_box.invite(session, survey, AT)
    put(session, survey, 0, "yes")
    assert survey_closing.end(session, survey, survey.closes_at) is None
    with pytest.raises(survey_box.Closed):
        put(session, survey, 1, "no")
    assert stored(session, survey) == [{1: "yes"}]


def closed(session: Session, survey: Survey) -> SurveyResult:
    """The survey's result, counted and frozen."""
    survey_closing.end(session, survey, survey.closes_at)
    facts = survey_closing.gather(session, survey, KEYS)
    return survey_closing.freeze(session, survey, facts, count(facts), survey.closes_at)


@pytest.mark.parametrize("number", [0, 1, 4])
def test_too_few_answers_freeze_nothing_but_their_number(
    session: Session, survey: Survey, number: int
) -> None:
    survey_box.invite(session, survey, AT)
    for at in range(number):
        put(session, survey, at, "yes", "1")
    table = closed(session, survey).table
    assert (table["answered"], table["asked"], table["questions"]) == (number, 12, [])
    rows = session.scalars(select(PublishedResult)).all()
    assert {row.grade for row in rows} == {Grade.X}
    assert {row.count_low for row in rows} == {None}


def test_the_close_leaves_no_ballot_and_a_key_that_is_spent(
    session: Session, survey: Survey
) -> None:
    survey_box.invite(session, survey, AT)
    for at in range(6):
        put(session, survey, at, "yes" if at < 4 else "no")
    assert survey_box.spent_keys(session) == []
    closed(session, survey)
    row = session.scalars(select(PublishedResult)).first()
    assert row is not None
    assert (row.shown, row.count_low, row.count_high) == (Shown.AT_LEAST, 4, 6)
    assert (row.n, row.asked, row.grade, row.value) == (6, 12, Grade.D, None)
    assert session.scalars(select(Ballot)).all() == []
    assert survey_box.spent_keys(session) == [survey]


def test_a_second_close_changes_nothing(session: Session, survey: Survey) -> None:
    survey_box.invite(session, survey, AT)
    first = closed(session, survey)
    assert closed(session, survey) is first
