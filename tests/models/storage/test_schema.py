"""The migrations make exactly what the models say, on both databases."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from models.database import Database
from models.storage.schema import SchemaBehind, current, demand_current, is_ours, newest, upgrade
from models.tables import METADATA
from tests.stores import Store, copied


@pytest.fixture
def bare_database(store: Store) -> Iterator[Database]:
    """A database with nothing in it at all."""
    with copied(store, "bare", _touch, f"bare_{uuid4().hex[:8]}") as found:
        yield found


def _touch(database: Database) -> None:
    with database.engine.connect():
        pass


def test_an_upgraded_database_equals_the_models(bare_database: Database) -> None:
    upgrade(bare_database)
    with bare_database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": is_ours}
        )
        assert compare_metadata(context, METADATA) == []


def test_upgrading_twice_changes_nothing(bare_database: Database) -> None:
    upgrade(bare_database)
    upgrade(bare_database)
    assert current(bare_database) == newest()
    demand_current(bare_database)


def test_a_database_that_is_behind_says_what_to_run(bare_database: Database) -> None:
    with pytest.raises(SchemaBehind, match="samverkan migrate"):
        demand_current(bare_database)
