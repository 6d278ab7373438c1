"""What a closed survey shows: persons in bands, never a percentage; nothing while it is open."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from sqlalchemy import select

from models.surveys import closing as survey_closing
from models.surveys.survey import Answer, Invitation, Sensitivity, Survey
from tests.conversations.talk import EVA, JONAS, MAJA, Member, Talk
from tests.handlers.conftest import Asking
from tests.handlers.surveys.test_answer import CODE, answers
from tests.presses import published


def without_response(told: str) -> str:
    """What is said, without the share that answered, which may always be told."""
    return re.sub(r"svarade \(\d+ %\)", "svarade", told)


def closed(
    talk: Talk, agreeing: Sequence[str], sensitivity: Sensitivity = Sensitivity.INTERNAL
) -> None:
    """Closes the survey with these answers to its second question, as many as have answered."""
    with talk.database.write() as session:
        survey = session.scalars(select(Survey).where(Survey.code == CODE)).one()
        survey.sensitivity = sensitivity
        invitations = session.scalars(
            select(Invitation).where(Invitation.survey_id == survey.id)
        ).all()
        for at, value in enumerate(agreeing):
            for question in survey.questions:
                filled = (
                    value if question.position == 2 else ("2", "", "yes")[question.position - 1]
                )
                row = Answer(id=f"{at}-{question.id}", question_id=question.id, value=filled)
                session.add(row)
            if at < len(invitations):
                invitations[at].answered = True
        survey_closing.end(session, survey, survey.closes_at)
    published(talk.database, survey.closes_at)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ("445512", "Minst 4 av de 6 som svarat instämmer (4–5)."),
        ("555555", "Minst 4 av de 6 som svarat instämmer (4–5)."),
        ("445112", "3 av de 6 som svarat instämmer (4–5)."),
        ("111111", "Högst 2 av de 6 som svarat instämmer (4–5)."),
        ("411111", "Högst 2 av de 6 som svarat instämmer (4–5)."),
        ("4444", "Visas inte – färre än 5 svar, för att skydda dem som svarat."),
        ("", "Ingen svarade, så det finns inget resultat."),
    ],
)
def test_counts_are_told_in_bands(talk: Talk, maja: Member, values: str, told: str) -> None:
    closed(talk, values)
    shown = maja.says(f"resultat {CODE}")
    assert f"{len(values)} av 9 svarade." in shown
    assert told in shown
    assert "%" not in without_response(shown)


@pytest.mark.parametrize(
    ("number", "sensitivity", "is_shown"),
    [
        (4, Sensitivity.INTERNAL, False),
        (5, Sensitivity.INTERNAL, True),
        (9, Sensitivity.SENSITIVE, False),
        (1, Sensitivity.OPEN, True),
    ],
)
def test_each_sensitivity_has_its_own_least_number(
    talk: Talk, maja: Member, number: int, sensitivity: Sensitivity, is_shown: bool
) -> None:
    closed(talk, "4" * number, sensitivity)
    assert ("instämmer (4–5)" in maja.says(f"resultat {CODE}")) == is_shown


def test_dont_know_does_not_help_a_question_over_the_limit(talk: Talk, maja: Member) -> None:
    closed(talk, ["4", "4", "4", "4", "dk"])
    shown = maja.says(f"resultat {CODE}")
    assert "instämmer (4–5)" not in shown
    assert "säger ja" in shown


@pytest.mark.parametrize(
    ("code", "told", "missing"),
    [
        ("E-2024-001", "Bedömning från verksamheten – inte statistiskt underlag.", False),
        ("E-2024-002", "De som inte svarat kan tycka annorlunda.", True),
    ],
)
def test_the_reservation_fits_who_answered(
    ask: Asking, code: str, told: str, missing: bool
) -> None:
    shown = ask(f"resultat {code}")
    assert told in shown
    assert ("De som inte svarat" in shown) == missing


@pytest.mark.parametrize("code", ["E-2023-001", "E-2024-001", "E-2024-002", "E-2024-003"])
def test_no_result_has_a_percentage(ask: Asking, code: str) -> None:
    told = without_response(ask(f"resultat {code}"))
    assert "%" not in told
    assert "procent" not in told.replace("Ingen procentsiffra visas", "")


def test_a_sensitive_survey_needs_ten(ask: Asking) -> None:
    told = ask("resultat E-2024-003", by=EVA)
    assert "8 av 13 svarade." in told
    assert "färre än 10 svar" in told


def test_nothing_is_shown_while_it_is_open(talk: Talk, maja: Member) -> None:
    answers(maja)
    told = maja.says(f"resultat {CODE}")
    assert "Enkäten är öppen till fre 14 juni 16.00." in told
    assert "svarade" not in told


def test_between_the_last_moment_and_the_close_it_is_not_said_to_be_open(
    talk: Talk, maja: Member
) -> None:
    talk.later(days=5)
    assert "Enkäten har stängt." in maja.says(f"resultat {CODE}")


def test_a_result_is_frozen_at_the_close(talk: Talk, maja: Member) -> None:
    closed(talk, "445512")
    before = maja.says(f"resultat {CODE}")
    with talk.database.write() as session:
        survey = session.scalars(select(Survey).where(Survey.code == CODE)).one()
        session.add(Answer(id="late", question_id=survey.questions[1].id, value="1"))
    assert published(talk.database, talk.at) == 0
    assert maja.says(f"resultat {CODE}") == before


def test_without_a_name_the_closed_ones_are_offered(reader: Member) -> None:
    reader.says("resultat")
    assert "Farsta, vintern 2024" in reader.presses("Läget i Farsta, vintern 2024")


@pytest.mark.parametrize("line", ["resultat Skarpnäck", "results Skarpnäck"])
def test_a_place_with_one_result_shows_it(ask: Asking, line: str) -> None:
    assert "Skarpnäcks lokala beredningsgrupp · " in ask(line, by=MAJA)


def test_what_is_sensitive_is_shown_to_those_concerned_alone(ask: Asking) -> None:
    refused = ask("resultat E-2024-003", by=JONAS)
    assert "Resultatet är känsligt. Det visas för de tillfrågade" in refused
    assert "8 av 13" not in refused
    assert "Otillåten påverkan" not in ask("resultat", by=JONAS)
    assert "Otillåten påverkan" in ask("resultat", by=EVA)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("FAR-BILD-3", ("6 av 11", "Minst 4 av de 6")),
        (
            "HAL-PANEL-3",
            (
                "180 av 300",
                "55 % säger ja",
                "Förra gången 49 % (84 av 172): +6, intervall −1 till +13",
                (
                    "Andra källor för Hägersten-Älvsjö: Trygghetsmätningen (staden) 2023; "
                    "Anmälda personrån (Polisen) 2023; "
                    "Medborgarundersökningen, 18 år och äldre 2023. "
                ),
            ),
        ),
    ],
)
def test_the_demo_shows_a_thin_wave_and_a_panel(
    ask: Asking, code: str, told: tuple[str, ...]
) -> None:
    shown = ask(f"resultat {code}")
    assert all(part in shown for part in told)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_result_that_does_not_come_is_not_promised_for_ever(talk: Talk, maja: Member) -> None:
    talk.later(days=4, hours=12)
    assert "Resultatet visas om en stund." in maja.says(f"resultat {CODE}")
    talk.later(days=2)
    assert "resultatet är inte räknat" in maja.says(f"resultat {CODE}")
