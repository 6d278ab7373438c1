"""What seats remember, who asks for one, and how far districts are involved.

Revises: 0001

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('involvement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('district_id', sa.Integer(), nullable=False),
    sa.Column('area', sa.String(), nullable=False),
    sa.Column('degree', sa.Enum('leads', 'takes_part', 'informed', 'not_concerned', name='degree', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('remark', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['district_id'], ['district.id'], name=op.f('fk_involvement_district_id_district')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_involvement')),
    sa.UniqueConstraint('code', name=op.f('uq_involvement_code'))
    )
    op.create_index(op.f('ix_involvement_area'), 'involvement', ['area'], unique=False)
    op.create_index(op.f('ix_involvement_district_id'), 'involvement', ['district_id'], unique=False)

    op.create_table('person_merge',
    sa.Column('merged_id', sa.Integer(), nullable=False),
    sa.Column('kept_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_person_merge_by_id_person')),
    sa.ForeignKeyConstraint(['kept_id'], ['person.id'], name=op.f('fk_person_merge_kept_id_person')),
    sa.ForeignKeyConstraint(['merged_id'], ['person.id'], name=op.f('fk_person_merge_merged_id_person')),
    sa.PrimaryKeyConstraint('merged_id', name=op.f('pk_person_merge'))
    )
    op.create_index(op.f('ix_person_merge_kept_id'), 'person_merge', ['kept_id'], unique=False)

    op.create_table('seat_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.Enum('appointed', 'replaced', 'ended', 'deputy_named', 'co_opted', 'undone', name='changekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('undoes_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['cooperation_group.id'], name=op.f('fk_seat_change_group_id_cooperation_group')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_seat_change_person_id_person')),
    sa.ForeignKeyConstraint(['undoes_id'], ['seat_change.id'], name=op.f('fk_seat_change_undoes_id_seat_change')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat_change')),
    sa.UniqueConstraint('undoes_id', name=op.f('uq_seat_change_undoes_id'))
    )
    op.create_index(op.f('ix_seat_change_group_id'), 'seat_change', ['group_id'], unique=False)

    op.create_table('seat_change_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('change_id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('before_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['before_id'], ['seat.id'], name=op.f('fk_seat_change_step_before_id_seat')),
    sa.ForeignKeyConstraint(['change_id'], ['seat_change.id'], name=op.f('fk_seat_change_step_change_id_seat_change')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_seat_change_step_seat_id_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat_change_step'))
    )
    op.create_index(op.f('ix_seat_change_step_change_id'), 'seat_change_step', ['change_id'], unique=False)
    op.create_index(op.f('ix_seat_change_step_seat_id'), 'seat_change_step', ['seat_id'], unique=False)

    op.create_table('seat_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'approved', 'declined', 'withdrawn', 'lapsed', name='requeststate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('valid_until > valid_from', name=op.f('ck_seat_request_ends_after_start')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_seat_request_asked_by_id_person')),
    sa.ForeignKeyConstraint(['group_id'], ['cooperation_group.id'], name=op.f('fk_seat_request_group_id_cooperation_group')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_seat_request_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_seat_request_person_id_person')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_seat_request_seat_id_seat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat_request'))
    )
    op.create_index(op.f('ix_seat_request_group_id'), 'seat_request', ['group_id'], unique=False)

    op.create_table('seat_verdict',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('party', sa.Enum('city', 'police', 'external', 'joint', name='party', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('approves', sa.Boolean(), nullable=False),
    sa.Column('comment', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_seat_verdict_person_id_person')),
    sa.ForeignKeyConstraint(['request_id'], ['seat_request.id'], name=op.f('fk_seat_verdict_request_id_seat_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat_verdict')),
    sa.UniqueConstraint('request_id', 'party', name=op.f('uq_seat_verdict_request_id_party'))
    )
    op.create_index(op.f('ix_seat_verdict_request_id'), 'seat_verdict', ['request_id'], unique=False)

    op.add_column('cooperation_group', sa.Column('notice_weeks', sa.Integer(), server_default='6', nullable=False))

    op.add_column('person', sa.Column('leaving_known_at', sa.DateTime(timezone=True), nullable=True))

    op.add_column('seat', sa.Column('position', sa.String(), server_default='', nullable=False))
    _every_seat_is_a_position_of_its_own()
    op.add_column('seat', sa.Column('stands_in', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index(op.f('ix_seat_position'), 'seat', ['position'], unique=False)
    op.create_index(op.f('ix_seat_organisation_id_code'), 'seat', ['organisation_id', 'code'], unique=False)
    op.drop_index(op.f('ix_seat_organisation_id'), 'seat')
    op.create_index(op.f('ix_person_name'), 'person', ['name'], unique=False)



def _every_seat_is_a_position_of_its_own() -> None:
    """A superseded copy, FAR-BER-01~2, keeps the position of the row that it is a copy of."""
    seat = sa.table("seat", sa.column("code"), sa.column("position"))
    op.execute(seat.update().values(position=seat.c.code))
    copies = sa.select(seat.c.code).where(seat.c.code.contains("~"))
    for code in op.get_bind().scalars(copies).all():
        position = code.partition("~")[0]
        op.execute(seat.update().where(seat.c.code == code).values(position=position))


def downgrade() -> None:
    op.drop_index(op.f('ix_person_name'), 'person')
    op.create_index(op.f('ix_seat_organisation_id'), 'seat', ['organisation_id'], unique=False)
    op.drop_index(op.f('ix_seat_organisation_id_code'), 'seat')
    op.drop_index(op.f('ix_seat_position'), 'seat')
    op.drop_column('seat', 'stands_in')
    op.drop_column('seat', 'position')

    op.drop_column('person', 'leaving_known_at')

    op.drop_column('cooperation_group', 'notice_weeks')

    op.drop_index(op.f('ix_seat_verdict_request_id'), 'seat_verdict')

    op.drop_table('seat_verdict')
    op.drop_index(op.f('ix_seat_request_group_id'), 'seat_request')

    op.drop_table('seat_request')
    op.drop_index(op.f('ix_seat_change_step_seat_id'), 'seat_change_step')
    op.drop_index(op.f('ix_seat_change_step_change_id'), 'seat_change_step')

    op.drop_table('seat_change_step')
    op.drop_index(op.f('ix_seat_change_group_id'), 'seat_change')

    op.drop_table('seat_change')
    op.drop_index(op.f('ix_person_merge_kept_id'), 'person_merge')

    op.drop_table('person_merge')
    op.drop_index(op.f('ix_involvement_district_id'), 'involvement')
    op.drop_index(op.f('ix_involvement_area'), 'involvement')

    op.drop_table('involvement')
