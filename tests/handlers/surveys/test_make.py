"""Making a survey: who may, what is asked, until when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.publishing.closing import Closing
from handlers.surveys.promise import whole_promise
from handlers.texts import language
from models.message import ChoiceField
from models.surveys import box as survey_box
from models.surveys import closing as survey_closing
from models.surveys.limits import Limits, limits_of
from models.surveys.survey import Invitation, Question, Survey
from tests.conversations.talk import EVA, JONAS, KARIM, STINA, Member, Talk
from tests.handlers.conftest import met
from tests.presses import PressHere

GOOD: dict[str, str | tuple[str, ...]] = {
    "group": "FAR-BER",
    "title": "Inför hösten",
    "questions": ("m_coop", "m_resource"),
}


NOBODY = (
    "Enkäten når ingen: ingen har en sådan plats i grupperna den dagen. "
    "Välj andra grupper eller roller."
)


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


def test_the_group_that_the_line_names_is_chosen_already(maja: Member) -> None:
    maja.says("ny enkät Farsta beredningsgrupp")
    field = maja.form().fields[0]
    assert isinstance(field, ChoiceField)
    assert field.initial == ("FAR-BER",)


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


FAULTS: tuple[tuple[dict[str, str | tuple[str, ...]], str], ...] = (
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
    ({"opens_on": "2024-06-20", "closes_on": "2024-06-19"},
     "Enkäten måste stänga efter att den har öppnat: välj en senare dag."),
    ({"opens_on": "2024-06-09"}, "Välj i dag eller en dag inom ett halvår."),
    ({"repeat": "4"}, "Skriv hur många gånger den kommer sammanlagt: 2 till 12."),
    ({"repeat": "4", "waves": "3", "closes_on": "2024-07-08"},
     "Enkäten måste stänga innan den öppnar nästa gång."),
    ({"own": "Vad?", "own_scale": "choice", "own_choices": "Ja"},
     "Skriv två till tio svarsval, ett per rad."),
    ({"own": "Vad?", "own_scale": "choice", "own_choices": "Ja\nJa"}, "Två svarsval är lika."),
    ({"targets": ("BRO-BER",)}, "Välj bland grupperna i listan."),
    ({"targets": ("every:steering",)}, "Välj bland grupperna i listan."),
    ({"roles": ("king",)}, "Välj bland rollerna i listan."),
    ({"roles": ("deputy",)}, NOBODY),
)  # fmt: skip


def test_a_fault_stands_at_its_field(form: Member) -> None:
    for wrong, told in FAULTS:
        form.sends_form({**GOOD, **wrong})
        assert list(form.errors().values()) == [told], wrong
    # Nothing of that was kept, and the form still works.
    few = form.sends_form({**GOOD, "roles": ("secretary",)})
    assert "Så få tillfrågas att inget resultat kommer att visas: det krävs 5 svar." in few


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_survey_in_july_invites_nobody_and_says_so_before_and_after(
    talk: Talk, form: Member
) -> None:
    july = {**GOOD, "opens_on": "2024-07-01", "closes_on": "2024-07-12"}
    warned = form.sends_form(july)
    assert "Ingen får något meddelande om den när den öppnar 1 juli." in warned
    assert "Välj andra dagar" in warned
    told = form.fills()
    assert newest(talk).title_sv == july["title"]
    assert told.startswith("Enkäten E-2024-005 är sparad")
    assert "Ingen får något meddelande om den när den öppnar 1 juli." in told
    assert "Be medlemmarna att skriva enkät: där kan de svara." in told


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


def test_a_coordinator_asks_every_steering_groups_chairs_in_the_districts_of_an_area(
    talk: Talk,
) -> None:
    eva = met(talk, EVA)
    eva.sends_button("survey.make", "")
    told = eva.sends_form({
        **GOOD, "group": "CEN-BER", "targets": ("every:steering",), "roles": ("chair",),
        "area": "places", "opens_on": "2024-06-12", "closes_on": "2024-06-19",
        "repeat": "26", "waves": "4", "sensitive": ("m_coop",),
    })  # fmt: skip
    assert "Den kommer 4 gånger, med 26 veckor emellan." in told
    assert "Den öppnar ons 12 juni 08.00." in told
    with talk.database.write() as session:
        survey = session.scalars(select(Survey).where(Survey.code == "E-2024-005")).one()
        people = survey_box.invite(session, survey, survey.opens_at)
        rows = session.scalars(select(Invitation).where(Invitation.survey_id == survey.id)).all()
        classes = [each.sensitivity.value for each in survey.questions]
    assert f"{len(people)} ledamöter" in told
    assert len({row.via_group for row in rows}) == len({row.district for row in rows}) > 5
    assert {row.party for row in rows} == {"city", "police"}
    assert classes == ["sensitive", "internal"]


def test_a_question_of_ones_own_has_the_choices_that_were_written(talk: Talk, form: Member) -> None:
    form.sends_form({
        **GOOD, "own": "Vilken kväll?", "own_scale": "choice", "own_choices": "Måndag\n\n Fredag ",
    })  # fmt: skip
    with talk.database.read() as session:
        question = session.scalars(select(Question).order_by(Question.id.desc())).first()
    assert question is not None
    assert question.choices_sv == ["Måndag", "Fredag"]
    assert question.key == "E-2024-005:3"


def test_a_question_is_worded_anew_at_once_while_nobody_has_answered(
    talk: Talk, form: Member
) -> None:
    form.sends_form({**GOOD, "questions": ("m_coop",)})
    form.says("enkät")
    form.presses("E-2024-005")
    form.presses("Ändra en fråga")
    assert "Ingen har svarat än" in form.form().note
    assert "Den gäller genast." in form.fills(sv="Samverkan fungerar bra i gruppen.")
    assert "Samverkan fungerar bra i gruppen. (version 2)" in form.presses("Visa enkäten")
    form.sends_button("survey.make", "")
    labels = [c.label for each in form.form().fields if isinstance(each, ChoiceField)
              for c in each.choices]  # fmt: skip
    assert "Samverkan fungerar bra i gruppen." in labels


def test_a_question_that_has_answers_becomes_a_version_for_the_next_time(
    talk: Talk, form: Member
) -> None:
    form.sends_form({**GOOD, "questions": ("m_coop",), "repeat": "13", "waves": "2"})
    with talk.database.write() as session:
        survey = session.scalars(select(Survey).where(Survey.code == "E-2024-005")).one()
        survey_box.invite(session, survey, talk.at)
    form.sends_button("survey.answer", "E-2024-005")
    form.fills(q1="4")
    form.sends_button("survey.question", "E-2024-005")
    assert "1 har svarat på den gamla lydelsen" in form.form().note
    told = form.fills(sv="Samverkan fungerar bra i gruppen.")
    assert "så den blir en ny version. Den ställs från och med nästa gång" in told
    with talk.database.write() as session:
        survey = session.scalars(select(Survey).where(Survey.code == "E-2024-005")).one()
        following = survey_closing.end(session, survey, survey.closes_at)
        assert following is not None
        asked = [(each.questions[0].wording_sv, each.questions[0].version)
                 for each in (survey, following)]  # fmt: skip
    assert asked == [
        ("Samverkan mellan stad och polis fungerar väl i vår grupp.", 1),
        ("Samverkan fungerar bra i gruppen.", 2),
    ]
    assert (following.code, following.wave, following.series) == ("E-2024-005-2", 2, "E-2024-005")
    assert following.opens_at - survey.opens_at == timedelta(weeks=13)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"sv": " "}, {"sv": "Skriv den nya lydelsen."}),
        ({"sv": "x" * 201}, {"sv": "Skriv högst 200 tecken."}),
        ({"question": "7", "sv": "Ny?"}, {"question": "Välj en fråga."}),
    ],
)
def test_what_is_wrong_with_a_new_wording_stands_at_its_field(
    form: Member, typed: dict[str, str], told: dict[str, str]
) -> None:
    form.sends_form(GOOD)
    form.sends_button("survey.question", "E-2024-005")
    form.fills(**typed)
    assert form.errors() == told


def test_what_is_promised_when_a_survey_is_made_holds_though_the_setting_changes(
    talk: Talk, form: Member
) -> None:
    talk.desk.limits = Limits(7, 12, 3)
    form.sends_button("survey.make", "")
    labels = [c.label for each in form.form().fields if isinstance(each, ChoiceField)
              for c in each.choices]  # fmt: skip
    assert {"Åsikt i arbetet: visas från 7 svar", "Känslig: visas från 12 svar"} <= set(labels)
    made = form.sends_form({
        **GOOD, "sensitive": ("m_resource",), "roles": ("secretary",), "repeat": "13", "waves": "2",
    })  # fmt: skip
    assert "inget resultat kommer att visas: det krävs 7 svar" in made
    talk.desk.limits = Limits()
    with talk.database.write() as session:
        survey = session.scalars(select(Survey).where(Survey.code == "E-2024-005")).one()
        survey_box.invite(session, survey, talk.at)
        following = survey_closing.end(session, survey, survey.closes_at)
        assert following is not None
        assert limits_of(following) == limits_of(survey) == Limits(7, 12, 3)
        said = whole_promise(language("sv"), survey)
        assert "bara om minst 7 har svarat" in said
        assert "Känsligare frågor visas bara om minst 12 har svarat." in said
        assert "only if at least 7 have answered" in whole_promise(language("en"), following)


def test_a_series_is_ended_by_those_who_lead_it(talk: Talk, form: Member) -> None:
    form.sends_form({**GOOD, "repeat": "13", "waves": "3"})
    assert "Bara gruppens ordförande" in met(talk, KARIM).sends_button("survey.end", "E-2024-005")
    form.sends_button("survey.manage", "E-2024-005")
    assert "E-2024-005 återkommer inte." in form.presses("Avsluta serien")
    with talk.database.write() as session:
        survey = session.scalars(select(Survey).where(Survey.code == "E-2024-005")).one()
        assert survey_closing.end(session, survey, survey.closes_at) is None


def test_a_survey_with_names_says_so_before_and_shows_them_to_those_who_lead(
    talk: Talk, form: Member
) -> None:
    form.sends_form({**GOOD, "questions": ("m_resource",), "named": "yes"})
    karim = met(talk, KARIM)
    with talk.database.write() as session:
        survey = session.scalars(select(Survey).where(Survey.code == "E-2024-005")).one()
        survey_box.invite(session, survey, talk.at)
    assert "Den här enkäten är inte anonym" in karim.says("enkät E-2024-005")
    karim.presses("Svara")
    assert "förseglade" not in karim.form().intro
    for value in ("yes", "no"):
        karim.sends_button("survey.answer", "E-2024-005")
        karim.fills(q1=value)
    assert "när enkäten har stängt" in form.sends_button("survey.names", "E-2024-005")
    with talk.database.write() as session:
        survey_closing.end(session, session.get_one(Survey, survey.id), survey.closes_at)
    Closing(talk.database, talk.desk.keys, PressHere()).publish_due(survey.closes_at)
    assert "Vem svarade vad" not in karim.says("resultat E-2024-005")
    form.says("resultat E-2024-005")
    assert "Karim Haddad: Nej" in form.presses("Vem svarade vad")
    assert "Karim Haddad" not in karim.sends_button("survey.names", "E-2024-005")


def test_what_is_sensitive_is_never_answered_with_names(form: Member) -> None:
    form.sends_form({**GOOD, "named": "yes", "sensitivity": "sensitive"})
    assert form.errors() == {"named": "Det som är känsligt besvaras anonymt: välj ja här."}


def test_an_anonymous_survey_has_no_names_to_show(form: Member) -> None:
    assert "enkäten är anonym" in form.sends_button("survey.names", "E-2024-004")
