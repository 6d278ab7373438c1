"""Backing up, restoring and moving as an operator does it, each fault as one sentence."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.database import Database
from models.storage.schema import upgrade
from models.storage.sqlite_file import FileClaim
from tests.bot.test_commands import Run, bare
from tests.stores import PostgresStore, SqliteStore, copied

__all__ = ["bare"]

KEY = "k" * 40
ONLY_SQLITE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def address(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


@ONLY_SQLITE
def test_what_was_backed_up_answers_from_where_it_was_restored(
    bare: Run, stockholm: Database, tmp_path: Path
) -> None:
    made = bare("backup", "b.sqlite", DATABASE_URL=address(stockholm), SECRET_KEY=KEY)
    assert (made.code, "SECRET_KEY is not" in made.out, made.err) == (0, True, "")
    elsewhere = f"sqlite:///{tmp_path / 'new.sqlite'}"
    restored = bare("restore", "b.sqlite", DATABASE_URL=elsewhere)
    assert (restored.code, restored.err) == (0, "")
    assert "rows as of 2024-06-10" in restored.out
    assert "Farsta" in bare("ask", "vem Farsta styrgrupp", DATABASE_URL=elsewhere).out
    again = bare("restore", "b.sqlite", DATABASE_URL=elsewhere)
    assert (again.code, again.out) == (1, "")
    assert "holds data already" in again.err


@ONLY_SQLITE
def test_a_moved_installation_answers_from_postgresql_and_no_more_from_the_old_file(
    bare: Run, stockholm: Database, postgres_store: PostgresStore
) -> None:
    with copied(postgres_store, "migrated", upgrade, "moved_to") as new:
        moved = bare("move", str(stockholm.file), address(new), SECRET_KEY=KEY)
        assert (moved.code, moved.err) == (0, "")
        assert "Farsta" in bare("ask", "vem Farsta styrgrupp", DATABASE_URL=address(new)).out
        settings = {"DATABASE_URL": address(new), "SECRET_KEY": KEY}
        made = bare("backup", "m.sqlite", **settings)
        assert f"rows as of {datetime.now(UTC).year}-" in made.out, "the demo's clock stayed behind"
    old = bare("ask", "hjälp", DATABASE_URL=address(stockholm))
    assert (old.code, old.out) == (1, "")
    assert "was moved to PostgreSQL" in old.err


def test_what_cannot_be_moved_is_said_in_one_sentence(
    bare: Run, sqlite_store: SqliteStore, tmp_path: Path
) -> None:
    with copied(sqlite_store, "migrated", upgrade, "old") as old:
        source = str(old.file)
        cases = {
            ("nowhere.sqlite", "postgresql://x"): "nowhere.sqlite is not there.",
            ("postgresql://x", "postgresql://y"): "postgresql://x is not SQLite",
            (source, "hej"): "hej is no address",
            (source, f"sqlite:///{tmp_path}/new.sqlite"): "is not PostgreSQL",
        }
        for words, sentence in cases.items():
            ended = bare("move", *words)
            assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
            assert sentence in ended.err


def test_sqlite_that_another_process_has_is_left_to_it(
    bare: Run, sqlite_store: SqliteStore
) -> None:
    with copied(sqlite_store, "migrated", upgrade, "held") as held:
        assert held.file is not None
        claim = FileClaim(held.file)
        claim.take()
        demo = ("demo", "--database", str(held.file))
        for words in (("web",), ("move", str(held.file), "postgresql://x"), ("restore", "b"), demo):
            ended = bare(*words, DATABASE_URL=address(held), SECRET_KEY=KEY)
            assert (ended.code, ended.out) == (1, "")
            assert "SQLite is for one process: stop that one first" in ended.err
        claim.release()
