"""`samverkan export measures` and its kin: rows, pictures and a plan for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bot.test_commands import Run, bare, samverkan

__all__ = ["bare", "samverkan"]

only_sqlite = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@only_sqlite
def test_measures_come_by_group_area_and_status_and_as_they_stood_on_a_day(samverkan: Run) -> None:
    words = ("export", "measures", "--format", "json")
    silent = json.loads(samverkan(*words, "--group", "FAR-BER", "--status", "silent").out)
    assert [row["measure"] for row in silent] == ["FAR-006", "FAR-013"]
    assert {row["state"] for row in silent} == {"silent"}
    area = json.loads(samverkan(*words, "--area", "unsafe_places", "--status", "done").out)
    assert "FAR-014" in {row["measure"] for row in area}
    then = json.loads(samverkan(*words, "--group", "FAR-BER", "--on", "2023-06-01").out)
    assert max(row["reported_on"] for row in then if row["reported_on"]) <= "2023-06-01"
    refused = samverkan(*words, "--status", "nosuch")
    assert (refused.code, refused.out) == (2, "")


@only_sqlite
def test_decisions_come_for_the_register_and_it_is_told_how_many_have_no_number(
    samverkan: Run,
) -> None:
    words = ("export", "decisions", "--group", "FAR-BER", "--format", "json")
    ended = samverkan(*words, "--since", "2024-05-01", "--until", "2024-05-21")
    rows = json.loads(ended.out)
    assert [(row["number"], row["held_on"]) for row in rows] == [
        (8, "2024-05-21"),
        (9, "2024-05-21"),
        (10, "2024-05-21"),
    ]
    assert [row["registry_number"] for row in rows] == ["", "FAR 2024/88", ""]
    assert "2 beslut saknar diarienummer." in ended.err
    then = json.loads(samverkan(*words, "--on", "2024-03-01").out)
    assert [row["held_on"] for row in then] == ["2024-02-27"]
    refused = samverkan(*words, "--since", "snart")
    assert (refused.code, refused.out) == (2, "")


@only_sqlite
def test_a_year_comes_as_rows_and_as_a_calendar(samverkan: Run) -> None:
    words = ("export", "year", "--group", "FAR-BER", "--on", "2024-06-10")
    rows = json.loads(samverkan(*words, "--format", "json").out)
    assert ("2024-06-18", "meeting") in {(row["day"], row["kind"]) for row in rows}
    assert {row["day"][:4] for row in rows} == {"2024"}
    earlier = samverkan("export", "year", "--group", "FAR-BER", "--on", "2024-03-01")
    assert "som det var känt när 1 mars" in earlier.err
    assert not [line for line in earlier.out.splitlines() if "(klar)" in line]
    assert earlier.out.splitlines()[1].endswith(";2024-03-01")
    assert "BEGIN:VEVENT" in samverkan(*words, "--format", "ics").out


@only_sqlite
def test_a_plan_and_the_pictures_come_as_files_with_what_they_show_in_words(
    samverkan: Run, tmp_path: Path
) -> None:
    plan = samverkan("export", "plan", "--group", "FAR-BER", "--format", "html")
    assert plan.out.startswith("<!doctype html>")
    assert "Handlingsplan: Farsta lokala beredningsgrupp" in plan.out
    nobody = samverkan("export", "plan", "--format", "html")
    assert (nobody.code, nobody.out) == (1, "")
    assert "Ange vilken grupps plan" in nobody.err
    for kind, said in (("timeline", "FAR-006 Trygghetsvandring"), ("status", "försenad: ")):
        picture = tmp_path / f"{kind}.svg"
        words = ("--group", "FAR-BER", "--format", "svg", "--output", str(picture))
        assert said in samverkan("export", kind, *words).err
        assert picture.read_bytes().startswith(b"<?xml")
