"""Result cards: counts and persons first, what they bear in words, and no percentage in D and X."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.console import as_text
from handlers.results.card import result_card
from handlers.texts import language
from models.drawings import Intervals
from models.message import File, Image, Message, Table, Text
from models.statistics.grade import Grade
from models.surveys.published import CellKind
from models.surveys.survey import Scale, Survey, SurveyResult
from tests.conversations.talk import Member, Talk
from tests.handlers.results.surveyed import districts, many, six_of_eleven, survey_of, told
from tests.handlers.results.test_finding import without_response

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def with_results(talk: Talk, maja: Member) -> Member:
    """Maja, in a cooperation with three surveys that were published."""
    with talk.database.write() as session:
        for make in (six_of_eleven, many, districts):
            make(session)
    return maja


def english(talk: Talk, maja: Member, code: str) -> str:
    """A survey's card in English."""
    talk.desk.only_language = "en"
    return maja.sends_button("survey.result", code)


def test_six_of_eleven_are_told_as_persons_and_nothing_more(with_results: Member) -> None:
    said = with_results.sends_button("survey.result", "E-6")
    for line in (
        "Farsta lokala styrgrupp · våg 3, 12 maj – 26 maj 2024",
        "”Vi har en gemensam lägesbild”",
        "○ D – bara spann",
        "Minst 4 av de 6 som svarat instämmer (4–5). ",
        "I hela gruppen (11 personer): mellan 4 och 11.",
        "6 av 11 svarade (55 %). Ingen procentsiffra visas: de 5 som saknas kan ändra bilden helt.",
        "Kan jag lita på det? Nej, inte som siffra – bara som att flera gör det. ",
        "2 svar till (8 av 11) kan räcka för betyg C.",
        "Förändring: visas inte (minst 5 måste ha ändrat sig åt samma håll).",
        "Bedömning från verksamheten – inte statistiskt underlag.",
    ):
        assert line in said
    assert "%" not in without_response(said)


def test_six_of_eleven_in_english(talk: Talk, with_results: Member) -> None:
    said = english(talk, with_results, "E-6")
    assert "At least 4 of the 6 who answered agree (4–5)." in said
    assert "In the whole group (11): between 4 and 11." in said
    assert "2 more answers (8 of 11) may reach grade C." in said


def test_many_answers_bear_a_percentage_with_all_its_reservations(with_results: Member) -> None:
    said = with_results.sends_button("survey.result", "E-180")
    for line in (
        "◕ B – ganska säker",
        "55 % instämmer (4–5) (95 %-intervall 50–60 %, om de som saknas liknar dem som svarat).",
        "Om ingen eller alla av de 120 som saknas gör detsamma: 33–73 %.",
        "180 av 300 svarade (60 %). Det sänker betyget från A.",
        "Förra gången 49 % (84 av 172): +6, intervall −1 till +13: ",
        "går inte att skilja från slump (ca 7 krävs).",
        "Kan jag lita på det? Nivån: ja, ungefär hälften eller något fler. Förändringen: nej.",
    ):
        assert line in said
    assert "inte statistiskt underlag" not in said


def test_many_answers_in_english(talk: Talk, with_results: Member) -> None:
    said = english(talk, with_results, "E-180")
    assert "55 % agree (4–5) (95 % interval 50–60 %" in said
    assert "cannot be told from chance (needs about 7)" in said


@pytest.mark.parametrize(
    ("spoken", "line"),
    [
        (
            "sv",
            (
                "Andra källor för Farsta: Trygghetsmätningen (staden) 2023; "
                "Polisens trygghetsmätning 2023; Anmälda personrån (Polisen) 2023; "
                "Medborgarundersökningen, 18 år och äldre 2023. "
                "De mäter var och en på sitt sätt och för sin period, "
                "så siffrorna räknas aldrig ihop."
            ),
        ),
        (
            "en",
            (
                "Other sources for Farsta: Trygghetsmätningen (staden) 2023; "
                "Polisens trygghetsmätning 2023; Reported robberies of persons (Polisen) 2023; "
                "Medborgarundersökningen, 18 år och äldre 2023. "
                "Each has its own measure and period, so they are never averaged."
            ),
        ),
    ],
)
def test_a_card_names_what_else_is_known_on_its_theme_in_the_area(
    stockholm_session: Session, spoken: str, line: str
) -> None:
    survey = many(stockholm_session)
    survey.questions[0].key = "square_evening"
    said = card_of(stockholm_session, survey, spoken)
    assert line in said


def test_the_other_sources_stand_side_by_side_in_one_press(
    talk: Talk, with_results: Member
) -> None:
    with talk.database.write() as session:
        survey = session.scalars(select(Survey).where(Survey.code == "E-180")).one()
        survey.questions[0].key = "square_evening"
    said = with_results.sends_button("survey.result", "E-180")
    assert said.index("Kan jag lita på det?") < said.index("Andra källor för Farsta")
    told = with_results.presses("Jämför källor")
    assert "Trygghet ute · Farsta" in told
    assert "Polisens trygghetsmätning" in told


@pytest.mark.parametrize("key", ["", "m_coop", "worry_crime"])
def test_a_question_without_a_theme_or_figures_names_no_other_source(
    stockholm_session: Session, key: str
) -> None:
    survey = many(stockholm_session)
    survey.questions[0].key = key
    message = result_card(
        stockholm_session,
        language("sv"),
        survey,
        stockholm_session.get_one(SurveyResult, survey.id),
    )
    assert "Andra källor" not in as_text(message)
    assert "indicator.theme" not in message.model_dump_json()


def drawn(member: Member) -> tuple[Intervals, str]:
    """The picture of the last message and what it says in words."""
    (image,) = [part for part in member.message().parts if isinstance(part, Image)]
    assert isinstance(image.drawing, Intervals)
    return image.drawing, image.alt


def test_the_pictures_of_both_cards_show_a_range_and_a_figure(with_results: Member) -> None:
    with_results.sends_button("survey.result", "E-6")
    with_results.presses("Som bild")
    (row,), alt = drawn(with_results)[0].rows, drawn(with_results)[1]
    assert (row.value, row.word, row.caution) == (None, "D bara spann", True)
    assert row.interval is not None
    assert (round(row.interval.low), round(row.interval.high)) == (36, 100)
    assert "Minst 4 av de 6 som svarat" in alt
    assert "%" not in alt
    with_results.sends_button("survey.result", "E-180")
    with_results.presses("Som bild")
    (row,), alt = drawn(with_results)[0].rows, drawn(with_results)[1]
    assert row.value == pytest.approx(55)
    assert row.bounds is not None
    assert (row.bounds.low, row.bounds.high) == pytest.approx((33, 73))
    assert "55 % (50–60 %), 180 av 300 svarade, B – ganska säker." in alt


def test_districts_are_drawn_in_order_each_with_its_own_look(with_results: Member) -> None:
    with_results.sends_button("survey.result", "E-11")
    with_results.presses("Som bild")
    drawing, alt = drawn(with_results)
    assert [row.label for row in drawing.rows] == [
        "Bromma", "Enskede-Årsta-Vantör", "Farsta", "Hägersten-Älvsjö", "Hässelby-Vällingby",
        "Järva", "Kungsholmen", "Skarpnäck", "Skärholmen", "Södermalm",
    ]  # fmt: skip
    rows = {row.label: row for row in drawing.rows}
    assert rows["Farsta"].word == "D bara spann"
    assert rows["Kungsholmen"].reason == "visas inte – färre än 5 svar"
    assert rows["Skarpnäck"].reason == "visas inte – skyddar ett annat resultat"
    assert rows["Skärholmen"].word == "A alla svarade"
    assert rows["Skärholmen"].interval is None
    assert drawing.city is not None
    for row in drawing.rows:
        assert f"{row.label}: " in alt


def test_everybody_comes_before_the_districts_on_the_card(with_results: Member) -> None:
    said = with_results.sends_button("survey.result", "E-11")
    assert "Alla tillfrågade · våg 3" in said
    assert "300 av 420 svarade (71 %)" in said


def test_the_table_and_its_files_hold_what_was_frozen_and_nothing_hidden(
    with_results: Member,
) -> None:
    with_results.sends_button("survey.result", "E-11")
    with_results.presses("Visa tabell")
    (table,) = [part for part in with_results.message().parts if isinstance(part, Table)]
    assert len(table.rows) == 11
    with_results.presses("CSV")
    rows = csv.DictReader(io.StringIO(_file(with_results).decode("utf-8-sig")), delimiter=";")
    by_name = {row["Av vilka"]: row for row in rows}
    hidden = by_name["Skarpnäck"]
    assert hidden["Betyg"].startswith("X2 – visas inte")
    assert (hidden["Svar (n)"], hidden["Tillfrågade (N)"]) == ("20", "30")
    assert {hidden[name] for name in ("Lägsta antal", "Procent eller medel")} == {""}
    assert by_name["Farsta"]["Procent eller medel"] == ""
    assert by_name["Bromma"]["Procent eller medel"] == "63,2"


@pytest.mark.parametrize("label", ["JSON", "Excel"])
def test_every_open_format_can_be_had(with_results: Member, label: str) -> None:
    with_results.sends_button("survey.result", "E-6")
    with_results.presses("Visa tabell")
    with_results.presses(label)
    content = _file(with_results)
    if label == "JSON":
        (row,) = json.loads(content)
        assert (row["grade"], row["value"], row["n"]) == ("D", None, 6)
    else:
        assert content.startswith(b"PK")


def _file(member: Member) -> bytes:
    (file,) = [part for part in member.message().parts if isinstance(part, File)]
    return file.content


def test_how_it_was_worked_out_names_method_thresholds_and_letters(with_results: Member) -> None:
    with_results.sends_button("survey.result", "E-180")
    said = with_results.presses("Hur räknades det?")
    assert "hypergeometriska testet" in said
    assert "Jämförelser med förra vågen:" in said
    assert "X2 – visas inte" in said


def texts(message: Message) -> str:
    """All that a card says of its figures."""
    return "\n".join(part.text for part in message.parts if isinstance(part, Text))


@pytest.mark.parametrize("n", [0, 1, 4, 5, 6, 9, 12])
@pytest.mark.parametrize("part", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("eligible", [12, 20, 40])
def test_no_card_of_grade_d_or_x_has_a_percentage_and_all_have_n_and_grade(
    stockholm_session: Session, n: int, part: float, eligible: int
) -> None:
    survey = survey_of(stockholm_session, "E-X", "Vi vet vad vi ska göra", (n, eligible))
    cell = (CellKind.GROUP, "FAR-STYR", "Farsta lokala styrgrupp")
    grade = told(stockholm_session, survey, (round(part * n), n, eligible), cell).grade
    result = stockholm_session.get_one(SurveyResult, survey.id)
    card = result_card(stockholm_session, language("sv"), survey, result)
    figures = without_response(texts(card))
    assert ("%" in figures) <= grade.shows_percent
    assert f"{n} av {eligible} svarade" in texts(card)
    assert f" {grade.value} – " in as_text(card)
    assert "Källa: enkäten E-X" in as_text(card)
    if not grade.shows_percent:
        assert not re.search(r"\d\s?%|procentenhet", figures)


GROUP = (CellKind.GROUP, "FAR-STYR", "Farsta lokala styrgrupp")


def test_the_spread_and_the_mean_stand_beside_the_share(stockholm_session: Session) -> None:
    survey = survey_of(stockholm_session, "E-S", "Vi vet vad vi ska göra", (52, 60))
    told(stockholm_session, survey, (29, 52, 60), GROUP)
    for at, yes in enumerate((7, 7, 9, 19, 10), start=1):
        told(stockholm_session, survey, (yes, 52, 60), GROUP, figure=f"answer:{at}")
    told(
        stockholm_session, survey, (29, 52, 60), GROUP,
        figure="mean", value=3.3, interval_low=3.2, interval_high=3.5,
    )  # fmt: skip
    said = card_of(stockholm_session, survey)
    assert "Svarens fördelning: 1: 7 · 2: 7 · 3: 9 · 4: 19 · 5: 10." in said
    assert "I snitt 3,3 (95 %-intervall 3,2–3,5)." in said


@pytest.mark.parametrize(
    ("counts", "common"), [((30, 18, 4), "Vanligast: Bättre."), ((24, 22, 6), None)]
)
def test_a_choice_is_the_most_common_only_where_no_other_may_be(
    stockholm_session: Session, counts: tuple[int, ...], common: str | None
) -> None:
    survey = survey_of(stockholm_session, "E-V", "Åt vilket håll?", (52, 60))
    (question,) = survey.questions
    question.scale, question.choices_sv = Scale.CHOICE, ["Bättre", "Lika", "Sämre"]
    for at, yes in enumerate(counts, start=1):
        told(stockholm_session, survey, (yes, 52, 60), GROUP, figure=f"option:{at}")
    said = card_of(stockholm_session, survey)
    assert "valde ”Lika”" in said
    assert ("Vanligast:" in said) == (common is not None)
    assert common is None or common in said


def test_an_average_that_is_hidden_says_how_many_answers_it_needs(
    stockholm_session: Session,
) -> None:
    survey = survey_of(stockholm_session, "E-T", "Hur många kvällar?", (9, 9))
    survey.questions[0].scale = Scale.NUMBER
    told(stockholm_session, survey, (9, 9, 9), GROUP, figure="mean", grade=Grade.X)
    said = card_of(stockholm_session, survey)
    assert "färre än 10 svar" in said
    assert "färre än 5 svar" not in said


def card_of(session: Session, survey: Survey, spoken: str = "sv") -> str:
    """A survey's card in a language, Swedish unless another is named, as text."""
    result = session.get_one(SurveyResult, survey.id)
    return as_text(result_card(session, language(spoken), survey, result))
