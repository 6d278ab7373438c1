"""The n-th call fails: a database whose n-th statement or commit breaks, for every n in turn.

A commit can break in two ways: before it, so that nothing was kept, and after it, so that all was
kept and only the answer was lost. Both are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event

from models.database import Database

MOST = 1_000
"""No scenario has more calls; one that has would never end."""


@dataclass
class Nth:
    """Breaks one call: the n-th statement or commit, or the n-th commit once it is done."""

    n: int
    after_commit: bool = False
    calls: int = 0

    @property
    def has_struck(self) -> bool:
        """Whether there were so many calls that one was broken."""
        return self.calls >= self.n

    def is_now(self) -> bool:
        """Counts a call, and says whether it is the one."""
        self.calls += 1
        return self.calls == self.n


@dataclass
class Arm:
    """Breaks calls on one engine while it is raised."""

    engine: Engine
    nth: Nth

    def __post_init__(self) -> None:
        self.commit = self.engine.dialect.do_commit
        driver: Any = self.engine.dialect.dbapi
        self.broken: Exception = driver.OperationalError("the n-th call was made to fail")

    def up(self) -> None:
        """From now on calls are counted, and one fails."""
        for hook in HOOKS:
            event.listen(self.engine, hook, self.statement)
        setattr(self.engine.dialect, COMMIT, self.do_commit)

    def down(self) -> None:
        """All is well again."""
        for hook in HOOKS:
            event.remove(self.engine, hook, self.statement)
        delattr(self.engine.dialect, COMMIT)

    def statement(self, *_: Any) -> None:
        """A statement is about to be run."""
        if not self.nth.after_commit and self.nth.is_now():
            raise self.broken

    def do_commit(self, connection: Any) -> None:
        """A commit that is refused, or carried out and its answer lost."""
        struck = self.nth.is_now()
        if not struck or self.nth.after_commit:
            self.commit(connection)
        if struck:
            raise self.broken


HOOKS, COMMIT = ("do_execute", "do_execute_no_params", "do_executemany"), "do_commit"


@contextmanager
def breaking(database: Database, nth: Nth) -> Iterator[Nth]:
    """Breaks the n-th call on either of a database's engines, as a driver reports it."""
    engines = {id(engine): engine for engine in (database.engine, database.reader)}.values()
    arms = [Arm(engine, nth) for engine in engines]
    for arm in arms:
        arm.up()
    try:
        yield nth
    finally:
        for arm in arms:
            arm.down()


def each_call(
    database: Database, act: Callable[[int], object], *, after_commit: bool
) -> Iterator[int]:
    """Lets a scenario run with its first call broken, then its second, until none is left.

    `act` gets the number; it may raise what a broken database raises. Each number is given back
    after the broken run, so that the scenario can be finished and looked at.
    """
    for number in range(1, MOST):
        with breaking(database, Nth(number, after_commit)) as nth:
            act(number)
        yield number
        if not nth.has_struck:
            return
    raise AssertionError("the scenario does not end")
