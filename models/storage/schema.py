"""The schema's revisions: bringing a database up to date, and knowing whether it is."""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from models.database import Database

SCRIPTS = Path(__file__).parents[1] / "migrations"


class SchemaBehind(Exception):
    """The database has not been brought up to date: run `samverkan migrate`."""


def is_ours(_object: object, name: str | None, kind: str, *_: object) -> bool:
    """Whether a table is described by the models; Procrastinate's are its own affair."""
    return kind != "table" or not str(name).startswith("procrastinate_")


class KeysBroken(Exception):
    """A revision would leave rows that refer to rows that are not there; nothing was changed."""


def upgrade(database: Database, revision: str = "head") -> None:
    """Brings the database to the newest revision, or to an earlier one, in one transaction.

    Raises `KeysBroken` where rows would be left that refer to nothing.
    """
    with database.engine.connect() as connection:
        if database.is_sqlite:
            _upgrade_sqlite(connection, revision)
            return
        with connection.begin():
            command.upgrade(_config(connection), revision)


def _upgrade_sqlite(connection: Connection, revision: str) -> None:
    """SQLite alters a table by making it anew, which it refuses while others' rows refer to it.

    So references are not checked on the way but at the end; the switch works only between
    transactions.
    """
    plain: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]
    plain.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            command.upgrade(_config(connection), revision)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                tables = ", ".join(sorted({row[0] for row in broken}))
                raise KeysBroken(
                    f"{len(broken)} rows would refer to nothing, in {tables}; nothing was changed."
                )
    finally:
        plain.execute("PRAGMA foreign_keys=ON")


@cache
def newest() -> str | None:
    """The newest revision that this release knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def known_revisions() -> frozenset[str]:
    """All revisions that this release can bring up to date."""
    return frozenset(
        each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()
    )


def current(database: Database) -> str | None:
    """The revision of the database; none where it is empty."""
    with database.reader.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def demand_current(database: Database) -> None:
    """Raises `SchemaBehind` unless the database is at the newest revision."""
    found = current(database)
    if found != newest():
        raise SchemaBehind(
            f"The database {f'is at revision {found}' if found else 'has no tables yet'} and this "
            f"release needs revision {newest()}: run `samverkan migrate`."
        )


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
