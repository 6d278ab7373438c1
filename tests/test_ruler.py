"""The ruler: how long a function and a module may be, and what a module may not be called."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("bot", "handlers", "digests", "models", "tests")
LONGEST_FUNCTION = 40
LONGEST_MODULE = 400
# A revision is written by Alembic and never read as a story: one step for each table.
REVISIONS = ROOT / "models" / "migrations" / "versions"
NAMES_THAT_SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "manager", "misc"}


def test_every_module_and_function_fits_the_reader() -> None:
    faults = [fault for folder in FOLDERS for fault in _faults_in(ROOT / folder)]
    assert faults == []


def _faults_in(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.py")):
        if path.parent == REVISIONS:
            continue
        source, name = path.read_text(), path.relative_to(ROOT)
        if path.stem in NAMES_THAT_SAY_NOTHING:
            yield f"{name} says nothing by its name"
        if (lines := len(source.splitlines())) > LONGEST_MODULE:
            yield f"{name} has {lines} lines"
        yield from (f"{name}: {fault}" for fault in _long_functions(ast.parse(source)))


def _long_functions(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{node.name} has {lines} lines"


def test_the_ruler_finds_a_function_that_is_too_long() -> None:
    body = "    pass\n" * LONGEST_FUNCTION
    assert list(_long_functions(ast.parse(f"def endless():\n{body}"))) == ["endless has 41 lines"]
