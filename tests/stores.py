"""Databases for tests: prepared once as a template, copied for each test that changes one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from sqlalchemy.orm import Session

from models.database import Database
from tests.postgres import Server

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


@dataclass
class PostgresStore:
    """PostgreSQL databases on one server, their names marked with the process that made them."""

    server: Server
    mark: str
    _templates: set[str] = field(default_factory=set)

    def address(self, name: str, fill: Fill, copy: str) -> str:
        if name not in self._templates:
            _filled(self.server.create(self._named(name)), fill)
            self._templates.add(name)
        return self.server.create(self._named(copy), template=self._named(name))

    def remove(self, copy: str) -> None:
        self.server.drop(self._named(copy))

    def remove_templates(self) -> None:
        """Leaves the server as it was found."""
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
