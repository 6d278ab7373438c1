"""Answers to surveys that are not anonymous, as those who answered were told.

Revises: 0014

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('named_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_named_answer_person_id_person')),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_named_answer_question_id_question')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_named_answer')),
    sa.UniqueConstraint('question_id', 'person_id', name=op.f('uq_named_answer_question_id_person_id'))
    )
    op.create_index(op.f('ix_named_answer_person_id'), 'named_answer', ['person_id'], unique=False)
    op.create_index(op.f('ix_named_answer_question_id'), 'named_answer', ['question_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_named_answer_question_id'), 'named_answer')
    op.drop_index(op.f('ix_named_answer_person_id'), 'named_answer')
    op.drop_table('named_answer')
