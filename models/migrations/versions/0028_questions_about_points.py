"""Questions about action points that follow from no decision.

Revises: 0027

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('point_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('point_id', sa.Integer(), nullable=False),
    sa.Column('asker_id', sa.Integer(), nullable=False),
    sa.Column('asked_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_point_question_answered_by_id_person')),
    sa.ForeignKeyConstraint(['asked_id'], ['person.id'], name=op.f('fk_point_question_asked_id_person')),
    sa.ForeignKeyConstraint(['asker_id'], ['person.id'], name=op.f('fk_point_question_asker_id_person')),
    sa.ForeignKeyConstraint(['point_id'], ['action_point.id'], name=op.f('fk_point_question_point_id_action_point')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_point_question'))
    )
    for column in ('asked_id', 'point_id'):
        op.create_index(op.f(f'ix_point_question_{column}'), 'point_question', [column])


def downgrade() -> None:
    op.drop_table('point_question')
