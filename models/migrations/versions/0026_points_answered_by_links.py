"""By which way somebody said what was done to an action point.

Revises: 0025

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('action_point_step', sa.Column('source', sa.String(), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('action_point_step', 'source')
