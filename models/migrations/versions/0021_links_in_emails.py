"""Links in e-mails, and through what an answer came.

Revises: 0020

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

ANSWERS = ('meeting_answer', 'input_answer')


def upgrade() -> None:
    op.create_table('mail_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('value', sa.String(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mail_link_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_link')),
    sa.UniqueConstraint('digest', name=op.f('uq_mail_link_digest'))
    )
    op.create_index(op.f('ix_mail_link_person_id'), 'mail_link', ['person_id'])
    for name in ANSWERS:
        op.add_column(name, sa.Column('source', sa.String(), server_default='', nullable=False))


def downgrade() -> None:
    for name in ANSWERS:
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_column('source')
    op.drop_table('mail_link')
