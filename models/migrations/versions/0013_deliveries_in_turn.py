"""An index less for deliveries: SQLite took it, and sorted all that wait, to find what goes next.

Revises: 0012

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index('ix_delivery_state_due_at', 'delivery')


def downgrade() -> None:
    op.create_index('ix_delivery_state_due_at', 'delivery', ['state', 'due_at'], unique=False)
