"""The processes and what an operator does around them: demo, web, worker, migrate, doctor."""

from __future__ import annotations

import signal
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
import uvicorn

from bot.clock import SystemClock
from bot.commands.surroundings import fail, note, say
from bot.diagnosis import findings
from bot.processes import House, demo_house, log_plainly, open_database
from bot.settings import Settings
from bot.slack.tokens import demand_accepted
from bot.worker import keep_loaded, run_worker
from bot.workspace.sign_in import make_sign_in_link
from models.database import Database
from models.people.merge import person_of_email
from models.storage.schema import current, demand_current, upgrade
from models.storage.sqlite_file import FileClaim


def demo(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
    database: Annotated[Path, typer.Option(help="The SQLite file.")] = Path("var/demo.sqlite"),
) -> None:
    """Run everything in one process with Stockholm's organisation and invented members."""
    settings = Settings.read({"DATABASE_URL": "", "BASE_URL": f"http://127.0.0.1:{port}"})
    log_plainly("warning")
    if not database.exists():
        note(f"Making the demo's database in {database} …")
    house = demo_house(settings, database)
    _serve(house, "127.0.0.1", port)


def web() -> None:
    """Run the web process; on SQLite it also delivers."""
    settings = Settings.read()
    log_plainly(settings["LOG_LEVEL"])
    _demand_database(settings)
    house = House(settings, open_database(settings), SystemClock())
    if house.slack is not None:
        demand_accepted(house.slack.settings)
    _serve(house, settings["HOST"], int(settings["PORT"]))


def _serve(house: House, host: str, port: int) -> None:
    """Serves until told to stop; SQLite's file is this process's alone meanwhile.

    Raises `InUse` where it is another's.
    """
    with ExitStack() as stack:
        if (place := house.database.file) is not None:
            house.heart.claim = FileClaim(place)
            house.heart.claim.take()
            stack.callback(house.heart.claim.release)
        name = "Samverkansbot's demo" if house.demo else "Samverkansbot"
        say(f"{name}: http://{host}:{port}  (stop with Ctrl+C)")
        _listen(house, host, port)


def _listen(house: House, host: str, port: int) -> None:
    config = uvicorn.Config(
        house.application(),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    server = Server(config, house)
    keep_loaded()
    # The server hands on what stopped it, after it has stopped in good order: that is no failure.
    signal.signal(signal.SIGTERM, lambda *_: None)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        raise typer.Exit(1)


class Server(uvicorn.Server):
    """A server that lets the open pages go first, so that stopping does not wait for them."""

    def __init__(self, config: uvicorn.Config, house: House) -> None:
        super().__init__(config)
        self._house = house

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stops at Ctrl+C or when it is asked to."""
        self._house.broadcaster.close()
        super().handle_exit(sig, frame)


def worker() -> None:
    """Run the process that delivers and looks at the timetable, beside web, on PostgreSQL."""
    settings = Settings.read()
    log_plainly(settings["LOG_LEVEL"])
    _demand_database(settings)
    if settings["DATABASE_URL"].startswith("sqlite"):
        fail(
            "SQLite is one process: `samverkan web` delivers by itself, so no worker is "
            "needed. Use PostgreSQL to run several processes."
        )
    with open_database(settings) as database:
        house = House(settings, database, SystemClock())
        keep_loaded()
        run_worker(house)


def migrate() -> None:
    """Bring the database to the revision that this release needs."""
    settings = Settings.read()
    with Database.connect(settings["DATABASE_URL"]) as database:
        before = current(database)
        upgrade(database)
        demand_current(database)
        after = current(database)
    say(f"Up to date at {after}." if before == after else f"Migrated to {after}.")


def doctor() -> None:
    """Check settings, database, migrations, tokens and channels, and say what to do."""
    bad = 0
    for finding in findings():
        say(f"{'ok ' if finding.fine else 'BAD'} {finding.subject}: {finding.sentence}")
        bad += not finding.fine
    if bad:
        raise typer.Exit(1)


def signin(email: Annotated[str, typer.Argument(help="The member's work e-mail.")]) -> None:
    """Print a link that signs a member in to the workspace page, once."""
    settings = Settings.read()
    with open_database(settings) as database, database.write() as session:
        person = person_of_email(session, email)
        if person is None:
            fail(f"No member has the e-mail {email}: import them first.")
        say(
            make_sign_in_link(
                session, person, datetime.now(UTC), settings.secret, settings["BASE_URL"]
            )
        )


def _demand_database(settings: Settings) -> None:
    """A real process needs a database that somebody has named."""
    if settings.is_demo:
        fail("DATABASE_URL is missing: name the database in .env, or run `samverkan demo`.")
