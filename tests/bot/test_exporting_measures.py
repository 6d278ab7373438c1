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
