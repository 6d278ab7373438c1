"""Inspel: what each district is asked before a meeting, what it gives, and what became of it.

Revises: 0015

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('input_round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_input_round_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['person.id'], name=op.f('fk_input_round_opened_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_input_round')),
    sa.UniqueConstraint('meeting_id', name=op.f('uq_input_round_meeting_id'))
    )
    op.create_table('input_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('district_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('times_asked', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_input_request_district_id_district')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_input_request_person_id_person')),
    sa.ForeignKeyConstraint(['round_id'], ['input_round.id'], name=op.f('fk_input_request_round_id_input_round')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_input_request')),
    sa.UniqueConstraint('round_id', 'district_id', name=op.f('uq_input_request_round_id_district_id'))
    )
    op.create_index(op.f('ix_input_request_person_id'), 'input_request', ['person_id'])
    for name in ('input_answer', 'input_outcome'):
        op.create_table(name,
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('request_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f(f'fk_{name}_person_id_person')),
        sa.ForeignKeyConstraint(['request_id'], ['input_request.id'], name=op.f(f'fk_{name}_request_id_input_request')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{name}'))
        )
        op.create_index(op.f(f'ix_{name}_request_id'), name, ['request_id'])


def downgrade() -> None:
    for name in ('input_outcome', 'input_answer', 'input_request', 'input_round'):
        op.drop_table(name)
