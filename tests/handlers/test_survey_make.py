"""Making a survey: who may, what is asked, until when."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models import survey_box
from models.message import ChoiceField
from models.surveys import Invitation, Question, Survey
from tests.conversations.talk import EVA, JONAS, KARIM, STINA, Member, Talk
from tests.handlers.conftest import met

GOOD: dict[str, str | tuple[str, ...]] = {
    "group": "FAR-BER",
    "title": "Inför hösten",
    "questions": ("m_coop", "m_resource"),
}


@pytest.fixture
def form(maja: Member) -> Member:
    """Maja, who has opened the form."""
    maja.says("enkät")
    maja.presses("Ny enkät")
    return maja


def newest(talk: Talk) -> Survey:
    """The survey made last."""
    with talk.database.read() as session:
        return session.scalars(select(Survey).order_by(Survey.id)).all()[-1]


def test_a_survey_goes_out_to_the_group(talk: Talk, form: Member) -> None:
    told = form.sends_form(GOOD)
    assert "Enkäten E-2024-005 skickas ut" in told
    assert "Farsta lokala beredningsgrupp" in told
    assert "mån 17 juni 16.00" in told
    assert newest(talk).sensitivity.value == "internal"


def test_the_members_of_that_day_are_invited_once(talk: Talk, form: Member) -> None:
    form.sends_form(GOOD)
    with talk.database.write() as session:
        survey = session.scalars(select(Survey).where(Survey.code == "E-2024-005")).one()
        invited = survey_box.invite(session, survey, talk.at)
        assert survey_box.invite(session, survey, talk.at) == []
    assert len(invited) == 9
    with talk.database.read() as session:
        rows = session.scalars(select(Invitation).where(Invitation.survey_id == survey.id)).all()
    assert {row.person_id for row in rows} == {person.id for person in invited}
    assert "Inför hösten" in met(talk, KARIM).says("enkät")


def test_a_question_of_ones_own_is_answered_with_yes_or_no(talk: Talk, form: Member) -> None:
    form.sends_form({**GOOD, "questions": (), "own": "Behöver vi mötas oftare?"})
    with talk.database.read() as session:
        question = session.scalars(select(Question).order_by(Question.id.desc())).first()
    assert question is not None
    assert (question.wording_sv, question.scale.value) == ("Behöver vi mötas oftare?", "yes_no")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"title": "  "}, "Skriv vad enkäten handlar om."),
        ({"title": "å" * 101}, "Skriv högst 100 tecken."),
        ({"questions": ()}, "Välj en till fem frågor sammanlagt."),
        ({"questions": ("m_trend", "m_coop", "m_role", "m_resource", "m_data"), "own": "?"},
         "Välj en till fem frågor sammanlagt."),
        ({"own": "å" * 201}, "Skriv högst 200 tecken."),
        ({"group": "BRO-BER"}, "Välj en av dina grupper."),
        ({"sensitivity": "secret"}, "Välj hur känsliga svaren är."),
        ({"closes_on": "2024-06-10"}, "Välj en dag efter i dag, högst 90 dagar fram."),
        ({"closes_on": "2024-09-09"}, "Välj en dag efter i dag, högst 90 dagar fram."),
        ({"closes_on": "i morgon"}, "Välj en dag efter i dag, högst 90 dagar fram."),
    ],
)  # fmt: skip
def test_a_fault_stands_at_its_field(
    form: Member, wrong: dict[str, str | tuple[str, ...]], told: str
) -> None:
    form.sends_form({**GOOD, **wrong})
    assert list(form.errors().values()) == [told]


@pytest.mark.parametrize("email", [JONAS, KARIM])
def test_others_are_neither_offered_nor_allowed_to_make_one(talk: Talk, email: str) -> None:
    member = met(talk, email)
    member.says("enkät")
    offered = "Ny enkät" in [button.label for button in member.buttons()]
    told = member.sends_button("survey.make", "")
    # Jonas chairs the working group of another district, and may ask that one.
    assert offered == (email == JONAS)
    assert ("Bara gruppens ordförande eller sekreterare" in told) != offered


@pytest.mark.parametrize(
    ("email", "first", "number"), [(STINA, "FAR-STYR", 1), (JONAS, "EAV-ARB", 1), (EVA, "CEN", 38)]
)
def test_the_form_offers_the_groups_that_one_leads(
    talk: Talk, email: str, first: str, number: int
) -> None:
    member = met(talk, email)
    member.sends_button("survey.make", "")
    field = member.form().fields[0]
    assert isinstance(field, ChoiceField)
    codes = [choice.value for choice in field.choices]
    assert codes[0].startswith(first)
    assert len(codes) >= number


def test_a_forged_form_has_no_more_rights(talk: Talk, form: Member) -> None:
    karim = met(talk, KARIM)
    karim._form = form.form()
    karim.sends_form(GOOD)
    assert karim.errors() == {"group": "Välj en av dina grupper."}


def test_the_same_event_twice_is_one_survey(talk: Talk, form: Member) -> None:
    told = [form.sends_form(GOOD, event="E1") for _ in range(2)]
    assert told[0] == told[1]
    assert newest(talk).code == "E-2024-005"


def test_numbers_go_on_after_those_that_were_imported(talk: Talk, form: Member) -> None:
    with talk.database.write() as session:
        session.scalars(select(Survey).where(Survey.code == "E-2024-001")).one().code = "E-2024-041"
    assert "E-2024-042" in form.sends_form(GOOD)
