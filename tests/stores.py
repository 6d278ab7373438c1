"""Databases for tests: prepared once as a template, and put back for each test that changes one.

A process has one database of each name and one engine for it, which knows its statements already.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.database import Database
from tests.postgres import Server
from tests.restoring import Marks, keep, marks, put_back

BOTH_STORES = pytest.mark.parametrize("store", ["sqlite", "postgresql"], indirect=True)
"""Where only one kind of database is tried as a rule: what depends on it is tried on both."""

Fill = Callable[[Database], None]
"""What makes an empty database into the template of that name."""


class Store(Protocol):
    """A kind of database, SQLite or PostgreSQL, that can be had in copies."""

    def address(self, name: str, fill: Fill, copy: str) -> str:
        """Makes a copy of the template, which is filled first if it is new; returns its address."""
        ...

    def remove(self, copy: str) -> None:
        """Throws a copy away."""
        ...

    def fresh(self, name: str, fill: Fill) -> Database:
        """The one copy that tests change in turn, as the template is."""
        ...


def store_named(request: pytest.FixtureRequest) -> Store:
    """The kind of database that the parameter names; the other need not start."""
    name = "sqlite_store" if request.param == "sqlite" else "postgres_store"
    found: SqliteStore | PostgresStore = request.getfixturevalue(name)
    return found


@contextmanager
def copied(store: Store, name: str, fill: Fill, copy: str) -> Iterator[Database]:
    """A database of one's own that starts as the template does and is thrown away at the end."""
    database = Database.connect(store.address(name, fill, copy))
    try:
        yield database
    finally:
        database.close()
        store.remove(copy)


@contextmanager
def undone(database: Database) -> Iterator[Session]:
    """A session that may commit and roll back as it likes: nothing of it stays in the end."""
    with database.engine.connect() as connection:
        transaction = connection.begin()
        with Session(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        ) as session:
            yield session
        transaction.rollback()


@dataclass
class SqliteStore:
    """SQLite databases as files in a folder of the test run."""

    folder: Path
    _templates: set[str] = field(default_factory=set)
    _fresh: dict[str, Database] = field(default_factory=dict)

    def address(self, name: str, fill: Fill, copy: str) -> str:
        template = self.folder / f"{name}.sqlite"
        if name not in self._templates:
            _filled(f"sqlite:///{template}", fill)
            self._templates.add(name)
        path = self.folder / f"{copy}.sqlite"
        shutil.copyfile(template, path)
        return f"sqlite:///{path}"

    def remove(self, copy: str) -> None:
        for path in self.folder.glob(f"{copy}.sqlite*"):
            path.unlink()

    def fresh(self, name: str, fill: Fill) -> Database:
        copy = f"fresh_{name}"
        if name in self._fresh:
            self._fresh[name].close()
            self.remove(copy)
        address = self.address(name, fill, copy)
        return self._fresh.setdefault(name, _hasty(Database.connect(address)))

    def close(self) -> None:
        """Closes what is still open."""
        for database in self._fresh.values():
            database.close()


@dataclass
class PostgresStore:
    """PostgreSQL databases on one server, their names marked with the process that made them."""

    server: Server
    mark: str
    _templates: set[str] = field(default_factory=set)
    _fresh: dict[str, tuple[Database, Marks]] = field(default_factory=dict)

    def address(self, name: str, fill: Fill, copy: str) -> str:
        if name not in self._templates:
            _filled(self.server.create(self._named(name)), fill)
            self._templates.add(name)
        return self.server.create(self._named(copy), template=self._named(name))

    def remove(self, copy: str) -> None:
        self.server.drop(self._named(copy))

    def fresh(self, name: str, fill: Fill) -> Database:
        if name in self._fresh:
            database, known = self._fresh[name]
            try:
                put_back(database, known)
            except DBAPIError:
                # Somebody holds it, has altered a table, or may not put rows back on this server.
                database.close()
            else:
                return database
        self._fresh[name] = self._made(name, fill)
        return self._fresh[name][0]

    def _made(self, name: str, fill: Fill) -> tuple[Database, Marks]:
        database = Database.connect(self.address(name, fill, f"fresh_{name}"))
        keep(database)
        return database, marks(database)

    def close(self) -> None:
        """Leaves the server as it was found."""
        for name, (database, _) in self._fresh.items():
            database.close()
            self.remove(f"fresh_{name}")
        for name in self._templates:
            self.remove(name)

    def _named(self, name: str) -> str:
        return f"samverkansbot_{self.mark}_{name}"


def _filled(address: str, fill: Fill) -> None:
    """Fills a new database and leaves no connection to it, so that it can be copied."""
    database = Database.connect(address)
    try:
        fill(database)
    finally:
        database.close()


def _hasty(database: Database) -> Database:
    """Lets SQLite wait for no disk: what is thrown away need not survive a power cut."""

    @event.listens_for(database.engine, "connect")
    def hurry(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    return database
