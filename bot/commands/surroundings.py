"""What every command stands in: settings, database and desk; and how it speaks and fails."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

import typer

from bot.processes import log_plainly, open_database
from bot.settings import Settings
from bot.survey_keys import KeysInFolder
from handlers.desk import Desk
from models.database import Database
from models.language import Language


@dataclass(frozen=True)
class Surroundings:
    """The installation that a command works on."""

    settings: Settings
    database: Database
    desk: Desk

    @property
    def language(self) -> Language:
        """The operator's language."""
        return self.desk.speech(None)


@contextmanager
def surroundings(language: str | None = None) -> Iterator[Surroundings]:
    """Reads the settings and holds the database open; the demo's is made where there is none."""
    settings = Settings.read()
    log_plainly(settings["LOG_LEVEL"])
    with open_database(settings, note) as database:
        desk = Desk(
            database,
            settings.secret,
            settings["BOT_LANGUAGE"],
            only_language=language or "",
            keys=KeysInFolder(settings.survey_keys),
            base_url=settings.base_url,
            limits=settings.limits,
        )
        yield Surroundings(settings, database, desk)


def say(text: str) -> None:
    """Prints an answer."""
    sys.stdout.write(f"{text}\n")


def note(sentence: str) -> None:
    """Tells the operator something beside the answer."""
    sys.stderr.write(f"{sentence}\n")


def fail(sentence: str) -> NoReturn:
    """Ends the command with a sentence."""
    note(sentence)
    raise typer.Exit(1)
