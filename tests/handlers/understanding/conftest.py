"""The demo's names, read once from each kind of database."""

from __future__ import annotations

import pytest

from handlers.understanding import Registry
from models.database import Database


@pytest.fixture(scope="session")
def registry(_shared_stockholm: Database) -> Registry:
    """All names that the demo knows."""
    with _shared_stockholm.read() as session:
        return Registry.load(session)
