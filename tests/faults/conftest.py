"""Where faults are tried: a nursery for each pytest process, and ground that was prepared once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.faults.children import Children, nursery
from tests.faults.clock import FastClock
from tests.faults.killing import Ground, free_port
from tests.faults.scene import fill
from tests.stores import Store

SPEED = 10.0


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Hundreds of provoked failures need not be drawn with all their variables."""
    with capture_logs():
        yield


@pytest.fixture(scope="session")
def children() -> Iterator[Children]:
    """The process that the killed ones are forked from."""
    with nursery() as found:
        yield found


@pytest.fixture
def ground(store: Store, children: Children, tmp_path: Path) -> Iterator[Ground]:
    """A cooperation of its own for one trial, on either kind of database."""
    address = store.address("faults", fill, "faults_trial")
    yield Ground(address, tmp_path, children, FastClock.starting(SPEED), free_port())
    store.remove("faults_trial")
