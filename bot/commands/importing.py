"""`samverkan import` and `samverkan template`: the registrar's files in, an empty workbook out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from sqlalchemy.exc import IntegrityError

from bot.clock import DemoClock, SystemClock, stored_time
from bot.commands.surroundings import fail, note, say
from bot.processes import log_plainly, open_database
from bot.settings import Settings
from bot.workbook import importing
from bot.workbook.faults import cautioned, told
from bot.workbook.importing import Draft, Outcome
from bot.workbook.sheets import BY_NAME
from bot.workbook.storing import Counts
from bot.workbook.template import write_template
from handlers.texts import language
from models.database import Database
from models.language import Language
from models.surveys.limits import DEFAULTS, Limits

DONE, REFUSED = 0, 1
NOT_STORED = "The database refused a row and nothing was changed: {reason}."


def import_(
    files: Annotated[list[Path], typer.Argument(help="Workbooks, CSV files or folders of them.")],
    check: Annotated[bool, typer.Option("--check", help="Say what would happen, no more.")] = False,
    spoken: Annotated[str | None, typer.Option("--language", help="sv or en.")] = None,
) -> None:
    """Import workbooks (.xlsx) or CSV files; with a single fault nothing is changed."""
    settings = Settings.read()
    log_plainly(settings["LOG_LEVEL"])
    database = open_database(settings)
    try:
        speech = language(spoken or settings["BOT_LANGUAGE"])
        code = run(files, database, speech, check=check, limits=settings.limits)
    finally:
        database.close()
    raise typer.Exit(code)


def template(
    file: Annotated[Path, typer.Argument(help="The workbook to write; its name ends in .xlsx.")],
) -> None:
    """Write an empty workbook with guidance and drop-downs, to be filled in and imported."""
    speech = language(Settings.read()["BOT_LANGUAGE"])
    if file.suffix.lower() != ".xlsx":
        raise typer.BadParameter(speech._("The workbook's name must end in .xlsx."))
    if file.exists():
        fail(speech._("{file} exists already and is left as it is.", file=file))
    try:
        write_template(file)
    except OSError:
        fail(speech._("{file} cannot be written.", file=file))
    say(speech._("The workbook {file} is ready to fill in.", file=file))


def run(
    files: list[Path],
    database: Database,
    speech: Language,
    *,
    check: bool,
    limits: Limits = DEFAULTS,
) -> int:
    """Imports or checks, tells the outcome, and returns the exit code."""
    try:
        with _progress(speech) as stepped:
            draft = importing.read(files)
            outcome = _outcome(draft, database, stepped, None if check else limits)
    except IntegrityError as problem:
        note(speech._(NOT_STORED, reason=str(problem.orig).splitlines()[0]))
        return REFUSED
    return _tell(outcome, speech, check=check)


def _outcome(
    draft: Draft,
    database: Database,
    stepped: Callable[[int, int], None],
    limits: Limits | None,
) -> Outcome:
    """What importing does, or would do where no limits are given for what is new."""
    at = _now(database)
    if limits is None:
        return importing.compare(draft, database, at)
    stepped(0, draft.size)
    return importing.bring_in(draft, database, at, lambda rows: stepped(rows, draft.size), limits)


def _now(database: Database) -> datetime:
    """The time, which in the demo's database is the demo's."""
    clock = SystemClock() if stored_time(database) is None else DemoClock(database)
    return clock.now()


def _tell(outcome: Outcome, speech: Language, *, check: bool) -> int:
    if outcome.faults:
        for fault in outcome.faults:
            note(told(fault, speech))
        number = len(outcome.faults)
        found = speech.n("{number} fault.", "{number} faults.", number)
        note(f"{found} {speech._('Nothing was changed.')}")
        return REFUSED
    for caution in outcome.cautions:
        note(speech._("Note: {text}", text=cautioned(caution, speech)))
    for name, counts in outcome.sheets:
        if counts.new or counts.changed:
            label = BY_NAME[name].label if speech.code == "sv" else name
            say(f"  {label}: {_numbers(counts, speech)}")
    total = _numbers(outcome.counts, speech)
    say(speech._("No faults. Importing would give: {total}", total=total) if check else total)
    return DONE


def _numbers(counts: Counts, speech: Language) -> str:
    parts = (
        ("{count} new row", "{count} new rows", counts.new),
        ("{count} changed row", "{count} changed rows", counts.changed),
        ("{count} unchanged row", "{count} unchanged rows", counts.same),
    )
    return ", ".join(
        speech.n(one, many, number, count=speech.number(number)) for one, many, number in parts
    )


@contextmanager
def _progress(speech: Language) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal while the import runs, gone when it ends; nothing elsewhere."""
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
        task = bar.add_task(speech._("Reading"), total=None)
        yield lambda rows, total: bar.update(
            task, advance=rows, total=total, description=speech._("Storing")
        )
