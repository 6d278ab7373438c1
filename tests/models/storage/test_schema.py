"""The migrations make exactly what the models say, on both databases."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from models.database import Database
from models.storage.schema import (
    KeysBroken,
    SchemaBehind,
    current,
    demand_current,
    is_ours,
    newest,
    upgrade,
)
from models.tables import METADATA
from tests.stores import Store, copied


@pytest.fixture
def bare_database(store: Store) -> Iterator[Database]:
    """A database with nothing in it at all."""
    with copied(store, "bare", _touch, f"bare_{uuid4().hex[:8]}") as found:
        yield found


def _touch(database: Database) -> None:
    with database.engine.connect():
        pass


def test_an_upgraded_database_equals_the_models(bare_database: Database) -> None:
    upgrade(bare_database)
    with bare_database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": is_ours}
        )
        assert compare_metadata(context, METADATA) == []


def test_upgrading_twice_changes_nothing(bare_database: Database) -> None:
    upgrade(bare_database)
    upgrade(bare_database)
    assert current(bare_database) == newest()
    demand_current(bare_database)


DECISION = "INSERT INTO decision (id, meeting_id, number, text, registry_number, remark) VALUES"
DECIDED = f"""
INSERT INTO cooperation_group (id, code, name, kind, level, area, zone, language, remark,
    valid_from, notice_weeks)
    VALUES (1, 'A', 'A', 'steering', 'central', '', 'Europe/Stockholm', 'sv', '', '2020-01-01', 8);
INSERT INTO meeting (id, group_id, starts_at, ends_at, place, agenda, cancelled, remark, revision)
    VALUES (1, 1, '2024-01-01 10:00', '2024-01-01 11:00', '', '', false, '', 0);
{DECISION} (1, 1, 1, 'Belysningen lagas', '', '')
"""
STRAY = f"{DECISION} (2, 77, 1, 'Utan möte', '', '')"


def test_what_other_rows_refer_to_is_upgraded_with_them(bare_database: Database) -> None:
    upgrade(bare_database, "0011")
    with bare_database.write() as session:
        for row in DECIDED.split(";"):
            session.execute(text(row))
    upgrade(bare_database)
    with bare_database.read() as session:
        assert session.scalar(text("SELECT text FROM decision")) == "Belysningen lagas"
        assert session.scalar(text("SELECT count(*) FROM meeting WHERE series_id IS NULL")) == 1


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_after_an_upgrade_references_are_checked_again(bare_database: Database) -> None:
    upgrade(bare_database)
    with pytest.raises(IntegrityError), bare_database.write() as session:
        session.execute(text(STRAY))


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_an_upgrade_that_would_leave_stray_rows_changes_nothing(bare_database: Database) -> None:
    upgrade(bare_database, "0011")
    with bare_database.engine.connect() as connection:
        plain = connection.connection.driver_connection
        plain.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        plain.execute(STRAY)  # type: ignore[union-attr]
        plain.commit()  # type: ignore[union-attr]
        connection.connection.invalidate()
    with pytest.raises(KeysBroken, match="1 rows would refer to nothing, in decision"):
        upgrade(bare_database)
    assert current(bare_database) == "0011"


def test_a_database_that_is_behind_says_what_to_run(bare_database: Database) -> None:
    with pytest.raises(SchemaBehind, match="samverkan migrate"):
        demand_current(bare_database)
