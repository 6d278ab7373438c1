"""Where Procrastinate keeps its jobs, on PostgreSQL; SQLite has one process and needs none.

Revises: 0007

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

TABLES = ('events', 'periodic_defers', 'jobs', 'workers')
TYPES = ('job_to_defer_v1', 'job_event_type', 'job_status')


def upgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        # A later release of Procrastinate that changes its tables is a revision of its own.
        from procrastinate.schema import SchemaManager

        _run(SchemaManager.get_schema())


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        for name in TABLES:
            op.execute(f'DROP TABLE procrastinate_{name} CASCADE')
        _run(DROP_FUNCTIONS)
        for name in TYPES:
            op.execute(f'DROP TYPE procrastinate_{name} CASCADE')


DROP_FUNCTIONS = """
DO $$
DECLARE known record;
BEGIN
    FOR known IN SELECT oid::regprocedure AS name FROM pg_proc WHERE proname LIKE 'procrastinate%'
    LOOP
        EXECUTE 'DROP FUNCTION ' || known.name || ' CASCADE';
    END LOOP;
END
$$
"""


def _run(commands: str) -> None:
    """Runs several statements at once, as they are, in the migration's transaction."""
    connection = op.get_bind().connection.driver_connection
    assert connection is not None
    connection.execute(commands)
