"""A post that is changed says so, and open pages show it.

Revises: 0018

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('post', sa.Column('change', sa.Integer(), server_default='0', nullable=False))
    op.create_index('ix_post_change', 'post', ['change'])


def downgrade() -> None:
    op.drop_index('ix_post_change', 'post')
    op.drop_column('post', 'change')
