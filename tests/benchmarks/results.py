"""What a survey's result costs: the card, table and picture's facts, read from the frozen table."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from bot.demo import seed
from handlers.desk import Desk
from handlers.requests import ButtonPressed, Command, Identity, Place, PlaceKind
from handlers.router import answer
from models.database import Database
from tests.benchmarks.measuring import Spread
from tests.presses import PressHere

MOST_MILLISECONDS = 50
WARM = 3
SURVEY = "HAL-PANEL-3"
INDICATOR = '{"code": "otrygg_kvall"}'
ASKED = (
    ("resultat HAL-PANEL-3", ("", "")),
    ("Visa tabell", ("result.table", SURVEY)),
    ("Som bild (innehållet)", ("result.picture", f"{SURVEY}|")),
    ("indikator otrygg-kväll", ("", "")),
    ("indikator otrygg-kväll, som bild", ("indicator.picture", INDICATOR)),
)
"""What is asked: a line, or a button with its value."""

EVENTS = count(1)


@dataclass(frozen=True)
class Read:
    """How long one answer takes, in milliseconds."""

    asked: str
    milliseconds: Spread

    @property
    def is_reached(self) -> bool:
        """Whether it is as fast as we want."""
        return self.milliseconds.middle < MOST_MILLISECONDS


def measure_results(address: str, rounds: int) -> list[Read]:
    """Asks for the demo's results and indicators again and again, in a database that was empty."""
    database = Database.connect(address)
    database.create_all()
    seed.load(database, PressHere())
    desk = Desk(database, b"k" * 32, only_language="sv")
    desk.warm()
    return [Read(name, _timed(_asking(desk, name, *button), rounds)) for name, button in ASKED]


def _asking(desk: Desk, line: str, action: str, value: str) -> Callable[[], None]:
    who = Identity(
        platform="benchmark", workspace="local", user="operator", passing=True, operator=True
    )
    place, at = Place(kind=PlaceKind.DIRECT), seed.STARTS_AT

    def ask() -> None:
        event = f"r{next(EVENTS)}"
        if action:
            answer(
                ButtonPressed(who=who, where=place, at=at, event=event, action=action, value=value),
                desk,
            )
        else:
            answer(Command(who=who, where=place, at=at, event=event, line=line), desk)

    return ask


def _timed(ask: Callable[[], None], rounds: int) -> Spread:
    for _ in range(WARM):
        ask()
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        ask()
        taken.append(1000 * (time.perf_counter() - started))
    return Spread.of(taken)
