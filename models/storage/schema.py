"""The schema's revisions: bringing a database up to date, and knowing whether it is."""

from __future__ import annotations

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


def upgrade(database: Database, revision: str = "head") -> None:
    """Brings the database to the newest revision, or to an earlier one, in one transaction."""
    with database.engine.begin() as connection:
        command.upgrade(_config(connection), revision)


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
