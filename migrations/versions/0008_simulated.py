"""People whom `course demo` made up; and finding who did something lately."""

import sqlalchemy as sa
from alembic import op

from course.append_only import statements

revision = "0008"
down_revision = "0007"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "simulated",
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_simulated_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_simulated")),
        sqlite_autoincrement=True,
    )
    for statement in statements(op.get_context().dialect.name, growing=(), kept=("simulated",)):
        op.execute(sa.text(statement))
    op.create_index(op.f("ix_event_at"), "event", ["at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_event_at"), table_name="event")
    op.drop_table("simulated")
