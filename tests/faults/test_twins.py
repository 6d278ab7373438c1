"""Both databases answer and keep the same, whatever members say."""

from __future__ import annotations

from tests.faults.twins import compare
from tests.stores import PostgresStore, SqliteStore


def test_random_conversations_leave_the_same_answers_and_rows_on_both_databases(
    sqlite_store: SqliteStore, postgres_store: PostgresStore
) -> None:
    found = compare([sqlite_store, postgres_store], sequences=20)
    assert (found.sequences, found.differences) == (20, 0)
    assert found.changes > 5, "the members changed too little to compare anything"
