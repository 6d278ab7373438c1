"""The two boxes of a survey: who has answered, and what, with nothing between them afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import survey_box
from models.agreements import Level
from models.groups import Group, GroupKind, Seat, SeatRole
from models.organisations import Organisation, OrganisationKind, Party, Person
from models.surveys import Answer, Invitation, Question, Scale, Sensitivity, Survey

AT = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)
SECRET = b"a key that stands outside the database"


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
    pairs = zip(survey.questions, values, strict=False)
    answers = {question.id: value for question, value in pairs if value}
    survey_box.put_answers(session, invitations(session)[at], answers, SECRET)
    session.flush()


def stored(session: Session) -> list[str]:
    """The values of all answers."""
    return sorted(session.scalars(select(Answer.value)))


def test_the_members_of_the_day_are_asked_once(session: Session, survey: Survey) -> None:
    assert len(survey_box.invite(session, survey, AT)) == 12
    assert survey_box.invite(session, survey, AT) == []
    assert survey_box.responses(session, survey) == (0, 12)


def test_the_latest_answers_replace_the_first(session: Session, survey: Survey) -> None:
    survey_box.invite(session, survey, AT)
    put(session, survey, 0, "yes", "4")
    put(session, survey, 0, "no", "")
    assert stored(session) == ["no"]
    assert survey_box.responses(session, survey) == (1, 12)
    mine = survey_box.my_answers(session, invitations(session)[0], SECRET)
    assert list(mine.values()) == ["no"]


def test_one_changes_only_ones_own(session: Session, survey: Survey) -> None:
    survey_box.invite(session, survey, AT)
    for at in range(3):
        put(session, survey, at, "yes", "1")
    put(session, survey, 1, "no", "2")
    assert stored(session) == ["1", "1", "2", "no", "yes", "yes"]


def test_without_the_key_nobody_finds_an_answer(session: Session, survey: Survey) -> None:
    survey_box.invite(session, survey, AT)
    put(session, survey, 0, "yes", "4")
    assert survey_box.my_answers(session, invitations(session)[0], b"another key") == {}


def test_the_close_cuts_the_links_and_gives_every_answer_a_new_name(
    session: Session, survey: Survey
) -> None:
    survey_box.invite(session, survey, AT)
    for at in range(12):
        put(session, survey, at, "yes", str(at))
    before = set(session.scalars(select(Answer.id)))
    survey_box.close(session, survey, survey.closes_at)
    rows = session.scalars(select(Answer)).all()
    assert {row.link for row in rows} == {None}
    assert not before & {row.id for row in rows}
    assert len(rows) == 24


@pytest.mark.parametrize(("number", "mean"), [(9, None), (10, 4.5), (12, 5.5)])
def test_a_mean_needs_ten_answers(
    session: Session, survey: Survey, number: int, mean: float | None
) -> None:
    survey_box.invite(session, survey, AT)
    for at in range(number):
        put(session, survey, at, "yes", str(at))
    table = survey_box.close(session, survey, survey.closes_at).table
    assert table["questions"][1].get("mean") == mean
    assert (table["answered"], table["asked"]) == (number, 12)


@pytest.mark.parametrize("number", [0, 1, 4])
def test_too_few_answers_freeze_nothing_but_their_number(
    session: Session, survey: Survey, number: int
) -> None:
    survey_box.invite(session, survey, AT)
    for at in range(number):
        put(session, survey, at, "yes", "1")
    table = survey_box.close(session, survey, survey.closes_at).table
    assert table == {"answered": number, "asked": 12, "questions": []}


def test_a_second_close_changes_nothing(session: Session, survey: Survey) -> None:
    survey_box.invite(session, survey, AT)
    first = survey_box.close(session, survey, survey.closes_at)
    again = survey_box.close(session, survey, survey.closes_at + timedelta(days=1))
    assert again is first
    assert again.frozen_at == survey.closes_at
