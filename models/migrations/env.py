"""Runs the migrations on the connection that `models.storage.schema` hands over."""

from alembic import context

from models.storage.schema import is_ours
from models.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    include_object=is_ours,
)
with context.begin_transaction():
    context.run_migrations()
