"""What members answer to the call to a meeting.

Revises: 0013

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('meeting_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('answer', sa.Enum('coming', 'deputy', 'absent', name='attending', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('deputy_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_meeting_answer_by_id_person')),
    sa.ForeignKeyConstraint(['deputy_id'], ['person.id'], name=op.f('fk_meeting_answer_deputy_id_person')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_answer_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_meeting_answer_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_answer'))
    )
    op.create_index(op.f('ix_meeting_answer_meeting_id'), 'meeting_answer', ['meeting_id'])
    op.create_index(op.f('ix_meeting_answer_person_id'), 'meeting_answer', ['person_id'])


def downgrade() -> None:
    op.drop_table('meeting_answer')
