"""Registry numbers that decisions get after they were written.

Revises: 0024

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'decision_registration',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('decision_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.String(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_decision_registration_decision_id_decision')),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_decision_registration_person_id_person')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_registration')),
    )
    op.create_index(op.f('ix_decision_registration_decision_id'), 'decision_registration', ['decision_id'])


def downgrade() -> None:
    op.drop_index(op.f('ix_decision_registration_decision_id'), 'decision_registration')
    op.drop_table('decision_registration')
