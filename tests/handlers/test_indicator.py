"""Indicators: each figure with its answers and span; where it is too unsure, only the span."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.indicators import Indicator, Observation
from tests.conversations.talk import MAJA, Member, Talk
from tests.handlers.conftest import Asking


@pytest.mark.parametrize(
    "line",
    ["indikator otrygg-kväll Larsboda", "indicator otrygg_kvall Larsboda"],
)
def test_a_figure_stands_with_its_span_and_its_answers(ask: Asking, line: str) -> None:
    told = ask(line)
    row = next(line for line in told.splitlines() if line.startswith("2017"))
    assert row.split() == ["2017", "31", "%", "(21–44", "%)", "58"]
    assert "95-procentigt konfidensintervall" in told
    assert "Trygghetsmätningen" in told


def test_a_small_place_is_compared_with_its_district_in_one_press(reader: Member) -> None:
    reader.says("indikator otrygg-kväll Larsboda")
    told = reader.presses("Jämför Farsta")
    assert "Otrygg ute ensam sent i eget område · Farsta" in told
    assert "29 % (27–32 %)" in told


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (16.0, 46.0, "31 % (16–46 %)"),
        (15.9, 46.0, "osäkert: 15,9–46 %"),
        (None, None, "31 %"),
    ],
)
def test_a_span_of_more_than_thirty_points_stands_alone(
    talk: Talk, low: float | None, high: float | None, shown: str
) -> None:
    with talk.database.write() as session:
        of = Indicator.code == "otrygg_kvall"
        row = session.scalars(
            select(Observation)
            .join(Observation.indicator)
            .where(of, Observation.place == "Larsboda", Observation.period == "2017")
        ).one()
        row.low, row.high = low, high
    told = talk.member(MAJA).says("indikator otrygg-kväll Larsboda")
    row_told = next(line for line in told.splitlines() if line.startswith("2017"))
    assert row_told.removeprefix("2017").strip().startswith(shown)
    assert ("31 %" in row_told) == ("31" in shown)


def test_what_was_not_measured_says_why(ask: Asking) -> None:
    told = ask("indikator trygg_ensam_kvall Farsta")
    row = next(line for line in told.splitlines() if line.startswith("2020"))
    assert "ej mätt" in row
    assert row.rstrip().endswith("Undersökningen ställdes in 2020.")


def test_few_people_are_counted_before_they_are_a_percentage(ask: Asking) -> None:
    told = ask("indikator sspf_utan_aterfall Farsta")
    assert "8 av 14 (57 %)" in told


def test_without_a_name_all_indicators_are_listed(ask: Asking) -> None:
    told = ask("indikator")
    assert "- Anmälda personrån personran" in told
    assert "Skriv indikator och ett namn" in told


def test_a_place_without_figures_is_said_to_have_none(ask: Asking) -> None:
    assert "Inget utfall för den här platsen" in ask("indikator otrygg-kväll Akalla")
