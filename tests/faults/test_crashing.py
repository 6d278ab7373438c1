"""The database server crashes under load: members are told, Slack sends again, nothing is lost."""

from __future__ import annotations

from pathlib import Path

from models.database import Database
from tests.faults.children import Children
from tests.faults.clock import FastClock
from tests.faults.crashing import crash_under_load, own_server
from tests.faults.killing import Ground, Trial, free_port
from tests.faults.scene import fill

CRASHES = 2


def test_a_crash_of_the_database_server_loses_nothing_and_members_are_told(
    children: Children, tmp_path: Path
) -> None:
    with own_server() as server:
        address = server.create("faults_crash")
        with Database.connect(address) as database:
            fill(database)
        ground = Ground(address, tmp_path, children, FastClock.starting(10), free_port())
        found = crash_under_load(server, ground, Trial(CRASHES, messages=60))
    assert found.reckoning.is_clean, found
    assert found.reckoning.held == 0, found
    assert (found.plain, found.sent_back) == (CRASHES, CRASHES)
