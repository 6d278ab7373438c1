"""${message}

Revises: ${down_revision | comma,n}

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
