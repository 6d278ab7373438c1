"""Somebody else's Slack, the bot before it, and the bot once it is installed there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from models.database import Database
from tests.emulator.emulator import Emulator, running_emulator
from tests.emulator.stage import Stage, running_stage, seed


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator of the test's own."""
    with running_emulator(seed()) as running:
        yield running


@pytest.fixture
def stage(emulator: Emulator, stockholm: Database) -> Iterator[Stage]:
    """The bot with Stockholm's data, not yet installed."""
    with running_stage(emulator, stockholm) as running:
        yield running


@pytest.fixture
def installed(stage: Stage) -> Stage:
    """The bot, installed through the emulator's own consent page."""
    assert stage.installs().status == 200
    stage.door.calls.clear()
    return stage
