"""Surveys by file: whom they ask, when they come again, answers from elsewhere, and what stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.workbook import importing
from models.database import Database
from models.surveys.limits import Limits, limits_of
from models.surveys.survey import Invitation, Question, Survey
from tests.bot.workbook.files import AT, Sheets, bring_in, faults, village, write

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

HEADINGS = (
    "code,title_sv,group,author,sensitivity,opens_at,closes_at,target_groups,target_roles,"
    "target_area,repeat_weeks,waves,asked,answered"
)
NEW = "E-9,Ny,FAR-BER,,internal,2024-07-01 09:00,2024-07-08 16:00"


def files(row: str, question: str = "E-9,1,Ja?,yes_no,,") -> Sheets:
    """The village with one more survey and its question."""
    return {
        "surveys": [HEADINGS, row],
        "questions": ["survey,position,wording_sv,scale,bank,sensitivity", question],
    }


@pytest.fixture
def imported(database: Database, tmp_path: Path) -> Database:
    """The village, imported."""
    assert bring_in(database, write(tmp_path / "village", village())).faults == ()
    return database


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        (",FAR-BRE,,,,,,", "target_groups: found “FAR-BRE”, expected the code of a group"),
        (",every:king,,,,,,", "target_groups: found “every:king”"),
        (",,king,,,,,", "target_roles: found “king”, expected one of chair"),
        (",,,nowhere,,,,", "target_area: found “nowhere”"),
        (",,,,26,1,,", "waves: expected more than one wave where weeks lie between"),
        (",,,,,3,,", "waves: expected more than one wave where weeks lie between"),
        (",,,,,,300,", "answered: expected how many were asked and how many answered"),
        (",,,,,,300,301", "answered: found “301”, expected no more than were asked"),
    ],
)
def test_a_survey_that_cannot_be_is_told_with_its_place(
    imported: Database, tmp_path: Path, rest: str, told: str
) -> None:
    outcome = bring_in(imported, write(tmp_path / "new", files(NEW + rest)))
    assert any(told in fault for fault in faults(outcome)), faults(outcome)


def test_what_is_brought_in_promises_what_holds_then_and_a_later_wave_no_less(
    imported: Database, tmp_path: Path
) -> None:
    raised, lowered = Limits(7, 12, 3), Limits(6, 20, 2)
    draft = importing.read([write(tmp_path / "new", files(f"{NEW},,,,,,,"))])
    assert importing.bring_in(draft, imported, AT, limits=raised).faults == ()
    again = files("E-9-2,Ny,FAR-BER,,internal,2024-08-01 09:00,2024-08-08 16:00,E-9,2")
    again["surveys"][0] = f"{HEADINGS.partition(',target_groups')[0]},series,wave"
    again["questions"][1] = "E-9-2,1,Ja?,yes_no,,"
    draft = importing.read([write(tmp_path / "again", again)])
    assert importing.bring_in(draft, imported, AT, limits=lowered).faults == ()
    with imported.read() as session:
        kept = {survey.code: limits_of(survey) for survey in session.scalars(select(Survey))}
    assert kept == {"E-1": Limits(), "E-9": raised, "E-9-2": Limits(7, 20, 3)}


def test_a_question_of_the_bank_is_named_by_its_key(imported: Database, tmp_path: Path) -> None:
    wrong = files(f"{NEW},,,,,,,", "E-9,1,Ja?,yes_no,m_unknown,")
    [fault] = faults(bring_in(imported, write(tmp_path / "wrong", wrong)))
    assert "bank: found “m_unknown”" in fault
    right = files(
        f"{NEW},every:preparatory,chair; secretary,unsafe_places,26,4,,",
        "E-9,1,Samverkan fungerar.,likert,m_coop,känslig",
    )
    assert bring_in(imported, write(tmp_path / "right", right)).faults == ()
    with imported.read() as session:
        survey = session.scalars(select(Survey).where(Survey.code == "E-9")).one()
        question = session.scalars(select(Question).where(Question.survey_id == survey.id)).one()
    assert (survey.target_groups, survey.target_roles) == (
        ["every:preparatory"], ["chair", "secretary"],
    )  # fmt: skip
    assert (survey.target_area, survey.repeat_weeks, survey.waves) == ("unsafe_places", 26, 4)
    assert (question.key, question.own_sensitivity) == ("m_coop", "sensitive")


def test_what_has_answers_is_not_worded_anew_by_a_file(imported: Database, tmp_path: Path) -> None:
    assert bring_in(imported, write(tmp_path / "new", files(f"{NEW},,,,,,,"))).faults == ()
    anew = {"questions": ["survey,position,wording_sv,scale", "E-9,1,Nej?,yes_no"]}
    assert bring_in(imported, write(tmp_path / "before", anew)).faults == ()
    with imported.write() as session:
        survey = session.scalars(select(Survey).where(Survey.code == "E-9")).one()
        person = session.scalars(select(Invitation.person_id)).first()
        assert person is not None
        session.add(Invitation(survey_id=survey.id, person_id=person, answered=True))
    again = {"questions": ["survey,position,wording_sv,scale", "E-9,1,Kanske?,yes_no"]}
    [fault] = faults(bring_in(imported, write(tmp_path / "after", again)))
    assert "wording_sv: found “Kanske?”, expected what was asked, since there are answers" in fault
