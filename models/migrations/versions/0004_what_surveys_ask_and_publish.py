"""What surveys ask of whom, how their answers are kept, and what has been published.

Revises: 0003

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('question_wording',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('wording_sv', sa.String(), nullable=False),
    sa.Column('wording_en', sa.String(), nullable=False),
    sa.Column('scale', sa.Enum('likert', 'yes_no', 'choice', 'number', 'text', name='scale', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('choices_sv', sa.JSON(), nullable=False),
    sa.Column('choices_en', sa.JSON(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_question_wording_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question_wording')),
    sa.UniqueConstraint('key', 'version', name=op.f('uq_question_wording_key_version'))
    )
    op.create_table('ballot',
    sa.Column('link', sa.String(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_ballot_survey_id_survey')),
    sa.PrimaryKeyConstraint('link', name=op.f('pk_ballot'))
    )
    op.create_index(op.f('ix_ballot_survey_id'), 'ballot', ['survey_id'], unique=False)

    op.create_table('published_result',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('cell_kind', sa.Enum('group', 'district', 'organisation', 'city', name='cellkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('cell', sa.String(), nullable=False),
    sa.Column('cell_name', sa.String(), nullable=False),
    sa.Column('figure', sa.String(), nullable=False),
    sa.Column('n', sa.Integer(), nullable=False),
    sa.Column('answered', sa.Integer(), nullable=False),
    sa.Column('asked', sa.Integer(), nullable=False),
    sa.Column('shown', sa.Enum('exact', 'at_most', 'at_least', 'between', 'hidden', name='shown', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('count_low', sa.Integer(), nullable=True),
    sa.Column('count_high', sa.Integer(), nullable=True),
    sa.Column('value', sa.Double(), nullable=True),
    sa.Column('interval_low', sa.Double(), nullable=True),
    sa.Column('interval_high', sa.Double(), nullable=True),
    sa.Column('bounds_low', sa.Double(), nullable=True),
    sa.Column('bounds_high', sa.Double(), nullable=True),
    sa.Column('grade', sa.Enum('A', 'B', 'C', 'D', 'X', 'X2', name='grade', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('method', sa.Enum('census', 'hypergeometric', 'floored_t', 'order_statistic', 'none', name='method', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('period_from', sa.DateTime(timezone=True), nullable=False),
    sa.Column('period_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('change', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_published_result_question_id_question')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_published_result_survey_id_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_published_result')),
    sa.UniqueConstraint('question_id', 'cell_kind', 'cell', 'figure', name=op.f('uq_published_result_question_id_cell_kind_cell_figure'))
    )
    op.create_index(op.f('ix_published_result_question_id'), 'published_result', ['question_id'], unique=False)
    op.create_index(op.f('ix_published_result_survey_id'), 'published_result', ['survey_id'], unique=False)

    op.add_column('invitation', sa.Column('district', sa.String(), server_default='', nullable=False))
    op.add_column('invitation', sa.Column('organisation', sa.String(), server_default='', nullable=False))
    op.add_column('invitation', sa.Column('party', sa.String(), server_default='', nullable=False))
    op.add_column('invitation', sa.Column('via_group', sa.String(), server_default='', nullable=False))
    op.add_column('invitation', sa.Column('times_asked', sa.Integer(), server_default='0', nullable=False))

    op.add_column('question', sa.Column('key', sa.String(), server_default='', nullable=False))
    op.add_column('question', sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    op.add_column('question', sa.Column('own_sensitivity', sa.Enum('open', 'internal', 'sensitive', name='sensitivity', native_enum=False, length=40), nullable=True))
    op.create_index(op.f('ix_question_key'), 'question', ['key'], unique=False)

    op.add_column('survey', sa.Column('target_groups', sa.JSON(), server_default='[]', nullable=False))
    op.add_column('survey', sa.Column('target_roles', sa.JSON(), server_default='[]', nullable=False))
    op.add_column('survey', sa.Column('target_area', sa.String(), server_default='', nullable=False))
    op.add_column('survey', sa.Column('series', sa.String(), server_default='', nullable=False))
    op.add_column('survey', sa.Column('wave', sa.Integer(), server_default='1', nullable=False))
    op.add_column('survey', sa.Column('repeat_weeks', sa.Integer(), server_default='0', nullable=False))
    op.add_column('survey', sa.Column('waves', sa.Integer(), server_default='1', nullable=False))
    op.add_column('survey', sa.Column('named', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('survey', sa.Column('asked', sa.Integer(), nullable=True))
    op.add_column('survey', sa.Column('answered', sa.Integer(), nullable=True))
    op.add_column('survey', sa.Column('key_name', sa.String(), server_default='', nullable=False))
    op.create_index(op.f('ix_survey_series'), 'survey', ['series'], unique=False)



def downgrade() -> None:
    op.drop_index(op.f('ix_survey_series'), 'survey')
    op.drop_column('survey', 'key_name')
    op.drop_column('survey', 'answered')
    op.drop_column('survey', 'asked')
    op.drop_column('survey', 'named')
    op.drop_column('survey', 'waves')
    op.drop_column('survey', 'repeat_weeks')
    op.drop_column('survey', 'wave')
    op.drop_column('survey', 'series')
    op.drop_column('survey', 'target_area')
    op.drop_column('survey', 'target_roles')
    op.drop_column('survey', 'target_groups')

    op.drop_index(op.f('ix_question_key'), 'question')
    op.drop_column('question', 'own_sensitivity')
    op.drop_column('question', 'version')
    op.drop_column('question', 'key')

    op.drop_column('invitation', 'times_asked')
    op.drop_column('invitation', 'via_group')
    op.drop_column('invitation', 'party')
    op.drop_column('invitation', 'organisation')
    op.drop_column('invitation', 'district')

    op.drop_index(op.f('ix_published_result_survey_id'), 'published_result')
    op.drop_index(op.f('ix_published_result_question_id'), 'published_result')

    op.drop_table('published_result')
    op.drop_index(op.f('ix_ballot_survey_id'), 'ballot')

    op.drop_table('ballot')
    op.drop_table('question_wording')
