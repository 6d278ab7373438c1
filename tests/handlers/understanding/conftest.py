"""The demo's names, read once from each kind of database."""

from __future__ import annotations

import pytest

from handlers.desk import Desk
from handlers.understanding import Registry


@pytest.fixture(scope="session")
def registry(desk: Desk) -> Registry:
    """All names that the demo knows."""
    with desk.database.read() as session:
        return desk.registry(session)
