"""What deliveries remember: why one has not arrived, who decided, which go first, large sendings.

Revises: 0005

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

STATES = ('queued', 'sending', 'sent', 'in_doubt', 'held', 'failed')


def upgrade() -> None:
    op.create_table('fan_out',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('subject', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('audience', sa.JSON(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_fan_out_author_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fan_out')),
    sa.UniqueConstraint('key', name=op.f('uq_fan_out_key'))
    )
    op.create_index(op.f('ix_fan_out_done_at'), 'fan_out', ['done_at'], unique=False)

    op.add_column('inbox', sa.Column('deed', sa.String(), nullable=True))
    op.create_index('uq_inbox_deed', 'inbox', ['deed'], unique=True)

    op.add_column('delivery', sa.Column('trouble', sa.Enum('channel_gone', 'channel_archived', 'not_in_channel', 'not_allowed', 'person_left', 'app_missing', 'not_installed', 'token_revoked', 'scope_missing', 'message_refused', 'unreadable', 'refused', 'cannot_tell', 'gave_up', 'turned_down', 'overtaken', 'nothing_to_update', name='trouble', native_enum=False, length=40), nullable=True))
    op.add_column('delivery', sa.Column('rank', sa.Integer(), server_default='1', nullable=False))
    op.add_column('delivery', sa.Column('fan_out_id', sa.Integer(), sa.ForeignKey('fan_out.id', name=op.f('fk_delivery_fan_out_id_fan_out')), nullable=True), inline_references=True)
    op.add_column('delivery', sa.Column('updates_id', sa.String(), sa.ForeignKey('delivery.id', name=op.f('fk_delivery_updates_id_delivery')), nullable=True), inline_references=True)
    op.add_column('delivery', sa.Column('told_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('delivery', sa.Column('decided_by_id', sa.Integer(), sa.ForeignKey('person.id', name=op.f('fk_delivery_decided_by_id_person')), nullable=True), inline_references=True)
    op.add_column('delivery', sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE delivery SET trouble = 'refused' WHERE state = 'failed'")
    op.execute("UPDATE delivery SET trouble = 'cannot_tell' WHERE state = 'held'")
    _allow_states((*STATES, 'withdrawn'))
    op.create_index('ix_delivery_lane', 'delivery', ['state', 'platform', 'workspace', 'rank', 'due_at'], unique=False)
    op.create_index(op.f('ix_delivery_fan_out_id'), 'delivery', ['fan_out_id'], unique=False)
    op.create_index(op.f('ix_delivery_updates_id'), 'delivery', ['updates_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_delivery_updates_id'), 'delivery')
    op.drop_index(op.f('ix_delivery_fan_out_id'), 'delivery')
    op.drop_index('ix_delivery_lane', 'delivery')
    op.execute("UPDATE delivery SET state = 'failed' WHERE state = 'withdrawn'")
    _allow_states(STATES)
    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.drop_column('decided_at')
        batch_op.drop_column('decided_by_id')
        batch_op.drop_column('told_at')
        batch_op.drop_column('updates_id')
        batch_op.drop_column('fan_out_id')
        batch_op.drop_column('rank')
        batch_op.drop_column('trouble')

    op.drop_index('uq_inbox_deed', 'inbox')
    op.drop_column('inbox', 'deed')

    op.drop_index(op.f('ix_fan_out_done_at'), 'fan_out')
    op.drop_table('fan_out')


def _allow_states(states: tuple[str, ...]) -> None:
    """Changes which states the database takes; SQLite makes the table anew for that."""
    name = op.f('ck_delivery_deliverystate')
    if op.get_bind().dialect.name == 'postgresql':
        op.drop_constraint(name, 'delivery', type_='check')
        op.create_check_constraint(name, 'delivery', sa.column('state').in_(states))
    else:
        # A table made anew carries no check over, so the new one is all that there is.
        with op.batch_alter_table('delivery', recreate='always') as batch_op:
            batch_op.create_check_constraint(name, sa.column('state').in_(states))
