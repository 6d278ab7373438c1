"""The small world of the page's tests, on both kinds of database."""

from __future__ import annotations

import pytest

from models.database import Database
from tests.bot.workspace.world import World, small_farsta
from tests.stores import Store


@pytest.fixture
def world(store: Store) -> World:
    """Farsta's two groups and a router of set answers."""
    return World(store.fresh("small_farsta", _fill))


def _fill(database: Database) -> None:
    database.create_all()
    small_farsta(database)
