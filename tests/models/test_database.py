"""SQLite as it was measured: nothing is lost between two writers, and a reader cannot write."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from models.database import Database
from models.records import SmallFact

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "query_only": 0,
}
READING = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 10_000, "query_only": 1}


@pytest.fixture
def file_database(tmp_path: Path) -> Database:
    made = Database.connect(f"sqlite:///{tmp_path / 'x.sqlite'}")
    SmallFact.metadata.tables["small_fact"].create(made.engine)
    return made


@pytest.mark.parametrize(("writes", "expected"), [(True, PRAGMAS), (False, READING)])
def test_both_engines_are_set_as_measured(
    file_database: Database, writes: bool, expected: dict[str, object]
) -> None:
    engine = file_database.engine if writes else file_database.reader
    with engine.connect() as connection:
        found = {name: connection.scalar(text(f"PRAGMA {name}")) for name in expected}
    assert found == expected


def test_a_reader_cannot_write(file_database: Database) -> None:
    with file_database.read() as session, pytest.raises(OperationalError, match="readonly"):
        session.execute(text("INSERT INTO small_fact VALUES ('a', 'b')"))


def test_of_writers_at_once_none_overwrites_what_it_has_not_read(database: Database) -> None:
    with database.write() as session:
        session.add(SmallFact(name="count", value="0"))

    def count(_: int) -> None:
        with database.write() as session:
            fact = session.get_one(SmallFact, "count", with_for_update=True)
            fact.value = str(int(fact.value) + 1)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count, range(40)))
    with database.read() as session:
        assert session.get_one(SmallFact, "count").value == "40"


def test_a_writer_holds_the_file_from_its_first_word_and_readers_go_on(
    file_database: Database,
) -> None:
    place = str(file_database.file)
    with (
        closing(sqlite3.connect(place, timeout=0)) as other,
        file_database.write() as session,
        file_database.read() as reader,
    ):
        session.execute(text("SELECT 1"))
        assert reader.scalar(text("SELECT count(*) FROM small_fact")) == 0
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
