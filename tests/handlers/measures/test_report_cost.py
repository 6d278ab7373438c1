"""A report asks the database a few times, however long the history of its measure is."""

from __future__ import annotations

from models.database import Database
from tests.benchmarks.history import MOST_READS, MOST_WRITES, reporting


def test_a_report_by_command_reads_eight_times_at_most_also_after_a_thousand_reports(
    stockholm: Database,
) -> None:
    found = reporting(stockholm, times=1)
    for cost in (found.young, found.old):
        assert cost.reads <= MOST_READS
        assert cost.writes <= MOST_WRITES
    assert found.old.reads == found.young.reads
