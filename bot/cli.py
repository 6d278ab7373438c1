"""The command line `samverkan`: what scripts, operators and the demo call."""

from __future__ import annotations

import sys

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot.commands import asking, delivering, exporting, importing, keeping, running, showing
from bot.settings import BadSetting
from models.storage.backups import NoBackup
from models.storage.moving import Moved
from models.storage.schema import KeysBroken, SchemaBehind
from models.storage.sqlite_file import InUse, OnNetworkShare

app = typer.Typer(
    name="samverkan",
    help="Samverkansbot: measures, representation, digests and surveys for cooperation groups.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("demo")(running.demo)
app.command("web")(running.web)
app.command("worker")(running.worker)
app.command("migrate")(running.migrate)
app.command("leverans")(delivering.leverans)
app.command("doctor")(running.doctor)
app.command("signin")(running.signin)
app.command("backup")(keeping.backup)
app.command("restore")(keeping.restore)
app.command("move")(keeping.move)
app.command("ask")(asking.ask)
app.command("guard")(asking.guard)
app.command("import")(importing.import_)
app.command("template")(importing.template)
app.command("export")(exporting.export)
app.command("digest")(showing.digest)
app.command("manifest")(showing.manifest)


REFUSED = (BadSetting, SchemaBehind, KeysBroken, OnNetworkShare, InUse, Moved, NoBackup)
"""What stops a command with its own sentence."""


def main() -> None:
    """Runs a command: 0 done, 1 refused or failed with a sentence on stderr, 2 wrong usage."""
    try:
        app()
    except REFUSED as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.filename or 'A file'} cannot be used: {error.strerror or error}.")
    except SQLAlchemyError as error:
        _fail(
            "The database cannot be used: "
            f"{str(error.__cause__ or error).strip().splitlines()[0]}. "
            "Check DATABASE_URL, then run `samverkan doctor`."
        )


def _fail(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(1)
