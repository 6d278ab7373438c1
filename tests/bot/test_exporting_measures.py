"""`samverkan export measures` and its kin: rows, pictures and a plan for scripts."""

from __future__ import annotations

import json

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
