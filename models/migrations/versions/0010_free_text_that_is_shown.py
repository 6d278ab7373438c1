"""Free text of surveys whose authors agreed that it is shown.

Revises: 0009

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('published_text',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_published_text_question_id_question')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_published_text'))
    )
    op.create_index(op.f('ix_published_text_question_id'), 'published_text', ['question_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_published_text_question_id'), 'published_text')
    op.drop_table('published_text')
