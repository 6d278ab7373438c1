"""Run by `make faults`: the trials at full size, and the README's table of what they came to."""

from __future__ import annotations

import logging
import os
import platform
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated, Any

import structlog
import typer
from rich.console import Console

from models.database import Database
from tests.faults import figures, replicas, scene, year
from tests.faults.children import Children, nursery
from tests.faults.clock import FastClock
from tests.faults.commands import commands
from tests.faults.copying import send_copies
from tests.faults.crashing import crash_under_load, own_server
from tests.faults.killing import Ground, Trial, free_port, kill_at_random
from tests.faults.limits import send_paced, send_slowed
from tests.faults.soak import soak
from tests.faults.stories import counts, say_with_each_call_broken
from tests.faults.twins import compare
from tests.postgres import running_server
from tests.stores import PostgresStore, SqliteStore, Store, Templates

SPEED = 10.0
Found = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """What the trials share: both kinds of database, the nursery, and how large they are."""

    stores: dict[str, Store]
    children: Children
    scale: float

    def times(self, number: int) -> int:
        """A number at the chosen scale."""
        return max(1, round(number * self.scale))

    @contextmanager
    def ground(self, kind: str, speed: float = SPEED) -> Iterator[Ground]:
        """A cooperation of its own for one trial."""
        store, folder = self.stores[kind], Path(mkdtemp(prefix="faults"))
        address = store.address("faults", scene.fill, "faults_trial")
        try:
            yield Ground(address, folder, self.children, FastClock.starting(speed), free_port())
        finally:
            store.remove("faults_trial")
            shutil.rmtree(folder)


def kills(field: Field, kind: str) -> Found:
    """500 kills and 8,000 messages; several workers where several processes are allowed."""
    trial = Trial(field.times(500), field.times(8_000), workers=2, patience=600)
    with field.ground(kind) as ground:
        return {"kills": trial.kills, **asdict(kill_at_random(ground, trial))}


def replica_kills(field: Field) -> Found:
    """200 kills among a web process and three workers."""
    trial = Trial(field.times(200), field.times(8_000), workers=3, seed=2, patience=600)
    with field.ground("postgresql") as ground:
        return {"kills": trial.kills, **asdict(kill_at_random(ground, trial))}


def real_commands(field: Field, kind: str) -> Found:
    """`samverkan web` and `samverkan worker` as commands, in real time: a lease is a minute."""
    trial = Trial(
        field.times(20), field.times(400), longest_life=1.5, seed=3, patience=300, teams=4
    )
    with field.ground(kind, speed=1) as ground, commands() as real:
        found = kill_at_random(replace(ground, children=real), trial)
    return {"kills": trial.kills, **asdict(found)}


def copies(field: Field, kind: str) -> Found:
    """1,000 events in eight copies at once."""
    with field.ground(kind) as ground:
        return asdict(send_copies(ground, field.times(1_000)))


def ticks(field: Field, kind: str) -> Found:
    """Three replicas that tick, and 200 kills."""
    store, folder = field.stores[kind], Path(mkdtemp(prefix="faults"))
    address = store.address("replicas", replicas.fill, "replicas_trial")
    try:
        herd = replicas.Replicas(address, folder, field.children, 3)
        return asdict(replicas.tick_together(herd, field.times(200)))
    finally:
        store.remove("replicas_trial")
        shutil.rmtree(folder)


def crash(field: Field) -> Found:
    """Eight crashes of the database server."""
    with own_server() as server, ExitStack() as stack:
        folder = Path(mkdtemp(prefix="faults"))
        stack.callback(shutil.rmtree, folder)
        address = server.create("faults_crash")
        with Database.connect(address) as database:
            scene.fill(database)
        ground = Ground(address, folder, field.children, FastClock.starting(SPEED), free_port())
        trial = Trial(field.times(8), field.times(1_500), workers=2, patience=300)
        found = asdict(crash_under_load(server, ground, trial))
    return {**found.pop("reckoning"), **found}


def paced(field: Field) -> Found:
    """200 messages by four workers, in real time."""
    with field.ground("postgresql", speed=1) as ground:
        return {"workers": 4, **asdict(send_paced(ground, field.times(200), workers=4))}


def slowed(field: Field) -> Found:
    """100 messages by four workers to a workspace that permits fewer than we think."""
    with field.ground("postgresql", speed=1) as ground:
        return {"workers": 4, **asdict(send_slowed(ground, field.times(100), workers=4))}


def whole_year(_: Field) -> Found:
    """Every zone that there is."""
    return asdict(year.simulate(year.all_zones()))


def soaked(field: Field, kind: str) -> Found:
    """100,000 messages in rounds; three workers where several processes are allowed."""
    with field.ground(kind, speed=2) as ground:
        return asdict(soak(ground, field.times(100_000), workers=3))


def twins(field: Field) -> Found:
    """10,000 sequences of lines, presses and forms on both databases."""
    return asdict(compare(list(field.stores.values()), field.times(10_000)))


def nth(field: Field, kind: str) -> Found:
    """Every call of a report and a question, before and after the commit."""
    told = {"calls": 0, "orphans": 0}
    for after_commit in (False, True):
        with field.ground(kind) as ground, Database.connect(ground.address) as database:
            told["calls"] += say_with_each_call_broken(database, after_commit=after_commit) - 1
            _, questions, events, asked = counts(database)
            told["orphans"] += abs(questions - asked) + abs(2 * questions - events)
    return told


BOTH: dict[str, Callable[[Field, str], Found]] = {
    "kills": kills,
    "nth": nth,
    "ticks": ticks,
    "copies": copies,
    "commands": real_commands,
    "soak": soaked,
}
ALONE: dict[str, Callable[[Field], Found]] = {
    "replica_kills": replica_kills,
    "crash": crash,
    "year": whole_year,
    "twins": twins,
    "paced": paced,
    "slowed": slowed,
}
BAD = ("lost", "doubled", "held", "failed", "orphans", "unfinished", "missed", "refused")
"""What should be 0 wherever it is counted."""

MOST_IN_PAUSE = 1
"""After a refusal only what was under way already may come before the pause has ended."""

MOST_GROWTH, MOST_LAG = 1.25, 60.0
"""What may be held on to after many rounds, as against after the first; and seconds of waiting.

Pools fill up while a run is young, so not everything that grows at first is held for ever.
"""

MOST_SECONDS = 5.0
"""Within so long after the database's return everything is well again."""


def main(
    only: Annotated[list[str] | None, typer.Option(help="Run only these trials.")] = None,
    scale: Annotated[float, typer.Option(min=0.01, help="1 is the full size.")] = 1.0,
    write: Annotated[bool, typer.Option(help="Write the figures and the README's table.")] = True,
) -> None:
    """Run the trials, tell what they came to, and keep it for the README."""
    # Hundreds of provoked failures need not be drawn with all their variables.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    console, faults = Console(), []
    with _field(scale) as field:
        for name, trial in _trials(field).items():
            if only and name not in only:
                continue
            began = time.monotonic()
            found = trial()
            found["seconds"] = round(time.monotonic() - began)
            console.print(name, found)
            faults += [f"{name}: {fault}" for fault in wrong(found)]
            if write:
                figures.keep({name: found}, _machine(), datetime.now(UTC).date())
    for fault in faults:
        console.print(f"[red]{fault}")
    raise typer.Exit(bool(faults))


def wrong(found: Found) -> list[str]:
    """What in a trial's figures is not as promised."""
    faults = [f"{name} is {found[name]}" for name in BAD if found.get(name)]
    if found.get("recovery", 0) > MOST_SECONDS:
        faults.append(f"well again only after {found['recovery']:.1f} s")
    if found.get("lag", 0) > MOST_LAG:
        faults.append(f"one of a hundred messages waited {found['lag']:.0f} s beyond the pace")
    faults += [
        f"{name} grew from {number} to {found['after'][name]}"
        for name, number in found.get("before", {}).items()
        if found["after"][name] > number * MOST_GROWTH
    ]
    if found.get("status", 0):
        faults.append(f"a stopped worker ended with {found['status']}")
    if found.get("in_pause", 0) > MOST_IN_PAUSE:
        faults.append(f"{found['in_pause']} calls in a pause that Slack asked for")
    if "crashes" in found and {found["plain"], found["sent_back"]} != {found["crashes"]}:
        faults.append("not every member was told, or not every event sent back")
    if "questions" in found and found["questions"] != found["events"]:
        faults.append(f"{found['questions']} effects of {found['events']} events")
    if "fan_out" in found and found["fan_out"] != found["expected"]:
        faults.append(f"{found['fan_out']} digests, expected {found['expected']}")
    return faults


def _trials(field: Field) -> dict[str, Callable[[], Found]]:
    """Every trial by its name, in the order in which they run."""
    alone = {name: partial(trial, field) for name, trial in ALONE.items()}
    both = {
        f"{name}_{kind}": partial(trial, field, kind)
        for name, trial in BOTH.items()
        for kind in field.stores
    }
    return {**alone, **both}


@contextmanager
def _field(scale: float) -> Iterator[Field]:
    folder, mark = Path(mkdtemp(prefix="faults")), f"f{os.getpid()}"
    with running_server(mark) as server, nursery() as children:
        postgres = PostgresStore(server, mark, Templates(folder / "postgresql", mark))
        sqlite = SqliteStore(folder, Templates(folder / "sqlite", mark))
        try:
            stores: dict[str, Store] = {"sqlite": sqlite, "postgresql": postgres}
            yield Field(stores, children, scale)
        finally:
            postgres.close()
            shutil.rmtree(folder)


def _machine() -> str:
    return f"{os.cpu_count()} cores, Python {platform.python_version()}"


if __name__ == "__main__":
    typer.run(main)
