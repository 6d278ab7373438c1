"""`samverkan export`: what scripts get on stdout, in files, on stderr and as exit code."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.bot.test_commands import MAJA, Run, bare, samverkan
from tests.conversations.talk import EVA

__all__ = ["bare", "samverkan"]

only_sqlite = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@only_sqlite
def test_the_matrix_of_three_days_comes_as_csv_and_as_a_picture(
    samverkan: Run, tmp_path: Path
) -> None:
    for day, districts, groups in (
        ("2019-06-04", 14, 0),
        ("2021-01-01", 13, 41),
        ("2024-06-10", 11, 38),
    ):
        ended = samverkan("export", "representation", "--on", day)
        rows = list(csv.DictReader(ended.out.removeprefix("\ufeff").splitlines(), delimiter=";"))
        assert ended.code == 0
        assert len({row["Områdeskod"] for row in rows}) == districts
        assert len([row for row in rows if row["Gruppkod"]]) == districts * groups
        if not groups:
            assert {row["Representation"] for row in rows} == {"Saknar röst"}
    for form, begins in (("png", b"\x89PNG"), ("svg", b"<?xml")):
        picture = tmp_path / f"m.{form}"
        words = ("--on", "2019-06-04", "--format", form, "--output", str(picture))
        ended = samverkan("export", "representation", *words)
        assert picture.read_bytes().startswith(begins)
        assert "Central styrgrupp (finns inte): egen röst 0 av 14. Saknar röst: Bromma" in ended.err


@only_sqlite
def test_seats_come_as_rows_for_programs_and_as_a_calendar(samverkan: Run) -> None:
    words = ("export", "seats", "--group", "Farsta styrgrupp", "--on", "2024-06-10")
    rows = json.loads(samverkan(*words, "--format", "json").out)
    assert [row["position"] for row in rows][:2] == ["FAR-STYR-01", "FAR-STYR-02"]
    assert {row["filling"] for row in rows} == {"held", "vacant"}
    assert rows[-1]["valid_to"] == "2024-12-31"
    assert "UID:FAR-STYR-09-last@samverkansbot" in samverkan(*words, "--format", "ics").out
    english = samverkan(*words, "--language", "en").out
    assert english.removeprefix("\ufeff").startswith("Group code;Group;Position;Role;")


@only_sqlite
def test_an_area_and_an_earlier_days_knowledge_can_be_asked_for(samverkan: Run) -> None:
    words = ("export", "representation", "--on", "2022-04-05", "--format", "json")
    area = json.loads(samverkan(*words, "--area", "otillåten påverkan").out)
    assert {row["state"] for row in area} == {"none"}
    seats = ("export", "seats", "--on", "2022-04-05", "--format", "json", "--group", "FAR-STYR")
    known = json.loads(samverkan(*seats, "--known", "2022-04-05", "--as", EVA).out)
    now = json.loads(samverkan(*seats).out)
    assert "FAR-STYR-02" not in {row["position"] for row in known}
    assert "FAR-STYR-02" in {row["position"] for row in now}


@only_sqlite
def test_what_cannot_be_exported_ends_with_a_sentence(samverkan: Run, tmp_path: Path) -> None:
    for words, said in (
        (("seats", "--group", "NOWHERE"), "Det finns ingen grupp NOWHERE. De närmaste koderna är"),
        (("seats", "--group", "HLI-STYR"), "HLI-STYR finns inte den 10 juni 2024"),
        (("representation", "--area", "fiske"), "Det finns inget prioriterat område fiske"),
        (("representation", "--as", "x@y.example"), "Ingen medlem har e-postadressen x@y.example"),
        (("representation", "--as", MAJA, "--known", "2024-01-01"), "visas för registratorn"),
        (("representation", "--on", "1990-01-01"), "Jag känner inte till några stadsdelsområden"),
        (("representation", "--output", str(tmp_path / "no" / "m.csv")), "cannot be used"),
    ):
        ended = samverkan("export", *words)
        assert (ended.code, ended.out) == (1, ""), words
        assert said in ended.err


@only_sqlite
def test_wrong_usage_ends_with_2(samverkan: Run) -> None:
    for words in (
        ("budget",),
        ("seats", "--format", "png"),
        ("representation", "--format", "ics"),
        ("representation", "--on", "31 februari"),
        ("representation", "--known", "snart"),
        ("decisions", "--since", "2024-04-30", "--until", "2024-01-01"),
        ("decisions", "--known", "2024-01-01"),
        ("seats", "--since", "2024-01-01"),
        ("year", "--status", "delayed"),
        ("representation", "--language", "fi"),
        (),
    ):
        ended = samverkan("export", *words)
        assert (ended.code, ended.out) == (2, ""), words
        assert "Traceback" not in ended.err


@only_sqlite
def test_results_indicators_and_sources_come_in_open_formats(samverkan: Run) -> None:
    ended = samverkan("export", "results", "--group", "FAR-BER", "--format", "json")
    assert ended.code == 0
    rows = json.loads(ended.out)
    assert {row["cell"] for row in rows} == {"FAR-BER"}
    assert all(row["grade"] in "ABCD" or row["count_low"] is None for row in rows)
    assert all(row["value"] is None for row in rows if row["grade"] in ("D", "X", "X2"))
    figures = samverkan("export", "indicators", "--on", "2020-01-01", "--format", "json")
    assert max(row["period"][:4] for row in json.loads(figures.out)) == "2020"
    sources = samverkan("export", "sources").out.removeprefix("\ufeff").splitlines()
    assert [row["Kod"] for row in csv.DictReader(sources, delimiter=";")].count("D-001") == 1
