"""A figure is corrected by a new row that points to the old, which stays.

Revises: 0016

The release before this one must go on working while this revision stands:
add columns with a default, fill them here, remove what is unused one release later.
Everything runs in one transaction; keep locks on large tables short.
"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

KEY = ['indicator_id', 'place', 'period']
FIRST = sa.text('corrects_id IS NULL')
WITHOUT = 'uq_observation_indicator_id_place_period'
GAP = ("value IS NOT NULL OR not_measured_reason <> ''", 'ck_observation_a_gap_gives_its_reason')


def upgrade() -> None:
    # SQLite writes the table anew, for which the check must be named: it is not read from there.
    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    checks = (sa.CheckConstraint(GAP[0], name=op.f(GAP[1])),) if is_sqlite else ()
    with op.batch_alter_table('observation', table_args=checks) as batch_op:
        batch_op.add_column(sa.Column('corrects_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('corrected_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('correction', sa.String(), server_default='', nullable=False))
        batch_op.drop_constraint(op.f(WITHOUT), type_='unique')
        batch_op.create_foreign_key(op.f('fk_observation_corrects_id_observation'), 'observation', ['corrects_id'], ['id'])
        batch_op.create_unique_constraint(op.f('uq_observation_corrects_id'), ['corrects_id'])
    op.create_index('uq_observation_first', 'observation', KEY, unique=True, sqlite_where=FIRST, postgresql_where=FIRST)


def downgrade() -> None:
    # Only the figures that hold have room: those that were corrected go.
    op.drop_index('uq_observation_first', 'observation')
    op.execute('UPDATE observation SET correction = \'-\' WHERE id IN (SELECT corrects_id FROM observation)')
    op.execute('UPDATE observation SET corrects_id = NULL')
    op.execute('DELETE FROM observation WHERE correction = \'-\'')
    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    checks = (sa.CheckConstraint(GAP[0], name=op.f(GAP[1])),) if is_sqlite else ()
    with op.batch_alter_table('observation', table_args=checks) as batch_op:
        batch_op.drop_constraint(op.f('uq_observation_corrects_id'), type_='unique')
        batch_op.drop_constraint(op.f('fk_observation_corrects_id_observation'), type_='foreignkey')
        for name in ('corrects_id', 'corrected_at', 'correction'):
            batch_op.drop_column(name)
        batch_op.create_unique_constraint(op.f(WITHOUT), KEY)
