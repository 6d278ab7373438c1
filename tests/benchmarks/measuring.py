"""The measurement: rounds in which every case has its turn, so that all share the bad moments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median

from tests.benchmarks import apps
from tests.benchmarks.load import Load, signed
from tests.benchmarks.server import Server, one_core_kept, running

LOOK_UP = "vem Farsta styrgrupp"
REPORT = "rapportera JAR-005 pågår Belysningen är beställd, montage v. 32"
GOAL = 1.5
"""A full look-up shall cost less than so many bare commands."""


@dataclass
class Case:
    """A kind of request, the server that answers it, and its processor time in each round.

    Each round asks the lines in turn; `expected` stands in every answer. Times are seconds of
    the server's processor per request.
    """

    name: str
    server: Server
    lines: tuple[str, ...]
    expected: str = ""
    times: list[float] = field(default_factory=list)

    def run(self, load: Load, requests: int, *, counts: bool) -> None:
        """One batch; while the server warms up, an answer may come late and does not count."""
        batch = [signed(self.lines[number % len(self.lines)]) for number in range(requests)]
        before = self.server.cpu_seconds()
        load.send(self.server.url, batch, self.expected.encode() if counts else b"")
        if counts:
            self.times.append((self.server.cpu_seconds() - before) / requests)


@dataclass(frozen=True)
class Spread:
    """The least, the middle and the most of some figures."""

    least: float
    middle: float
    most: float

    @classmethod
    def of(cls, figures: list[float]) -> Spread:
        """The spread of at least one figure."""
        return cls(min(figures), median(figures), max(figures))


@dataclass(frozen=True)
class Figure:
    """What a case costs: microseconds of processor time, and how many bare commands that is."""

    name: str
    microseconds: Spread
    ratio: Spread


def measure(
    stores: Mapping[str, str], rounds: int, requests: int, told: Callable[[], None]
) -> list[Figure]:
    """Measures the bare command first, then our requests on each store, named with its address.

    `told` is called after each batch; a round to warm up comes before those that count.
    """
    with ExitStack() as stack:
        core = stack.enter_context(one_core_kept())
        bare = stack.enter_context(running(core, apps.bare))
        cases = [Case("bare Bolt command", bare, (LOOK_UP, REPORT))]
        for store, address in stores.items():
            apps.prepare(address)
            cases += _ours(store, stack.enter_context(running(core, apps.ours, address)))
        load = stack.enter_context(Load())
        for number in range(rounds + 1):
            for case in cases:
                case.run(load, requests, counts=number > 0)
                told()
    return [_figure(case, cases[0]) for case in cases]


def _figure(case: Case, bare: Case) -> Figure:
    """Every round is held against the bare command of the same round."""
    ratios = [ours / theirs for ours, theirs in zip(case.times, bare.times, strict=True)]
    return Figure(case.name, Spread.of([each * 1e6 for each in case.times]), Spread.of(ratios))


def _ours(store: str, server: Server) -> list[Case]:
    return [
        Case(f"vem …, {store}", server, (LOOK_UP,), "Farsta lokala styrgrupp"),
        Case(f"rapportera …, {store}", server, (REPORT,), "JAR-005"),
    ]
