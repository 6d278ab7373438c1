"""The benchmark runs; what it says of speed is for `make bench`, on a quiet machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.database import Database
from tests.benchmarks.digests import digesting
from tests.benchmarks.measuring import measure
from tests.benchmarks.results import ASKED, measure_results


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_benchmark_measures_our_requests_against_a_bare_command(stockholm: Database) -> None:
    address = stockholm.engine.url.render_as_string(hide_password=False)
    batches: list[None] = []
    figures = measure({"SQLite": address}, 1, 5, lambda: batches.append(None))
    names = [figure.name for figure in figures]
    assert names == ["bare Bolt command", "vem …, SQLite", "rapportera …, SQLite"]
    assert len(batches) == 6
    assert figures[0].ratio.middle == 1
    assert all(figure.microseconds.least > 0 for figure in figures)


def test_the_benchmark_reads_results_and_indicators(tmp_path: Path) -> None:
    reads = measure_results(f"sqlite:///{tmp_path / 'results.sqlite'}", 1)
    assert [each.asked for each in reads] == [name for name, _button in ASKED]
    assert all(each.milliseconds.least > 0 for each in reads)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_the_benchmark_queues_a_digest_for_each_group(database: Database) -> None:
    found = digesting(database, 2)
    assert found.queued == 2
    assert found.ratio > 1
