"""Processes are killed at random instants, and nothing is lost, doubled or left alone."""

from __future__ import annotations

from tests.faults.killing import Ground, Trial, kill_at_random
from tests.faults.reckoning import Reckoning

KILLS = 60


def test_kill_9_loses_and_doubles_nothing_and_leaves_no_orphan(ground: Ground) -> None:
    # Half die in their start, which costs least; `make faults` lets more of them work first.
    found = kill_at_random(ground, Trial(KILLS, messages=300, in_its_start=0.5))
    assert_clean(found)
    assert found.look_ups > 10, "the kills and the weather left too little in doubt to prove it"
    assert found.events > 9, "the members hardly got through, so their commits were not tried"


def assert_clean(found: Reckoning) -> None:
    assert found.is_clean, found
    assert found.held == 0, found
