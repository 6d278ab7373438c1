"""Replicas tick together and are killed: each occasion happens once, whoever was down."""

from __future__ import annotations

from pathlib import Path

from tests.faults.children import Children
from tests.faults.replicas import Replicas, fill, tick_together
from tests.stores import Store

KILLS = 12


def test_replicas_that_are_killed_miss_nothing_and_fire_nothing_twice(
    store: Store, children: Children, tmp_path: Path
) -> None:
    address = store.address("replicas", fill, "replicas_trial")
    try:
        found = tick_together(Replicas(address, tmp_path, children, 3), KILLS)
    finally:
        store.remove("replicas_trial")
    assert found.is_exact, found
    assert found.kills >= KILLS
