"""Where figures come from, what they rest on, and what they are to reach.

Revises: 0006

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

STATUSES = ('proposed', 'investigated', 'in_use', 'rejected')


def upgrade() -> None:
    op.create_table('data_source',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('source', 'output', name='sourcekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('owner', sa.String(), nullable=False),
    sa.Column('population', sa.String(), nullable=False),
    sa.Column('periodicity', sa.String(), nullable=False),
    sa.Column('period', sa.String(), nullable=False),
    sa.Column('answers', sa.String(), nullable=False),
    sa.Column('method', sa.String(), nullable=False),
    sa.Column('limits', sa.String(), nullable=False),
    sa.Column('status', sa.Enum(*STATUSES, name='sourcestatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('remark', sa.String(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=True),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['person.id'], name=op.f('fk_data_source_proposed_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_data_source')),
    sa.UniqueConstraint('code', name=op.f('uq_data_source_code'))
    )

    op.create_table('source_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum(*STATUSES, name='sourcestatus', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_source_step_person_id_person')),
    sa.ForeignKeyConstraint(['source_id'], ['data_source.id'], name=op.f('fk_source_step_source_id_data_source')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_source_step'))
    )
    op.create_index(op.f('ix_source_step_source_id'), 'source_step', ['source_id'], unique=False)

    op.create_table('target',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('district_id', sa.Integer(), nullable=True),
    sa.Column('neighbourhood_id', sa.Integer(), nullable=True),
    sa.Column('period', sa.String(), nullable=False),
    sa.Column('value', sa.Double(), nullable=False),
    sa.Column('decided_by', sa.String(), nullable=False),
    sa.Column('remark', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_target_district_id_district')),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_target_indicator_id_indicator')),
    sa.ForeignKeyConstraint(['neighbourhood_id'], ['neighbourhood.id'], name=op.f('fk_target_neighbourhood_id_neighbourhood')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_target')),
    sa.UniqueConstraint('indicator_id', 'place', 'period', name=op.f('uq_target_indicator_id_place_period'))
    )
    op.create_index(op.f('ix_target_indicator_id'), 'target', ['indicator_id'], unique=False)

    op.add_column('indicator', sa.Column('basis', sa.Enum('sample', 'register', 'members', 'panel', name='basis', native_enum=False, length=40), server_default='sample', nullable=False))
    op.add_column('indicator', sa.Column('sensitivity', sa.Enum('open', 'internal', 'sensitive', name='sensitivity', native_enum=False, length=40), server_default='open', nullable=False))
    op.add_column('indicator', sa.Column('theme', sa.String(), server_default='', nullable=False))
    op.add_column('indicator', sa.Column('construct', sa.String(), server_default='', nullable=False))
    op.add_column('indicator', sa.Column('persons', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('indicator', sa.Column('data_source_id', sa.Integer(), sa.ForeignKey('data_source.id', name=op.f('fk_indicator_data_source_id_data_source')), nullable=True), inline_references=True)

    op.add_column('observation', sa.Column('margin', sa.Double(), nullable=True))
    op.add_column('observation', sa.Column('count', sa.Integer(), nullable=True))
    op.add_column('observation', sa.Column('source', sa.String(), server_default='', nullable=False))
    op.add_column('observation', sa.Column('method', sa.String(), server_default='', nullable=False))


def downgrade() -> None:
    for column in ('method', 'source', 'count', 'margin'):
        op.drop_column('observation', column)
    for column in ('data_source_id', 'persons', 'construct', 'theme', 'sensitivity', 'basis'):
        op.drop_column('indicator', column)
    op.drop_index(op.f('ix_target_indicator_id'), 'target')

    op.drop_table('target')
    op.drop_index(op.f('ix_source_step_source_id'), 'source_step')

    op.drop_table('source_step')
    op.drop_table('data_source')
