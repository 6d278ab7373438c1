"""What each survey promised of how few answers show nothing.

Revises: 0022

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None

LIMITS = (('least_internal', '5'), ('least_sensitive', '10'), ('extreme', '2'))


def upgrade() -> None:
    # Surveys that were made before promised the defaults.
    for name, value in LIMITS:
        op.add_column('survey', sa.Column(name, sa.Integer(), server_default=value, nullable=False))


def downgrade() -> None:
    for name, _ in reversed(LIMITS):
        op.drop_column('survey', name)
