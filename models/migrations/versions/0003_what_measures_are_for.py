"""What measures are for, who approves them, and who is asked about them.

Revises: 0002

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('problem',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('area', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('remark', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['cooperation_group.id'], name=op.f('fk_problem_group_id_cooperation_group')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_problem')),
    sa.UniqueConstraint('code', name=op.f('uq_problem_code'))
    )
    op.create_index(op.f('ix_problem_group_id'), 'problem', ['group_id'], unique=False)

    op.create_table('absence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('set_by_id', sa.Integer(), nullable=True),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.CheckConstraint('valid_until > valid_from', name=op.f('ck_absence_ends_after_start')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_absence_person_id_person')),
    sa.ForeignKeyConstraint(['set_by_id'], ['person.id'], name=op.f('fk_absence_set_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_absence'))
    )
    op.create_index(op.f('ix_absence_person_id'), 'absence', ['person_id'], unique=False)

    op.create_table('cause',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('problem_id', sa.Integer(), nullable=False),
    sa.Column('leg', sa.Enum('offender', 'target', 'place', name='leg', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('remark', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['problem_id'], ['problem.id'], name=op.f('fk_cause_problem_id_problem')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cause')),
    sa.UniqueConstraint('code', name=op.f('uq_cause_code'))
    )
    op.create_index(op.f('ix_cause_problem_id'), 'cause', ['problem_id'], unique=False)

    op.create_table('version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('direction', 'goal', 'measure', name='approvable', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('wording', sa.String(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_version_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_version')),
    sa.UniqueConstraint('kind', 'subject', 'number', name=op.f('uq_version_kind_subject_number'))
    )
    op.create_index(op.f('ix_version_subject'), 'version', ['subject'], unique=False)

    op.create_table('approval',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('party', sa.Enum('city', 'police', 'external', 'joint', name='party', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_approval_person_id_person')),
    sa.ForeignKeyConstraint(['version_id'], ['version.id'], name=op.f('fk_approval_version_id_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval')),
    sa.UniqueConstraint('version_id', 'party', name=op.f('uq_approval_version_id_party'))
    )
    op.create_index(op.f('ix_approval_version_id'), 'approval', ['version_id'], unique=False)

    op.create_table('cause_measure',
    sa.Column('cause_id', sa.Integer(), nullable=False),
    sa.Column('measure_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cause_id'], ['cause.id'], name=op.f('fk_cause_measure_cause_id_cause')),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_cause_measure_measure_id_measure')),
    sa.PrimaryKeyConstraint('cause_id', 'measure_id', name=op.f('pk_cause_measure'))
    )
    op.create_index(op.f('ix_cause_measure_measure_id'), 'cause_measure', ['measure_id'], unique=False)

    op.create_table('change_proposal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_change_proposal_person_id_person')),
    sa.ForeignKeyConstraint(['version_id'], ['version.id'], name=op.f('fk_change_proposal_version_id_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change_proposal'))
    )
    op.create_index(op.f('ix_change_proposal_version_id'), 'change_proposal', ['version_id'], unique=False)

    op.create_table('direction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('cause_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('remark', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['cause_id'], ['cause.id'], name=op.f('fk_direction_cause_id_cause')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_direction')),
    sa.UniqueConstraint('code', name=op.f('uq_direction_code'))
    )
    op.create_index(op.f('ix_direction_cause_id'), 'direction', ['cause_id'], unique=False)

    op.create_table('follow',
    sa.Column('measure_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_follow_measure_id_measure')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_follow_person_id_person')),
    sa.PrimaryKeyConstraint('measure_id', 'person_id', name=op.f('pk_follow'))
    )
    op.create_index(op.f('ix_follow_person_id'), 'follow', ['person_id'], unique=False)

    op.create_table('measure_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('measure_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('event', sa.Enum('created', 'changed', 'moved', name='measureevent', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('undoes_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_measure_change_measure_id_measure')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_measure_change_person_id_person')),
    sa.ForeignKeyConstraint(['undoes_id'], ['measure_change.id'], name=op.f('fk_measure_change_undoes_id_measure_change')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measure_change')),
    sa.UniqueConstraint('undoes_id', name=op.f('uq_measure_change_undoes_id'))
    )
    op.create_index(op.f('ix_measure_change_at'), 'measure_change', ['at'], unique=False)
    op.create_index(op.f('ix_measure_change_measure_id'), 'measure_change', ['measure_id'], unique=False)

    op.create_table('measure_contributor',
    sa.Column('measure_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_measure_contributor_measure_id_measure')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_measure_contributor_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('measure_id', 'organisation_id', name=op.f('pk_measure_contributor'))
    )
    op.create_table('measure_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('measure_id', sa.Integer(), nullable=False),
    sa.Column('asker_id', sa.Integer(), nullable=False),
    sa.Column('asked_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.String(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_measure_question_answered_by_id_person')),
    sa.ForeignKeyConstraint(['asked_id'], ['person.id'], name=op.f('fk_measure_question_asked_id_person')),
    sa.ForeignKeyConstraint(['asker_id'], ['person.id'], name=op.f('fk_measure_question_asker_id_person')),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_measure_question_measure_id_measure')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measure_question'))
    )
    op.create_index(op.f('ix_measure_question_asked_id'), 'measure_question', ['asked_id'], unique=False)
    op.create_index(op.f('ix_measure_question_measure_id'), 'measure_question', ['measure_id'], unique=False)

    op.create_table('prompt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('measure_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('state', sa.Enum('open', 'answered', 'snoozed', 'passed_on', 'silent', name='promptstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_prompt_measure_id_measure')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_prompt_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prompt'))
    )
    op.create_index(op.f('ix_prompt_asked_at'), 'prompt', ['asked_at'], unique=False)
    op.create_index(op.f('ix_prompt_measure_id'), 'prompt', ['measure_id'], unique=False)
    op.create_index(op.f('ix_prompt_person_id'), 'prompt', ['person_id'], unique=False)

    op.create_table('goal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('direction_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('baseline', sa.Double(), nullable=True),
    sa.Column('target', sa.Double(), nullable=True),
    sa.Column('unit', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('indicator', sa.String(), nullable=False),
    sa.Column('remark', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['direction_id'], ['direction.id'], name=op.f('fk_goal_direction_id_direction')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_goal')),
    sa.UniqueConstraint('code', name=op.f('uq_goal_code'))
    )
    op.create_index(op.f('ix_goal_direction_id'), 'goal', ['direction_id'], unique=False)

    op.create_table('goal_measure',
    sa.Column('goal_id', sa.Integer(), nullable=False),
    sa.Column('measure_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['goal_id'], ['goal.id'], name=op.f('fk_goal_measure_goal_id_goal')),
    sa.ForeignKeyConstraint(['measure_id'], ['measure.id'], name=op.f('fk_goal_measure_measure_id_measure')),
    sa.PrimaryKeyConstraint('goal_id', 'measure_id', name=op.f('pk_goal_measure'))
    )
    op.create_index(op.f('ix_goal_measure_measure_id'), 'goal_measure', ['measure_id'], unique=False)

    op.add_column('measure', sa.Column('horizon', sa.Enum('short', 'long', name='horizon', native_enum=False, length=40), server_default='short', nullable=False))
    op.add_column('measure', sa.Column('funding_source', sa.String(), server_default='', nullable=False))
    op.add_column('measure', sa.Column('funding_kr', sa.Integer(), nullable=True))
    op.add_column('measure', sa.Column('promised', sa.Integer(), nullable=True))
    op.add_column('measure', sa.Column('promise_unit', sa.String(), server_default='', nullable=False))

    op.add_column('person', sa.Column('asked_hour', sa.Integer(), server_default='8', nullable=False))

    op.add_column('progress_report', sa.Column('next_step', sa.String(), server_default='', nullable=False))
    op.add_column('progress_report', sa.Column('times_done', sa.Integer(), nullable=True))
    op.add_column('progress_report', sa.Column('on_behalf_of_id', sa.Integer(), sa.ForeignKey('person.id', name=op.f('fk_progress_report_on_behalf_of_id_person')), nullable=True), inline_references=True)
    op.add_column('progress_report', sa.Column('needed', sa.String(), server_default='', nullable=False))
    op.add_column('progress_report', sa.Column('needed_person_id', sa.Integer(), sa.ForeignKey('person.id', name=op.f('fk_progress_report_needed_person_id_person')), nullable=True), inline_references=True)
    # The newest report of a measure is found from its end, however many there are.
    op.create_index('ix_progress_report_of_measure', 'progress_report', ['measure_id', 'at', 'id'], unique=False)
    op.drop_index(op.f('ix_progress_report_measure_id'), 'progress_report')



def downgrade() -> None:
    op.create_index(op.f('ix_progress_report_measure_id'), 'progress_report', ['measure_id'], unique=False)
    op.drop_index('ix_progress_report_of_measure', 'progress_report')
    op.drop_column('progress_report', 'needed_person_id')
    op.drop_column('progress_report', 'needed')
    op.drop_column('progress_report', 'on_behalf_of_id')
    op.drop_column('progress_report', 'times_done')
    op.drop_column('progress_report', 'next_step')

    op.drop_column('person', 'asked_hour')

    op.drop_column('measure', 'promise_unit')
    op.drop_column('measure', 'promised')
    op.drop_column('measure', 'funding_kr')
    op.drop_column('measure', 'funding_source')
    op.drop_column('measure', 'horizon')

    op.drop_index(op.f('ix_goal_measure_measure_id'), 'goal_measure')

    op.drop_table('goal_measure')
    op.drop_index(op.f('ix_goal_direction_id'), 'goal')

    op.drop_table('goal')
    op.drop_index(op.f('ix_prompt_person_id'), 'prompt')
    op.drop_index(op.f('ix_prompt_measure_id'), 'prompt')
    op.drop_index(op.f('ix_prompt_asked_at'), 'prompt')

    op.drop_table('prompt')
    op.drop_index(op.f('ix_measure_question_measure_id'), 'measure_question')
    op.drop_index(op.f('ix_measure_question_asked_id'), 'measure_question')

    op.drop_table('measure_question')
    op.drop_table('measure_contributor')
    op.drop_index(op.f('ix_measure_change_measure_id'), 'measure_change')
    op.drop_index(op.f('ix_measure_change_at'), 'measure_change')

    op.drop_table('measure_change')
    op.drop_index(op.f('ix_follow_person_id'), 'follow')

    op.drop_table('follow')
    op.drop_index(op.f('ix_direction_cause_id'), 'direction')

    op.drop_table('direction')
    op.drop_index(op.f('ix_change_proposal_version_id'), 'change_proposal')

    op.drop_table('change_proposal')
    op.drop_index(op.f('ix_cause_measure_measure_id'), 'cause_measure')

    op.drop_table('cause_measure')
    op.drop_index(op.f('ix_approval_version_id'), 'approval')

    op.drop_table('approval')
    op.drop_index(op.f('ix_version_subject'), 'version')

    op.drop_table('version')
    op.drop_index(op.f('ix_cause_problem_id'), 'cause')

    op.drop_table('cause')
    op.drop_index(op.f('ix_absence_person_id'), 'absence')

    op.drop_table('absence')
    op.drop_index(op.f('ix_problem_group_id'), 'problem')

    op.drop_table('problem')
