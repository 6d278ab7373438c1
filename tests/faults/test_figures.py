"""The README's promises: each names a test that exists, and figures that the harness wrote."""

from __future__ import annotations

import ast

import pytest

from tests.faults.__main__ import wrong
from tests.faults.figures import BEGIN, END, HERE, PROMISES, README, read, table


def test_the_readme_tells_the_figures_that_were_written_last() -> None:
    text = README.read_text(encoding="utf-8")
    assert text.partition(BEGIN)[2].partition(END)[0] == f"\n{table(read())}"


@pytest.mark.parametrize("named", sorted({promise.test for promise in PROMISES}))
def test_each_promise_names_a_test_that_exists(named: str) -> None:
    file, _, function = named.partition("::")
    tree = ast.parse((HERE.parent / file).read_text(encoding="utf-8"))
    assert function in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(
    "found",
    [
        {"lost": 1},
        {"doubled": 1},
        {"held": 1},
        {"orphans": 2},
        {"missed": 1},
        {"recovery": 5.1},
        {"in_pause": 2},
        {"before": {"handles": 100}, "after": {"handles": 130}},
        {"crashes": 8, "plain": 8, "sent_back": 7},
        {"events": 1000, "questions": 1001},
        {"fan_out": 4, "expected": 5},
    ],
    ids=str,
)
def test_a_broken_promise_fails_the_run(found: dict[str, float]) -> None:
    assert wrong(found)


def test_figures_as_promised_do_not_fail_it() -> None:
    assert wrong({"lost": 0, "held": 0, "crashes": 8, "plain": 8, "sent_back": 8}) == []
