"""What meetings decide and give somebody to do, written in the chat, and questions about it.

Revises: 0017

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

EVENTS = ('written', 'changed', 'done', 'reopened', 'dropped')


def upgrade() -> None:
    op.create_table('decision_wording',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('districts', sa.JSON(), nullable=False),
    sa.Column('parties', sa.JSON(), nullable=False),
    sa.Column('item', sa.String(), nullable=False),
    sa.Column('restricted', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_decision_wording_decision_id_decision')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_decision_wording_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_decision_wording_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_wording')),
    sa.UniqueConstraint('decision_id', 'number', name=op.f('uq_decision_wording_decision_id_number'))
    )
    op.create_index(op.f('ix_decision_wording_at'), 'decision_wording', ['at'])
    op.create_table('action_point',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=True),
    sa.Column('measure_id', sa.Integer(), nullable=True),
    sa.Column('restricted', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_action_point_decision_id_decision')),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_action_point_measure_id_measure')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_action_point_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_point'))
    )
    op.create_index(op.f('ix_action_point_at'), 'action_point', ['at'])
    op.create_index(op.f('ix_action_point_meeting_id'), 'action_point', ['meeting_id'])
    op.create_table('action_point_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('point_id', sa.Integer(), nullable=False),
    sa.Column('event', sa.Enum(*EVENTS, name='pointevent', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_action_point_step_owner_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_action_point_step_person_id_person')),
    sa.ForeignKeyConstraint(['point_id'], ['action_point.id'], name=op.f('fk_action_point_step_point_id_action_point')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_point_step'))
    )
    for column in ('at', 'owner_id', 'point_id'):
        op.create_index(op.f(f'ix_action_point_step_{column}'), 'action_point_step', [column])
    op.create_table('decision_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('asker_id', sa.Integer(), nullable=False),
    sa.Column('asked_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_decision_question_answered_by_id_person')),
    sa.ForeignKeyConstraint(['asked_id'], ['person.id'], name=op.f('fk_decision_question_asked_id_person')),
    sa.ForeignKeyConstraint(['asker_id'], ['person.id'], name=op.f('fk_decision_question_asker_id_person')),
    sa.ForeignKeyConstraint(['decision_id'], ['decision.id'], name=op.f('fk_decision_question_decision_id_decision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision_question'))
    )
    for column in ('asked_id', 'decision_id'):
        op.create_index(op.f(f'ix_decision_question_{column}'), 'decision_question', [column])


def downgrade() -> None:
    for name in ('decision_question', 'action_point_step', 'action_point', 'decision_wording'):
        op.drop_table(name)
