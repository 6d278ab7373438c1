"""The statistics hold to figures from elsewhere, and the referee sees when they do not."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from typer import Typer
from typer.testing import CliRunner

from tests.referee.__main__ import CASES, main, read
from tests.referee.adapter import FUNCTIONS
from tests.referee.verdict import judge

ALL = read(CASES)
TOPICS = {
    "proportion_finite",
    "proportion_infinite",
    "counts",
    "response_rate",
    "change_paired",
    "change_independent",
    "coverage_engine",
    "sample_size",
    "multiplicity",
    "mean_finite",
    "stratified",
    "weighting",
    "small_area",
}
LEFT_OUT = {"n_secondary_needed", "beta_binomial_posterior"}


@pytest.mark.parametrize("case", ALL, ids=lambda case: case["id"])
def test_each_covered_case_holds(case: dict[str, Any]) -> None:
    verdict = judge(case, FUNCTIONS)
    assert verdict.is_covered == (case["function"] not in LEFT_OUT)
    assert verdict.faults == ()


def test_the_topics_of_the_method_are_covered() -> None:
    covered = {case["topic"] for case in ALL if judge(case, FUNCTIONS).is_covered}
    assert covered >= TOPICS


@pytest.mark.parametrize("case", ALL[::7], ids=lambda case: case["id"])
def test_a_figure_that_is_wrong_is_seen(case: dict[str, Any]) -> None:
    wrong = deepcopy(case)
    wrong["expected"] = dict.fromkeys(case["expected"], 4711.0)
    verdict = judge(wrong, FUNCTIONS)
    assert not verdict.holds
    assert bool(verdict.faults) == verdict.is_covered


def _run(*arguments: str) -> tuple[int, str]:
    app = Typer()
    app.command()(main)
    done = CliRunner().invoke(app, arguments)
    return done.exit_code, done.output


def test_the_referee_counts_what_holds_and_names_what_is_left_out() -> None:
    code, said = _run(str(CASES))
    assert code == 0
    assert "Not covered: small_area-137 beta_binomial_posterior" in said
    assert said.strip().endswith("2 of 72 are not covered.")


def test_a_case_that_does_not_hold_ends_with_a_failure(tmp_path: Path) -> None:
    case = deepcopy(next(case for case in ALL if case["id"] == "counts-119"))
    case["expected"]["lower"] = 0.5
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps({"cases": [case]}))
    code, said = _run(str(file))
    assert code == 1
    assert "Does not hold: counts-119 poisson_ci: lower is 0.61" in said


def test_a_file_of_something_else_is_refused_with_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text("[]")
    code, said = _run(str(file))
    assert (code, "is no file of referee cases" in said) == (2, True)
