"""Back-ups: one file, whatever the database, made while the bot runs.

The file is an SQLite database with every table, the revision, and for each table the number and a
digest of its rows. From SQLite it comes by SQLite's own online back-up; from PostgreSQL row by
row out of one REPEATABLE READ transaction. pg_dump is not used: a file of our own needs no program
of the server's version, is verified row by row, and can be restored into either database.

Not copied, since a copy would outlive what was promised about it:

- the answers of open surveys that a keyed hash still ties to a member (whoever holds two copies
  from two days could tell who answered what): those who had answered are asked again. Sealed
  ballots are copied: they tell nothing without their key, which stands outside the database,
  is never copied, and is destroyed when the survey is over.
- keys that work once (sign-in links): a used one would work again.
- the signs of life of processes.

The secret key and the keys of open surveys are not in the file: keep the first with the back-up,
in another place, and the second nowhere.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from models.database import Database
from models.storage.copying import Tally, Told, copy_all
from models.storage.schema import known_revisions, upgrade

FORMAT = "samverkan-backup-1"
PAGES = 500

ASK_AGAIN = """
    UPDATE invitation SET answered = 0 WHERE survey_id IN (
        SELECT question.survey_id FROM question JOIN answer ON answer.question_id = question.id
        WHERE answer.link IS NOT NULL)"""
LEAVE_OUT = (
    ("answer", ASK_AGAIN),
    ("answer", "DELETE FROM answer WHERE link IS NOT NULL"),
    ("one_time_key", "DELETE FROM one_time_key"),
    ("pulse", "DELETE FROM pulse"),
)
"""What is done to a table of the copy, where that release has it, before the copy gets its name."""


class NoBackup(Exception):
    """The file is no back-up of ours, or not whole any more; the sentence says which."""


@dataclass(frozen=True)
class Backup:
    """What a back-up says of itself: when its contents were true, and how many rows it has."""

    made_at: datetime
    revision: str
    rows: int


def back_up(database: Database, place: Path, at: datetime, told: Told) -> Backup:
    """Writes a back-up of a running database; the file is there when it is whole, else not at all.

    Raises `FileExistsError` where something has that name.
    """
    if place.exists():
        raise FileExistsError(0, "it is there already: give another name", str(place))
    with TemporaryDirectory(dir=place.parent, prefix=".backup-") as folder:
        draft = Path(folder) / "draft.sqlite"
        draft.touch(mode=0o600)
        (_from_sqlite if database.is_sqlite else _from_postgres)(database, draft, told)
        made = _finish(draft, at)
        draft.rename(place)
    return made


def _from_sqlite(database: Database, draft: Path, told: Told) -> None:
    with database.reader.connect() as connection, closing(sqlite3.connect(draft)) as copy:
        # Reading anything fixes what is seen: writers go on, and the copy does not begin anew.
        connection.exec_driver_sql("SELECT count(*) FROM alembic_version")
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)

        def progress(_status: int, left: int, pages: int) -> None:
            told("pages", pages - left, pages)

        raw.backup(copy, pages=PAGES, progress=progress)


def _from_postgres(database: Database, draft: Path, told: Told) -> None:
    with Database.connect(f"sqlite:///{draft}") as copy:
        upgrade(copy)
        isolated = database.engine.execution_options(isolation_level="REPEATABLE READ")
        with isolated.connect() as source, copy.engine.begin() as target:
            copy_all(source, target, told)


def _finish(draft: Path, at: datetime) -> Backup:
    """Leaves out what must not be copied, sums everything up, and makes the file one whole."""
    with closing(sqlite3.connect(draft)) as copy:
        copy.execute("PRAGMA secure_delete = ON")
        with copy:
            for table, statement in LEAVE_OUT:
                if table in _tables(copy):
                    copy.execute(statement)
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute("VACUUM")
        tallies = dict(_tallies(copy))
        revision = copy.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        with copy:
            copy.execute("CREATE TABLE backup (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
            facts = {"format": FORMAT, "made_at": at.isoformat(), "revision": revision}
            facts |= {f"table:{name}": str(each) for name, each in tallies.items()}
            copy.executemany("INSERT INTO backup VALUES (?, ?)", facts.items())
    with draft.open("rb") as written:
        os.fsync(written.fileno())
    return Backup(at, revision, sum(each.rows for each in tallies.values()))


def _tallies(copy: sqlite3.Connection) -> Iterator[tuple[str, Tally]]:
    """Each table's rows as SQLite has them, so that any release can sum up any back-up."""
    for name in _tables(copy):
        found = Tally()
        for row in copy.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - a name of our own.
            found = found.plus(row)
        yield name, found


def _tables(copy: sqlite3.Connection) -> list[str]:
    """All tables beside the back-up's own words about itself."""
    named = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in named if name != "backup" and not name.startswith("sqlite_")]


def examine(place: Path) -> Backup:
    """Reads a back-up from beginning to end; raises `NoBackup` unless it is whole."""
    if not place.exists():
        raise FileNotFoundError(0, "there is no such file", str(place))
    try:
        with closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as copy:
            return _examined(copy, place)
    except (sqlite3.DatabaseError, KeyError, ValueError) as error:
        raise NoBackup(
            f"{place} is no back-up of Samverkansbot, or is damaged ({error})."
        ) from error


def _examined(copy: sqlite3.Connection, place: Path) -> Backup:
    facts = dict(copy.execute("SELECT name, value FROM backup"))
    if facts["format"] != FORMAT:
        raise NoBackup(f"{place} was made by another release ({facts['format']}): use that one.")
    tallies = dict(_tallies(copy))
    promised = {
        name.removeprefix("table:"): value
        for name, value in facts.items()
        if name.startswith("table:")
    }
    changed = sorted(
        name
        for name in promised.keys() | tallies.keys()
        if str(tallies.get(name)) != promised.get(name)
    )
    if changed:
        tables = ", ".join(changed)
        raise NoBackup(f"{place} is not what was written: {tables} differ. Use another back-up.")
    if facts["revision"] not in known_revisions():
        raise NoBackup(
            f"{place} was made by a newer release (revision {facts['revision']}): install that one."
        )
    rows = sum(each.rows for each in tallies.values())
    return Backup(datetime.fromisoformat(facts["made_at"]), facts["revision"], rows)
