"""When owners are asked about action points, and why they need more time.

Revises: 0023

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('action_point', sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('action_point', sa.Column('times_asked', sa.Integer(), server_default='0', nullable=False))
    op.add_column('action_point_step', sa.Column('reason', sa.String(), server_default='', nullable=False))


def downgrade() -> None:
    op.drop_column('action_point_step', 'reason')
    op.drop_column('action_point', 'times_asked')
    op.drop_column('action_point', 'asked_at')
