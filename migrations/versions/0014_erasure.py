"""Erasing opens what only grows, for one person and for free text alone; an erasure that is done stays so."""

from alembic import op

from course.people.privacy.opening import statements, undoing

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    for statement in statements(op.get_context().dialect.name):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for statement in undoing(op.get_context().dialect.name):
        op.get_bind().exec_driver_sql(statement)
