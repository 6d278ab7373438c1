"""Databases for tests: prepared once as a template, and put back for each test that changes one.

Templates are shared by all pytest processes of a run: whichever needs one first fills it. A process
has one database of each name and one engine for it, which knows its statements already.
"""

from __future__ import annotations

import shutil
import sqlite3
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


@dataclass(frozen=True)
class Templates:
    """Which templates of a kind of database there are, and which processes may still want them.

    All is written down in a folder that the processes of the run share.
    """

    folder: Path
    process: str

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)

    def once(self, name: str, make: Callable[[], object]) -> None:
        """Makes a template, unless that is done; whoever asks meanwhile waits until it is."""
        with self._alone("users"):
            self._user.touch()
        with self._alone(name):
            made = self.folder / f"{name}.made"
            if not made.exists():
                make()
                made.touch()

    def leave(self, remove: Callable[[str], object]) -> None:
        """This process wants none any more; the last one to leave removes them."""
        with self._alone("users"):
            self._user.unlink(missing_ok=True)
            if not list(self.folder.glob("*.user")):
                for made in self.folder.glob("*.made"):
                    remove(made.stem)
                    made.unlink()

    @property
    def _user(self) -> Path:
        return self.folder / f"{self.process}.user"

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        """One process at a time; SQLite knows how to wait for another on every system."""
        lock = sqlite3.connect(self.folder / f"{name}.lock", timeout=300, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
            yield
        finally:
            lock.close()


@dataclass
class SqliteStore:
    """SQLite databases as files in a folder of this process; templates are where all can read."""

    folder: Path
    templates: Templates
    _fresh: dict[str, Database] = field(default_factory=dict)

    def address(self, name: str, fill: Fill, copy: str) -> str:
        template = self.templates.folder / f"{name}.sqlite"
        self.templates.once(name, lambda: _filled(f"sqlite:///{template}", fill))
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
    templates: Templates
    _fresh: dict[str, tuple[Database, Marks]] = field(default_factory=dict)

    def address(self, name: str, fill: Fill, copy: str) -> str:
        template = self._template(name)
        self.templates.once(name, lambda: _filled(self.server.create(template), fill))
        return self.server.create(self._named(copy), template=template)

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
        self.templates.leave(lambda name: self.server.drop(self._template(name)))

    def _named(self, copy: str) -> str:
        return f"samverkansbot_{self.mark}_{self.templates.process}_{copy}"

    def _template(self, name: str) -> str:
        return f"samverkansbot_{self.mark}_{name}"


def _filled(address: str, fill: Fill) -> None:
    """Fills a new database and leaves no connection to it, so that it can be copied."""
    database = Database.connect(address)
    if database.is_sqlite:
        _hasty(database)
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
