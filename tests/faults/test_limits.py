"""Senders that share a pace are never asked by Slack to slow down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.faults.clock import FastClock
from tests.faults.killing import Ground
from tests.faults.limits import send_paced

MORE = 18
"""Room for what a busy machine lets pile up; without a pace there would be some hundred."""


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_workers_share_a_pace_and_one_that_is_stopped_finishes_what_it_holds(
    ground: Ground,
) -> None:
    real = replace(ground, clock=FastClock.starting(1))
    found = send_paced(real, messages=30, workers=2, permitted=MORE)
    assert (found.messages, found.refused, found.unfinished) == (30, 0, 0)
    assert (found.status, found.look_ups) == (0, 0), "a worker left behind what it had claimed"
