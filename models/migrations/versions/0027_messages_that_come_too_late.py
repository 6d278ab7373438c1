"""Until when a message is of use: what comes later is not sent.

Revises: 0026

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('delivery', sa.Column('useful_until', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('delivery', 'useful_until')
