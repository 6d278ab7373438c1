"""An attacker who shares no code with the publisher identifies nobody, and would a naive one's."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from models.surveys import Scale
from tests.attack import attacker
from tests.attack.attacker import certain_by_program, certain_by_trial
from tests.attack.cities import attack, city, naive, ours, small_cities


def test_the_attacker_imports_nothing_of_the_bot() -> None:
    tree = ast.parse(Path(attacker.__file__).read_text(encoding="utf-8"))
    named = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    named |= {
        name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names
    }
    roots = {name.partition(".")[0] for name in named}
    assert roots.isdisjoint({"bot", "handlers", "digests", "models", "tests"})


@pytest.mark.parametrize("publisher", [naive, ours])
def test_the_program_finds_what_trying_everything_finds(publisher: object) -> None:
    for small in small_cities(12):
        found = attack(small, publisher)  # type: ignore[arg-type]
        assert certain_by_program(found) == certain_by_trial(found)


@pytest.mark.parametrize("share", [None, 0.02, 0.95])
def test_nobody_is_identified_in_what_is_published(share: float | None) -> None:
    assert attack(city(1, share, districts=5), ours).persons() == 0


def test_nobody_is_identified_by_means_and_shares_together() -> None:
    assert attack(city(2, None, districts=4, scale=Scale.LIKERT), ours).persons() == 0


@pytest.mark.parametrize("share", [None, 0.5, 0.95])
def test_the_attacker_identifies_people_in_a_naive_publishers_tables(share: float | None) -> None:
    assert attack(city(1, share, districts=5), naive).persons() > 0


def test_a_published_city_still_says_something() -> None:
    printed = ours(city(1, 0.5, districts=5))
    told = [row for row in printed if row.low is not None]
    assert len(told) > len(printed) / 2
