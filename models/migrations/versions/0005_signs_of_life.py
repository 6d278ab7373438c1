"""Signs of life of the threads that send and that look at the timetable.

Revises: 0004

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('pulse',
    sa.Column('host', sa.String(), nullable=False),
    sa.Column('pid', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('lane', sa.String(), nullable=False),
    sa.Column('part', sa.String(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('beat_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('host', 'pid', 'lane', name=op.f('pk_pulse'))
    )


def downgrade() -> None:
    op.drop_table('pulse')
