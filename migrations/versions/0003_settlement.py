"""Which publications all learners were gone through for."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "settlement",
        sa.Column("course_id", KEY, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_settlement_course_id_course")),
        sa.PrimaryKeyConstraint("course_id", "number", name=op.f("pk_settlement")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("settlement")
