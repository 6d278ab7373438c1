"""Figures in files: what is impossible, twice there or nowhere is refused with row and column."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.workbook.faults import cautioned
from handlers.texts import language
from models.database import Database
from models.indicators.indicator import Observation, Target, standing
from models.indicators.sources import SourceStep
from tests.bot.workbook.files import AT, Sheets, bring_in, faults, imported, village, write

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)

INDICATORS = [
    "code,name_sv,name_en,unit,direction,source,basis,persons",
    "TRYGG,Trygg,Safe,%,higher,Medborgarundersökningen,sample,",
    "RAN,Personrån,Robberies,per 1 000,lower,Polisen,register,",
]
HEADINGS = "indicator,place,period,value,n,population,low,high,margin,count,not_measured_reason"

IMPOSSIBLE = [
    ("TRYGG,FAR,2023,156,,,,,,,", "column value", "from 0 to 100"),
    ("RAN,FAR,2023,-1,,,,,,,", "column value", "at least 0"),
    ("TRYGG,FAR,2023,fem,,,,,,,", "column value: found “fem”", "a number"),
    ("TRYGG,FAR,2023,56,400,,60,70,,,", "column value: found “56”", "60 to 70"),
    ("TRYGG,FAR,2023,56,400,,50,,,,", "column high", "the other limit"),
    ("TRYGG,FAR,2023,56,400,,50,60,3,,", "column margin: found “3”", "either a margin"),
    ("TRYGG,FAR,2023,56,400,300,,,,,", "column n: found “400”", "at most as many"),
    ("TRYGG,FAR,2023,56,40,,,,,41,", "column count: found “41”", "at most as many"),
    ("TRYGG,FAR,2023,56,40,,,,,20,", "column value: found “56”", "50 %"),
    ("TRYGG,FAR,2023,56,,,,,,,Inställd", "not_measured_reason", "nothing, since"),
    ("TRYGG,FAR,2023,,,,,,,,", "not_measured_reason", "the reason why"),
    ("TRYGG,Farssta,2023,56,,,,,,,", "column place: found “Farssta”", "Nearest: FAR (Farsta)"),
    ("TRYGG,FAR,våren 23,56,,,,,,,", "column period: found “våren 23”", "2023-T2"),
    ("TRYGG,FAR,2023-T4,56,,,,,,,", "column period", "a period such as"),
    ("TRYG,FAR,2023,56,,,,,,,", "column indicator: found “TRYG”", "Nearest: TRYGG"),
]


@pytest.mark.parametrize(("line", "place", "expected"), IMPOSSIBLE)
def test_an_impossible_figure_is_refused_with_its_place(
    database: Database, tmp_path: Path, line: str, place: str, expected: str
) -> None:
    sheets = village(indicators=INDICATORS, observations=[HEADINGS, line])
    (said,) = faults(bring_in(database, write(tmp_path / "in", sheets)))
    assert said.startswith("observations.csv, row 2, ")
    assert place in said
    assert expected in said


def test_a_period_written_in_two_ways_is_there_twice(database: Database, tmp_path: Path) -> None:
    lines = [HEADINGS, "TRYGG,FAR,2023-K4,56,,,,,,,", "TRYGG,FAR,2023 Q4,57,,,,,,,"]
    sheets = village(indicators=INDICATORS, observations=lines)
    (said,) = faults(bring_in(database, write(tmp_path / "in", sheets)))
    assert "observations.csv, row 3, column period" in said
    assert "row 2 has the same" in said


def test_a_whole_series_comes_in_with_its_targets_and_sources(
    database: Database, tmp_path: Path
) -> None:
    sheets = village(
        indicators=[f"{INDICATORS[0]},data_source", f"{INDICATORS[1]},mu", f"{INDICATORS[2]},"],
        observations=[
            HEADINGS,
            "TRYGG,FAR,HT 2023,56,412,,,,3,,",
            "RAN,,2023-05,1.2,,,,,,73,",
            "TRYGG,,2020,,,,,,,,Inställd",
        ],
        targets=["indicator,place,period,value,decided_by", "TRYGG,FAR,2026,60,KF"],
        data_sources=["code,name,status", "mu,Medborgarundersökningen,in_use"],
    )
    folder = write(tmp_path / "in", sheets)
    imported(database, folder)
    with database.read() as session:
        rows = session.scalars(select(Observation).order_by(Observation.id)).all()
        assert [(row.period, row.margin, row.count) for row in rows] == [
            ("2023-HT", 3, None),
            ("2023-05", None, 73),
            ("2020", None, None),
        ]
        assert session.scalars(select(Target.value)).all() == [60]
        assert len(session.scalars(select(SourceStep)).all()) == 1
    assert imported(database, folder).changed == 0


def test_a_figure_that_is_stored_is_never_changed_without_a_reason(
    database: Database, tmp_path: Path
) -> None:
    before = village(indicators=INDICATORS, observations=[HEADINGS, "TRYGG,FAR,2023,56,,,,,,,"])
    imported(database, write(tmp_path / "in", before))
    after = village(indicators=INDICATORS, observations=[HEADINGS, "TRYGG,FAR,2023,57,,,,,,,"])
    (said,) = faults(bring_in(database, write(tmp_path / "in", after)))
    assert "row 2, column value: expected what is stored already" in said
    assert "give the reason in the column correction" in said


def corrections(*lines: str) -> Sheets:
    """Files with observations of which some correct what is stored."""
    return village(indicators=INDICATORS, observations=[f"{HEADINGS},correction", *lines])


def test_a_wrong_figure_is_corrected_by_a_new_row_that_points_to_it(
    database: Database, tmp_path: Path
) -> None:
    first = corrections("TRYGG,FAR,2023,56,400,,,,,,,", "TRYGG,FAR,2022,50,400,,,,,,,")
    imported(database, write(tmp_path / "first", first))
    right = write(
        tmp_path / "right", corrections("TRYGG,FAR,2023,65,410,,,,,,,Siffrorna omkastade")
    )
    assert imported(database, right).changed == 1
    again = imported(database, right)
    assert (again.new, again.changed) == (0, 0)
    with database.read() as session:
        rows = session.scalars(select(Observation).where(Observation.period == "2023")).all()
        assert [(row.value, row.n, row.correction) for row in rows] == [
            (56, 400, ""),
            (65, 410, "Siffrorna omkastade"),
        ]
        assert rows[1].corrects is rows[0]
        assert rows[1].corrected_at == AT
        assert sorted(session.scalars(standing()), key=lambda row: row.period)[1:] == [rows[1]]
    (said,) = faults(bring_in(database, write(tmp_path / "old", first)))
    assert "row 2, column value: expected what is stored already" in said


def test_an_older_correction_turns_no_newer_one_back(database: Database, tmp_path: Path) -> None:
    for at, line in enumerate(["56,,,,,,,,", "65,,,,,,,,Omkastat", "66,,,,,,,,Avrundat fel"]):
        imported(database, write(tmp_path / str(at), corrections(f"TRYGG,FAR,2023,{line}")))
    (said,) = faults(bring_in(database, tmp_path / "1"))
    assert "column correction: found “Omkastat”, expected a reason of its own" in said
    with database.read() as session:
        assert [row.value for row in session.scalars(standing())] == [66]


def test_a_figure_from_before_there_was_the_district_is_told(
    database: Database, tmp_path: Path
) -> None:
    sheets = village(indicators=INDICATORS, observations=[HEADINGS, "TRYGG,JAR,2021,56,,,,,,,"])
    outcome = bring_in(database, write(tmp_path / "in", sheets))
    assert faults(outcome) == []
    said = [cautioned(each, language("en")) for each in outcome.cautions]
    assert any("Järva did not exist in 2021" in each for each in said)


def test_only_a_register_counts_persons(database: Database, tmp_path: Path) -> None:
    lines = [INDICATORS[0], "TRYGG,Trygg,Safe,%,higher,MU,sample,yes"]
    sheets = village(indicators=lines, observations=[HEADINGS])
    (said,) = faults(bring_in(database, write(tmp_path / "in", sheets)))
    assert "indicators.csv, row 2, column persons" in said
