"""The database: SQLite within one process, PostgreSQL where several share it.

SQLite runs as measured for this work: WAL, full synchronisation, foreign keys, `BEGIN IMMEDIATE`
for writers behind one lock of the process, and a second engine that can only read.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Self

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Session

from models.storage.sqlite_file import demand_own_disk
from models.tables import METADATA
from models.word import Word

# Errors are logged, and a statement's parameters hold what members wrote: they stay hidden.
BUSY_SECONDS = 10
THREADS = 10
"""Handlers run in this many worker threads; the pools are as large, and two to spare."""


@dataclass(frozen=True)
class Database:
    """Two engines on one database and the lock that lets one thread at a time write to SQLite.

    What stands in `before_commit` is called at the end of each transaction that writes, and belongs
    to it; `after_commit` when it is there for all to see.
    """

    engine: Engine
    reader: Engine
    before_commit: list[Callable[[Session], None]] = field(default_factory=list)
    after_commit: list[Callable[[Session], None]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def connect(cls, address: str) -> Database:
        """Opens the database at an SQLAlchemy address; nothing is read or written yet.

        Raises `OnNetworkShare` for an SQLite file where its locks would not hold.
        """
        url = _with_driver(make_url(address))
        if url.get_backend_name() == "sqlite":
            return cls(_sqlite(url, reads_only=False), _sqlite(url, reads_only=True))
        engine = create_engine(
            url,
            pool_size=THREADS + 2,
            max_overflow=4,
            pool_pre_ping=True,
            hide_parameters=True,
            json_serializer=as_json,
        )
        return cls(engine, engine)

    @property
    def is_sqlite(self) -> bool:
        """Whether everything happens within this one process."""
        return self.engine.dialect.name == "sqlite"

    @property
    def file(self) -> Path | None:
        """The file of SQLite's database."""
        name = self.engine.url.database if self.is_sqlite else None
        return Path(name) if name else None

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose changes are committed together at the end, or not at all."""
        with (
            self._lock if self.is_sqlite else nullcontext(),
            Session(self.engine, expire_on_commit=False) as session,
        ):
            with session.begin():
                yield session
                for hook in self.before_commit:
                    hook(session)
            for hook in self.after_commit:
                hook(session)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads."""
        with Session(self.reader, expire_on_commit=False, autoflush=False) as session:
            yield session

    def create_all(self) -> None:
        """Makes the tables as the models say, for tests; an installation is migrated."""
        METADATA.create_all(self.engine)

    def close(self) -> None:
        """Closes all connections."""
        self.engine.dispose()
        self.reader.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def as_json(value: object) -> str:
    """What is stored in a column of JSON, also a neutral word as it is."""
    return value.model_dump_json() if isinstance(value, Word) else json.dumps(value)


def _with_driver(url: URL) -> URL:
    """PostgreSQL is spoken through psycopg 3, also where the address does not say so."""
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    return url


def _sqlite(url: URL, *, reads_only: bool) -> Engine:
    if url.database and url.database != ":memory:":
        place = Path(url.database)
        demand_own_disk(place)
        place.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        pool_size=THREADS + 2,
        max_overflow=4,
        hide_parameters=True,
        json_serializer=as_json,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in _pragmas(reads_only):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

    return engine


def _pragmas(reads_only: bool) -> tuple[str, ...]:
    shared = (f"busy_timeout={BUSY_SECONDS * 1000}", "foreign_keys=ON")
    if reads_only:
        return (*shared, "query_only=ON")
    return (*shared, "journal_mode=WAL", "synchronous=FULL")
