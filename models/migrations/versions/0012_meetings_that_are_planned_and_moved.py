"""Meetings that are planned, moved and cancelled in the chat: their series and what was done.

Revises: 0011

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

EVENTS = ('planned', 'changed', 'cancelled', 'reinstated')


def upgrade() -> None:
    op.create_table('meeting_series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['cooperation_group.id'], name=op.f('fk_meeting_series_group_id_cooperation_group')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_series'))
    )
    op.create_index(op.f('ix_meeting_series_group_id'), 'meeting_series', ['group_id'])
    op.create_table('meeting_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('event', sa.Enum(*EVENTS, name='meetingevent', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_change_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_meeting_change_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_change'))
    )
    op.create_index(op.f('ix_meeting_change_meeting_id'), 'meeting_change', ['meeting_id'])
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.add_column(sa.Column('series_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f('fk_meeting_series_id_meeting_series'), 'meeting_series', ['series_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('fk_meeting_series_id_meeting_series'), type_='foreignkey')
        batch_op.drop_column('series_id')
    op.drop_table('meeting_change')
    op.drop_table('meeting_series')
