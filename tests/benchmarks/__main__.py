"""Run by `make bench`: prints what our requests cost, in bare Bolt commands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import pytest
import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from tests.benchmarks.load import CONNECTIONS
from tests.benchmarks.measuring import GOAL, Figure, measure
from tests.postgres import running_server

DATABASE = "samverkansbot_benchmark"


def main(
    rounds: Annotated[int, typer.Option(min=1, help="Rounds that count.")] = 7,
    requests: Annotated[int, typer.Option(min=1, help="Requests of each kind in a round.")] = 300,
    postgres: Annotated[bool, typer.Option(help="Measure on PostgreSQL too.")] = True,
) -> None:
    """Measure the processor time of a request against a bare Bolt app."""
    console = Console()
    with ExitStack() as stack:
        stores = {"SQLite": stack.enter_context(_sqlite())}
        if postgres:
            try:
                stores["PostgreSQL"] = stack.enter_context(_postgres())
            except pytest.skip.Exception as reason:
                console.print(f"PostgreSQL is left out: {reason}.")
        bar = stack.enter_context(Progress(console=console, transient=True))
        task = bar.add_task("Measuring", total=(rounds + 1) * (1 + 2 * len(stores)))
        figures = measure(stores, rounds, requests, lambda: bar.advance(task))
    console.print(_table(figures))
    console.print(
        f"User and system time of the server's own process, on one core; {rounds} rounds in turn, "
        f"{requests} requests of each kind in a round, {CONNECTIONS} connections."
    )
    console.print(_goal(figures[1]))


@contextmanager
def _sqlite() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'benchmark.sqlite'}"


@contextmanager
def _postgres() -> Iterator[str]:
    with running_server("benchmark") as server:
        yield server.create(DATABASE)
        server.drop(DATABASE)


def _table(figures: list[Figure]) -> Table:
    table = Table("Request", title="Processor time of a request")
    for heading in ("µs, median", "× bare: least", "median", "most"):
        table.add_column(heading, justify="right")
    for figure in figures:
        ratio = figure.ratio
        times = (f"{each:.2f}" for each in (ratio.least, ratio.middle, ratio.most))
        table.add_row(figure.name, f"{figure.microseconds.middle:.0f}", *times)
    return table


def _goal(look_up: Figure) -> str:
    """Whether our look-up costs as little as we want; it never fails the run."""
    verdict = "reached" if look_up.ratio.middle < GOAL else "not reached"
    return (
        f"Goal, {verdict}: a look-up for less than {GOAL} × the bare command "
        f"(now {look_up.ratio.middle:.1f} ×)."
    )


if __name__ == "__main__":
    typer.run(main)
