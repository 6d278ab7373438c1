"""An event that comes eight times at once has its effect once, through the real edge."""

from __future__ import annotations

from tests.faults.copying import COPIES, send_copies
from tests.faults.killing import Ground

EVENTS = 25


def test_eight_copies_of_an_event_at_once_have_one_effect(ground: Ground) -> None:
    found = send_copies(ground, EVENTS)
    assert found.is_exact, found
    assert found.statuses[200] == COPIES * EVENTS, "Slack gave up on a copy"
