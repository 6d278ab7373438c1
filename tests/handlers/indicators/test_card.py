"""Indicators: each figure with its answers and span; where it is too unsure, only a range."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.indicators.indicator import Basis, Indicator, Observation, Target
from models.surveys.survey import Sensitivity
from tests.conversations.talk import MAJA, Member, Talk
from tests.handlers.conftest import Asking


def row_of(told: str, period: str) -> str:
    """The line of a series that begins with a period."""
    return next(line for line in told.splitlines() if line.startswith(f"{period} "))


@pytest.mark.parametrize(
    "line",
    ["indikator otrygg-kväll Larsboda", "indicator otrygg_kvall Larsboda"],
)
def test_a_figure_stands_with_its_span_and_its_answers(ask: Asking, line: str) -> None:
    told = ask(line)
    row = row_of(told, "2017").split("◐")
    assert row[0].split() == ["2017", "31", "%", "(21–44", "%)", "58"]
    assert row[1].strip().startswith("C – tolka försiktigt")
    assert "95-procentigt konfidensintervall" in told
    assert "Trygghetsmätningen" in told


def test_an_unsure_neighbourhood_is_told_beside_its_whole_district(ask: Asking) -> None:
    told = ask("indikator otrygg-kväll Larsboda 2018-06-01")
    assert "2017: 31 % (21–44 %) · 58 svar" in told
    assert (
        "Osäkert: få svar. Jämför hellre hela Farsta: 29 % (27–32 %), 1 190 svar."
        in told.replace("\xa0", " ")
    )
    assert "2020" not in told


def test_a_small_place_is_compared_with_its_district_in_one_press(reader: Member) -> None:
    reader.says("indikator otrygg-kväll Larsboda")
    told = reader.presses("Jämför Farsta")
    assert "Otrygg ute ensam sent i eget område · Farsta" in told
    assert "29 % (27–32 %)" in told


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (16.0, 46.0, "31 % (16–46 %)"),
        (15.9, 46.0, "osäkert: någonstans mellan 1 och 5 av 10"),
        (None, None, "31 % (21–44 %)"),
    ],
)
def test_a_span_of_more_than_thirty_points_stands_alone_and_without_a_percentage(
    talk: Talk, low: float | None, high: float | None, shown: str
) -> None:
    with talk.database.write() as session:
        row = _observation_of(session, "otrygg_kvall", "Larsboda", "2017")
        row.low, row.high = low, high
    told = talk.member(MAJA).says("indikator otrygg-kväll Larsboda 2018-06-01")
    row_told = row_of(told, "2017")
    assert row_told.removeprefix("2017").strip().startswith(shown)
    assert ("%" in row_told) == ("%" in shown)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_what_is_wrong_with_a_figure_stands_beside_it(talk: Talk) -> None:
    with talk.database.write() as session:
        row = _observation_of(session, "otrygg_kvall", "Larsboda", "2017")
        row.remark = "Fel i filen: 13 ska det vara."
    told = talk.member(MAJA).says("indikator otrygg-kväll Larsboda")
    assert "Fel i filen: 13 ska det vara." in row_of(told, "2017")


def _observation_of(session, code: str, place: str, period: str) -> Observation:  # type: ignore[no-untyped-def]
    query = select(Observation).join(Observation.indicator).where(Indicator.code == code)
    found = query.where(Observation.place == place, Observation.period == period)
    row: Observation = session.scalars(found).one()
    return row


def test_what_was_not_measured_says_why(ask: Asking) -> None:
    row = row_of(ask("indikator trygg_ensam_kvall Farsta"), "2020")
    assert "ej mätt" in row
    assert row.rstrip().endswith("Undersökningen ställdes in 2020.")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("indikator sspf_utan_aterfall Farsta", "8 av 14 (57 %)"),
        ("indikator brister_90 Farsta", "74 % (26 av 35)"),
        ("indikator fältarbete Skarpnäck", "visas inte: en till fyra personer"),
        ("indikator personrån Farsta", "1,2 per 1 000 invånare (0,9–1,5)"),
        ("indikator personrån Farsta", "73 registrerade"),
        ("indikator personrån Farsta", "Sedan 2022: går inte att skilja från slump."),
        ("indikator otrygg_ntu", "Sedan 2022: går inte att skilja från slump (minst 2 procent"),
        ("indikator chefer_utbildade", "Sedan 2022: 36 procentenheter mer."),
        ("indikator otrygg-kväll Järva", "Nytt område sedan 2023-07-01."),
        ("indikator otrygg-kväll Farsta", "Mål 2026: högst 24 %"),
        ("indikator otrygg-kväll Farsta", "Om det är nått går inte att säga"),
        ("indikator otrygg-kväll", "Mål 2026: högst 20 % (Kommunfullmäktige). Det är inte nått."),
        ("indikator medarbetare_utsatta", "−2,5 till −1,5 procentenheter – till det bättre."),
        ("indikator medarbetare_utsatta", "inte statistiskt underlag"),
        ("indikator avhopp_24h", "Mål 2024: minst 100 % (Socialnämnden). Det är inte nått."),
        ("indicator otrygg-kväll Farsta", "Target 2026: at most 24 %"),
    ],
)
def test_a_card_says_what_its_figures_bear_and_no_more(
    ask: Asking, shared_talk: Talk, line: str, told: str
) -> None:
    if line.startswith("indicator"):
        shared_talk = Talk(shared_talk.database)
        shared_talk.desk.only_language = "en"
        shown = shared_talk.member(MAJA, passing=True).says(line)
    else:
        shown = ask(line)
    assert told in shown.replace("\xa0", " ")


def test_a_break_in_the_series_hinders_a_comparison(ask: Asking) -> None:
    told = ask("indikator otrygg_ntu 2018-06-01")
    assert "Sedan 2016: serien är bruten, så siffrorna kan inte jämföras." in told


def test_without_a_name_all_indicators_are_listed(ask: Asking) -> None:
    told = ask("indikator")
    assert "- Anmälda personrån personran" in told
    assert "Skriv indikator och ett namn" in told


def test_a_place_without_figures_is_said_to_have_none(ask: Asking) -> None:
    assert "Inget utfall för den här platsen" in ask("indikator otrygg-kväll Akalla")


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("basis", "sensitivity", "n", "told", "untold"),
    [
        (Basis.MEMBERS, Sensitivity.INTERNAL, 4, "visas inte: för få svar", "%"),
        (Basis.MEMBERS, Sensitivity.INTERNAL, 6, "minst 4 av 6 som svarat", "%"),
        (Basis.MEMBERS, Sensitivity.SENSITIVE, 9, "visas inte: för få svar", "%"),
        (Basis.PANEL, Sensitivity.OPEN, 200, "Självvald panel – ingen felmarginal", "(6"),
    ],
)
def test_what_a_figure_rests_on_decides_what_is_said(  # noqa: PLR0913 - one row of the table
    talk: Talk, basis: Basis, sensitivity: Sensitivity, n: int, told: str, untold: str
) -> None:
    with talk.database.write() as session:
        row = _observation_of(session, "trygg_bo", "", "2023")
        row.indicator.basis, row.indicator.sensitivity = basis, sensitivity
        row.value, row.n, row.population = round(100 * 4 / 6), n, max(11, n)
        row.low = row.high = None
    shown = row_of(talk.member(MAJA).says("indikator trygg_bo"), "2023")
    assert told in shown
    assert untold not in shown


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("spoken", "told"),
    [
        ("sv", "Rättad 10 juni 2024: tidigare 29 % (26–32 %). Skäl: Fel kolumn."),
        ("en", "Corrected 10 June 2024: 29 % (26–32 %) before. Reason: Fel kolumn."),
    ],
)
def test_a_corrected_figure_stands_alone_and_says_what_it_was_before(
    talk: Talk, spoken: str, told: str
) -> None:
    with talk.database.write() as session:
        wrong = _observation_of(session, "otrygg_kvall", "FAR", "2023")
        wrong.value, wrong.low, wrong.high = 29, 26, 32
        same = {name: getattr(wrong, name) for name in ("indicator_id", "place", "district_id")}
        right = Observation(
            **same, period="2023", value=31, n=1200, low=28, high=34,
            corrects_id=wrong.id, corrected_at=talk.at, correction="Fel kolumn.",
        )  # fmt: skip
        session.add(right)
    talk.desk.only_language = spoken
    said = talk.member(MAJA).says("indikator otrygg-kväll Farsta").replace("\xa0", " ")
    assert said.count(told) == 2
    assert row_of(said, "2023").startswith("2023")
    assert "31 % (28–34 %)" in row_of(said, "2023")
    assert sum(line.startswith("2023 ") for line in said.splitlines()) == 1
    marked = f"31 % (28–34 %), {'rättad' if spoken == 'sv' else 'corrected'}"
    for line in ("indikator otrygg-kväll", "indikator tema otrygg-kväll Farsta"):
        assert marked in talk.member(MAJA).says(line).replace("\xa0", " ")


def test_several_sources_stand_side_by_side_and_are_never_averaged(reader: Member) -> None:
    reader.says("indikator otrygg-kväll Farsta")
    told = reader.presses("Jämför källor")
    assert "4 källor, ingen visar en tydlig förändring" in told
    for source in ("Polisens trygghetsmätning", "Trygghetsmätningen (staden)", "(Polisen)"):
        assert source in told
    assert "siffrorna räknas aldrig ihop" in told
    assert "Ingen siffra för platsen: Otrygg ute ensam sent, NTU" in told
    assert reader.says("indikator tema otrygg-kväll Farsta") == told


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"otrygg_kvall": 10, "otrygg_polis": 10}, "samma riktning: till det bättre"),
        ({"otrygg_kvall": 40, "otrygg_polis": 40}, "samma riktning: till det sämre"),
        ({"otrygg_kvall": 40, "trygg_ensam_kvall": 80}, "olika riktning"),
        ({"otrygg_kvall": 10}, "bara en visar en tydlig förändring"),
    ],
)
def test_the_directions_of_sources_are_compared_and_not_their_figures(
    talk: Talk, values: dict[str, float], told: str
) -> None:
    with talk.database.write() as session:
        for code, value in values.items():
            row = _observation_of(session, code, "FAR", "2023")
            row.value, row.low, row.high = value, value - 2, value + 2
    maja = talk.member(MAJA)
    maja.says("indikator otrygg-kväll Farsta")
    assert told in maja.presses("Jämför källor")


def test_how_it_was_worked_out_is_told_with_the_sources_limits(reader: Member) -> None:
    reader.says("indikator otrygg-kväll Farsta")
    told = reader.presses("Hur räknades det?")
    assert "Ett slumpmässigt urval" in told
    assert "17 669 svar 2017 (55 procent)" in told
    assert "D – bara spann" in told


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_no_way_is_better_where_the_direction_is_neither(talk: Talk) -> None:
    with talk.database.write() as session:
        shown = session.scalars(select(Indicator).where(Indicator.code == "felanmalningar")).one()
        session.add(Target(indicator_id=shown.id, place="", period="2025", value=9))
        for period, count in (("2022", 100), ("2023", 200)):
            session.add(
                Observation(
                    indicator_id=shown.id, place="", period=period, value=count, count=count
                )
            )
    maja = talk.member(MAJA)
    maja.says("indikator felanmalningar 2024-01-15")
    told = maja.presses("Över tid")
    assert "en tydlig ökning." in told
    assert "Mål 2025: 9." in told
    assert "bättre" not in told
    assert "nått" not in told
