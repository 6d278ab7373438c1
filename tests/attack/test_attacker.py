"""An attacker who shares no code with the publisher identifies nobody, and would a naive one's."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from models.surveys.limits import Limits
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


def test_nobody_is_identified_where_a_naive_publisher_gives_people_away() -> None:
    # More of these, and with answers from 1 to 5, are attacked in tests/acceptance/attacks.py.
    asked = city(1, None, districts=5)
    assert attack(asked, ours).persons() == 0
    assert attack(asked, naive).persons() > 0
    raised = replace(asked, limits=Limits(7, 12, 3))
    assert attack(raised, ours).persons() == 0
    assert ours(raised) != ours(asked)
