"""The small world of the page's tests, on both kinds of database."""

from __future__ import annotations

import pytest

from models.database import Database
from tests.bot.workspace.world import World, small_farsta


@pytest.fixture
def world(database: Database) -> World:
    """Farsta's two groups and a router of set answers."""
    small_farsta(database)
    return World(database)
