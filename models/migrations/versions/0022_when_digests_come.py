"""When digests come, to which channel or member, and what they tell; when a figure came in.

Revises: 0021

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'digest_setting',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('channel_id', sa.Integer(), nullable=True),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('is_on', sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column('weekday', sa.Integer(), nullable=False),
        sa.Column('hour', sa.Integer(), nullable=False),
        sa.Column('language', sa.String(), nullable=False),
        sa.Column('zone', sa.String(), nullable=False),
        sa.Column('least', sa.Integer(), nullable=False),
        sa.Column('sections', sa.JSON(), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('(channel_id IS NULL) <> (person_id IS NULL)', name=op.f('ck_digest_setting_for_one_reader')),
        sa.CheckConstraint('weekday BETWEEN 0 AND 4', name=op.f('ck_digest_setting_on_a_working_day')),
        sa.CheckConstraint('hour BETWEEN 8 AND 16', name=op.f('ck_digest_setting_in_the_daytime')),
        sa.CheckConstraint('least >= 1', name=op.f('ck_digest_setting_empty_ones_are_not_sent')),
        sa.ForeignKeyConstraint(['channel_id'], ['channel.id'], name=op.f('fk_digest_setting_channel_id_channel')),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_digest_setting_person_id_person')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_digest_setting')),
        sa.UniqueConstraint('channel_id', name=op.f('uq_digest_setting_channel_id')),
        sa.UniqueConstraint('person_id', name=op.f('uq_digest_setting_person_id')),
    )
    op.add_column('cooperation_group', sa.Column('digest_days', sa.Integer(), server_default='2', nullable=False))
    op.add_column('observation', sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f('ix_observation_recorded_at'), 'observation', ['recorded_at'])


def downgrade() -> None:
    op.drop_index(op.f('ix_observation_recorded_at'), 'observation')
    op.drop_column('observation', 'recorded_at')
    op.drop_column('cooperation_group', 'digest_days')
    op.drop_table('digest_setting')
