"""Run by `make bench`: prints what our requests cost, in bare Bolt commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import pytest
import typer
from psycopg import sql
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from models.database import Database
from tests.benchmarks.delivery import (
    LEAST_RATIO,
    LEAST_SHARE,
    MOST_WAIT,
    WAITING,
    Sending,
    sending,
)
from tests.benchmarks.digests import GROUPS, MEASURES, Digesting, digesting
from tests.benchmarks.digests import MOST_RATIO as MOST_DIGESTS
from tests.benchmarks.estimating import Cost, estimating
from tests.benchmarks.history import LONG, MOST_SECONDS, MOST_STATEMENTS, Growth, reporting
from tests.benchmarks.load import CONNECTIONS
from tests.benchmarks.lookups import (
    LINES,
    MOST_MILLISECONDS,
    MOST_RATIO,
    TIMES,
    LookUp,
    measure_lookups,
)
from tests.benchmarks.measuring import GOAL, Figure, measure
from tests.benchmarks.results import MOST_MILLISECONDS as MOST_READ
from tests.benchmarks.results import Read, measure_results
from tests.postgres import running_server

DATABASE = "samverkansbot_benchmark"
NAMES = ("requests", "few", "many", "results", "sending", "digests")

DURABLE = ("ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()")
"""What is measured must survive a power cut; what is only tested need not."""


def main(
    rounds: Annotated[int, typer.Option(min=1, help="Rounds that count.")] = 7,
    requests: Annotated[int, typer.Option(min=1, help="Requests of each kind in a round.")] = 300,
    postgres: Annotated[bool, typer.Option(help="Measure on PostgreSQL too.")] = True,
) -> None:
    """Measure a request against a bare Bolt app, and a look-up among many seats against few."""
    console = Console()
    with ExitStack() as stack:
        stores = _stores(stack, console, postgres=postgres)
        bar = stack.enter_context(Progress(console=console, transient=True))
        total = (rounds + 1) * (1 + 2 * len(stores)) + (len(LINES) + 3) * len(stores)
        task = bar.add_task("Measuring", total=total)
        addresses = {name: found[0] for name, found in stores.items()}
        figures = measure(addresses, rounds, requests, lambda: bar.advance(task))
        pairs = {name: (found[1], found[2]) for name, found in stores.items()}
        lookups = measure_lookups(pairs, requests // 10 + 1, lambda: bar.advance(task))
        histories = {}
        for name, address in addresses.items():
            histories[name] = reporting(Database.connect(address), requests // 10 + 1)
            bar.advance(task)
        sent = _sendings(stores, lambda: bar.advance(task))
        weeks = _digestings(stores, lambda: bar.advance(task))
        reads = {
            name: measure_results(found[3], requests // 10 + 1) for name, found in stores.items()
        }
    console.print(_table(figures))
    console.print(
        f"User and system time of the server's own process, on one core; {rounds} rounds in turn, "
        f"{requests} requests of each kind in a round, {CONNECTIONS} connections."
    )
    console.print(_goal(figures[1]))
    console.print(_of_lookups(lookups))
    console.print(_lookup_goal(lookups))
    console.print(_of_costs(estimating()))
    console.print(_of_results(reads))
    console.print(_of_histories(histories))
    console.print(_history_goal(histories))
    for told in (_of_sending(sent), _sending_goal(sent), _of_digests(weeks), _digest_goal(weeks)):
        console.print(told)


Addresses = tuple[str, ...]
"""Where to measure requests, look-ups among few seats and among many, results, sending, digests."""


def _stores(stack: ExitStack, console: Console, *, postgres: bool) -> dict[str, Addresses]:
    stores = {"SQLite": stack.enter_context(_sqlite())}
    if postgres:
        try:
            stores["PostgreSQL"] = stack.enter_context(_postgres())
        except pytest.skip.Exception as reason:
            console.print(f"PostgreSQL is left out: {reason}.")
    return stores


@contextmanager
def _sqlite() -> Iterator[Addresses]:
    with TemporaryDirectory() as folder:
        yield tuple(f"sqlite:///{Path(folder) / name}.sqlite" for name in NAMES)


@contextmanager
def _postgres() -> Iterator[Addresses]:
    with running_server("benchmark") as server:
        server.run(*(sql.SQL(command) for command in DURABLE))
        yield tuple(server.create(f"{DATABASE}_{name}") for name in NAMES)
        for name in NAMES:
            server.drop(f"{DATABASE}_{name}")


def _of_lookups(lookups: list[LookUp]) -> Table:
    table = Table("Look-up", title=f"How long a look-up takes, and among {TIMES} × the seats")
    for heading in ("ms, median", "× few seats: least", "median", "most"):
        table.add_column(heading, justify="right")
    for each in lookups:
        ratio = each.ratio
        times = (f"{figure:.2f}" for figure in (ratio.least, ratio.middle, ratio.most))
        table.add_row(f"{each.line}, {each.store}", f"{each.milliseconds.middle:.1f}", *times)
    return table


def _lookup_goal(lookups: list[LookUp]) -> str:
    """Whether every look-up is fast and grows little; it never fails the run."""
    verdict = "reached" if all(each.is_reached for each in lookups) else "not reached"
    return (
        f"Goal, {verdict}: a look-up within {MOST_MILLISECONDS} ms, and less than "
        f"{MOST_RATIO} × that among {TIMES} × as many seats, groups and people."
    )


def _table(figures: list[Figure]) -> Table:
    table = Table("Request", title="Processor time of a request")
    for heading in ("µs, median", "× bare: least", "median", "most"):
        table.add_column(heading, justify="right")
    for figure in figures:
        ratio = figure.ratio
        times = (f"{each:.2f}" for each in (ratio.least, ratio.middle, ratio.most))
        table.add_row(figure.name, f"{figure.microseconds.middle:.0f}", *times)
    return table


def _of_histories(histories: dict[str, Growth]) -> Table:
    table = Table("Report by command", title=f"A report, and one after {LONG:,} more reports")
    for heading in ("ms, median", "with history", "×", "reads", "writes"):
        table.add_column(heading, justify="right")
    for name, found in histories.items():
        times = (f"{each.seconds * 1000:.1f}" for each in (found.young, found.old))
        table.add_row(
            name, *times, f"{found.ratio:.2f}", str(found.old.reads), str(found.old.writes)
        )
    return table


def _of_results(reads: dict[str, list[Read]]) -> Table:
    table = Table("Result", title="How long a result from a frozen table takes, and an indicator")
    for heading in ("ms, median", "most", f"< {MOST_READ} ms"):
        table.add_column(heading, justify="right")
    for store, found in reads.items():
        for each in found:
            spent = each.milliseconds
            reached = "yes" if each.is_reached else "no"
            row = (f"{spent.middle:.1f}", f"{spent.most:.1f}", reached)
            table.add_row(f"{each.asked}, {store}", *row)
    return table


def _of_costs(costs: list[Cost]) -> Table:
    table = Table("Statistics", title="What statistics cost")
    for heading in ("seconds", "goal", "reached"):
        table.add_column(heading, justify="right")
    for each in costs:
        reached = "yes" if each.is_reached else "no"
        table.add_row(each.name, f"{each.seconds:.4f}", f"< {each.most:g}", reached)
    return table


def _sendings(stores: dict[str, Addresses], told: Callable[[], None]) -> dict[str, Sending]:
    sent = {}
    for name, found in stores.items():
        with Database.connect(found[4]) as database:
            sent[name] = sending(database)
        told()
    return sent


def _digestings(stores: dict[str, Addresses], told: Callable[[], None]) -> dict[str, Digesting]:
    weeks = {}
    for name, found in stores.items():
        with Database.connect(found[5]) as database:
            weeks[name] = digesting(database)
        told()
    return weeks


_BARE = ("bare SQL, digest by digest", "bare SQL, our portions")


def _of_digests(weeks: dict[str, Digesting]) -> Table:
    title = f"What the Monday of {GROUPS:,} groups costs, with {MEASURES} measures each"
    table = Table("Weekly digests", title=title)
    for heading in ("seconds", *_BARE, "queued", "most memory, MB"):
        table.add_column(heading, justify="right")
    for name, found in weeks.items():
        single = f"{found.single:.2f} ({found.ratio:.2f} ×)"
        portioned = f"{found.portioned:.2f} ({found.strict_ratio:.1f} ×)"
        table.add_row(
            name,
            f"{found.ours:.2f}",
            single,
            portioned,
            str(found.queued),
            f"{found.megabytes:.0f}",
        )
    return table


def _digest_goal(weeks: dict[str, Digesting]) -> str:
    """Whether all digests are as fast as they shall be; it never fails the run."""
    verdict = "reached" if all(found.is_reached for found in weeks.values()) else "not reached"
    return (
        f"Goal, {verdict}: gathered, rendered and queued within {MOST_DIGESTS} × the bare SQL that "
        "asks for one digest after another."
    )


def _of_sending(sent: dict[str, Sending]) -> Table:
    table = Table("Sending", title="What sending costs")
    for heading in ("rows/s, bare", "messages/s", "×", "% of the pace", "a reply, ms", "most"):
        table.add_column(heading, justify="right")
    for name, found in sent.items():
        rates = (f"{rate:.0f}" for rate in (found.bare, found.ours))
        waits = (f"{wait * 1000:.0f}" for wait in (found.reply, found.slowest_reply))
        table.add_row(name, *rates, f"{found.ratio:.2f}", f"{found.share * 100:.1f}", *waits)
    return table


def _sending_goal(sent: dict[str, Sending]) -> str:
    """Whether sending is fast enough; the pace is tried faster than Slack permits."""
    verdict = "reached" if all(found.is_reached for found in sent.values()) else "not reached"
    return (
        f"Goal, {verdict}: {LEAST_RATIO} × the bare loop; {LEAST_SHARE:.0%} of Slack's pace with "
        f"{WAITING:,} waiting; a reply within {MOST_WAIT * 1000:.0f} ms behind them."
    )


def _history_goal(histories: dict[str, Growth]) -> str:
    """Whether a report is committed and answered in time, with a long history too."""
    slowest = max(found.old.seconds for found in histories.values())
    most = max(found.old.reads + found.old.writes for found in histories.values())
    verdict = "reached" if slowest < MOST_SECONDS and most <= MOST_STATEMENTS else "not reached"
    return (
        f"Goal, {verdict}: a report is committed and answered within "
        f"{MOST_SECONDS * 1000:.0f} ms (now {slowest * 1000:.0f} ms) "
        f"and {MOST_STATEMENTS} statements (now {most})."
    )


def _goal(look_up: Figure) -> str:
    """Whether our look-up costs as little as we want; it never fails the run."""
    verdict = "reached" if look_up.ratio.middle < GOAL else "not reached"
    return (
        f"Goal, {verdict}: a look-up for less than {GOAL} × the bare command "
        f"(now {look_up.ratio.middle:.1f} ×)."
    )


if __name__ == "__main__":
    typer.run(main)
