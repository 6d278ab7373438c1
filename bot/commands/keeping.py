"""`samverkan backup`, `restore` and `move`: nothing is lost, and nothing comes twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.clock import SystemClock, stored_time
from bot.commands.surroundings import fail, note, say
from bot.processes import log_plainly, open_database
from bot.settings import Settings, beside
from bot.survey_keys import KeysInFolder
from models.database import Database
from models.storage.backups import back_up
from models.storage.copying import Differs, NotEmpty, Told
from models.storage.moving import move as move_all
from models.storage.restoring import restore as restore_all
from models.storage.sqlite_file import FileClaim

NOT_EMPTY = (
    "{place} holds data already (in the table {table}), and nothing is written over: "
    "name an empty database."
)
NOT_TAKEN = "{place} did not take a row, so nothing was kept there: {reason}"


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
) -> None:
    """Write everything into one file, while the bot runs; from either kind of database."""
    settings = _settings()
    with open_database(settings, note) as database, _progress("Backing up") as told:
        made = back_up(database, file, _now(database), told)
    say(
        f"{made.rows} rows as of {made.made_at:%Y-%m-%d %H:%M} UTC are in {file}. "
        "SECRET_KEY is not: keep it too, in another place."
    )


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `samverkan backup` wrote.")],
) -> None:
    """Bring a back-up into the empty database of DATABASE_URL; nothing is sent twice after it."""
    settings = _settings()
    if settings.is_demo:
        fail("DATABASE_URL is missing: name the empty database to restore into.")
    with _opened(settings["DATABASE_URL"]) as database, _told(database):
        with _progress("Restoring") as told:
            keys = KeysInFolder(settings.survey_keys)
            done = restore_all(file, database, keys, SystemClock().now(), told)
        say(f"{done.backup.rows} rows as of {done.backup.made_at:%Y-%m-%d %H:%M} UTC are back.")
        if done.doubtful:
            say(
                f"Messages under way then: {done.doubtful}. Each is looked for before it is sent; "
                "what cannot be found out waits for the coordinator in `leverans`."
            )
        if done.surveys_anew:
            say(
                f"Open surveys whose keys are not in SURVEY_KEYS: {done.surveys_anew}. Their "
                "members are asked again."
            )


def move(
    source: Annotated[str, typer.Argument(help="The SQLite file, or sqlite:///FILE.")],
    target: Annotated[str, typer.Argument(help="The empty database: postgresql://…")],
) -> None:
    """Move a SQLite installation to PostgreSQL and compare every row; stop the bot first."""
    settings, address = _settings(), _sqlite(source)
    keys = Path(settings["SURVEY_KEYS"]) if settings["SURVEY_KEYS"] else beside(address)
    with _opened(address) as old, _opened(target) as new, _told(new):
        if new.is_sqlite:
            fail(f"{target} is not PostgreSQL: give postgresql://USER@HOST/NAME.")
        with _progress("Moving") as told:
            copied = move_all(old, new, _now(old), told)
    rows = sum(each.rows for each in copied.values())
    say(f"{rows} rows in {len(copied)} tables are in PostgreSQL, and each is as it was.")
    say(
        f"Now set DATABASE_URL to the new address and SURVEY_KEYS to {keys.resolve()}, keep "
        "SECRET_KEY as it is, and start `samverkan web` and `samverkan worker`. The old file is "
        "not used any more: delete it when you have seen that all is well."
    )


def _settings() -> Settings:
    settings = Settings.read()
    log_plainly(settings["LOG_LEVEL"])
    return settings


def _now(database: Database) -> datetime:
    """The time, which in the demo's database is the demo's."""
    return stored_time(database) or SystemClock().now()


def _sqlite(source: str) -> str:
    """The address of a file that is named in either way and must be there."""
    place = Path(source.removeprefix("sqlite:///"))
    if "://" in str(source).removeprefix("sqlite:///"):
        fail(f"{source} is not SQLite: only from there is anything moved.")
    if not place.is_file():
        fail(f"{place} is not there.")
    return f"sqlite:///{place}"


@contextmanager
def _opened(address: str) -> Iterator[Database]:
    """A database that nobody else uses meanwhile; raises `InUse` where SQLite's file is taken."""
    try:
        database = Database.connect(address)
    except (ArgumentError, ModuleNotFoundError):
        fail(f"{address} is no address that we know: give postgresql://USER@HOST/NAME.")
    with database:
        claim = FileClaim(database.file) if database.file else None
        if claim is None:
            yield database
            return
        claim.take()
        try:
            yield database
        finally:
            claim.release()


@contextmanager
def _told(target: Database) -> Iterator[None]:
    """What stops the copying, as a sentence; by then the target is as empty as before."""
    place = make_url(target.engine.url).render_as_string(hide_password=True)
    try:
        yield
    except NotEmpty as full:
        fail(NOT_EMPTY.format(place=place, table=full))
    except Differs as other:
        fail(f"{place} gave back other rows of {other} than were written; nothing was kept there.")
    except DBAPIError as refused:
        if refused.connection_invalidated or "connect" in str(refused.orig).lower():
            raise
        reason = str(refused.orig).strip().splitlines()[0]
        fail(NOT_TAKEN.format(place=place, reason=reason))


@contextmanager
def _progress(what: str) -> Iterator[Told]:
    """A bar for each table on a terminal, gone when it ends; nothing elsewhere."""
    console = Console(stderr=True)
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task(what, total=None)
        yield lambda table, done, number: bar.update(
            task, completed=done, total=number, description=f"{what} {table}"
        )
