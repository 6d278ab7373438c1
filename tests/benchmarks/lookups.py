"""What a look-up costs where there are a hundred times as many seats, beside the same on a few."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count

from bot.demo import seed
from handlers.desk import Desk
from handlers.requests import Command, Identity, Place, PlaceKind
from handlers.router import answer
from models.database import Database
from tests.benchmarks.growing import grow
from tests.benchmarks.measuring import Spread

LINES = (
    "vem Farsta styrgrupp",
    "vem Farsta styrgrupp 2022-04-05 känt 2022-04-05",
    "vem Jonas Lindmark",
    "vem Trafikkontoret",
    "vem LPO Farsta",
    "vem Rågsved",
    "vem Frasta styrgrup",
)
"""A group, the same as it was known, a person, an organisation, a police area, a place, a typo."""

TIMES = 100
MOST_MILLISECONDS = 50
MOST_RATIO = 1.15
WARM = 3
REPEATS = 5
ASKED = Identity(
    platform="benchmark", workspace="local", user="operator", passing=True, operator=True
)
EVENTS = count(1)


@dataclass(frozen=True)
class LookUp:
    """How long a line takes at the demo's size in milliseconds, and how many times that it is
    where there is a hundred times as much of everything."""

    store: str
    line: str
    milliseconds: Spread
    ratio: Spread

    @property
    def is_reached(self) -> bool:
        """Whether it is as fast as we want, and grows as little."""
        within = self.milliseconds.middle < MOST_MILLISECONDS
        return within and self.ratio.middle < MOST_RATIO


def measure_lookups(
    stores: Mapping[str, tuple[str, str]], rounds: int, told: Callable[[], None]
) -> list[LookUp]:
    """Asks each line on a small and a large database in turn, so that both share the bad moments.

    `stores` names two addresses of empty databases for each kind.
    """
    found = []
    for store, (few, many) in stores.items():
        with ExitStack() as stack:
            small = stack.enter_context(_filled(few, 1))
            large = stack.enter_context(_filled(many, TIMES))
            for line in LINES:
                found.append(_measured(store, line, small, large, rounds))
                told()
    return found


@contextmanager
def _filled(address: str, times: int) -> Iterator[Desk]:
    """The demo in a database, so many times over, with the names at hand."""
    database = Database.connect(address)
    database.create_all()
    seed.load(database)
    if times > 1:
        grow(database, times - 1)
    desk = Desk(database, b"a secret of the benchmark, 32 long")
    desk.warm()
    try:
        yield desk
    finally:
        database.close()


def _measured(store: str, line: str, small: Desk, large: Desk, rounds: int) -> LookUp:
    for _ in range(WARM):
        _asked(line, small)
        _asked(line, large)
    pairs = [(_asked(line, small), _asked(line, large)) for _ in range(rounds)]
    return LookUp(
        store,
        line,
        Spread.of([few * 1e3 for few, _ in pairs]),
        Spread.of([many / few for few, many in pairs]),
    )


def _asked(line: str, desk: Desk) -> float:
    """Seconds that a member waits for an answer, the database's work included: the least of a few.

    Other work on the machine can make an answer late, and never early.
    """
    return min(_once(line, desk) for _ in range(REPEATS))


def _once(line: str, desk: Desk) -> float:
    request = Command(
        who=ASKED,
        where=Place(kind=PlaceKind.DIRECT),
        at=seed.STARTS_AT,
        event=f"lookup-{next(EVENTS)}",
        line=line,
    )
    before = time.perf_counter()
    answer(request, desk)
    return time.perf_counter() - before
