"""What learners are allowed beyond a quiz's rules."""

import sqlalchemy as sa
from alembic import op

from course.append_only import statements

revision = "0005"
down_revision = "0004"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "allowance",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("enrolment_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("time", sa.Integer(), nullable=False),
        sa.Column("closes", sa.BigInteger(), nullable=True),
        sa.Column("by", KEY, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("attempts BETWEEN 0 AND 1000", name=op.f("ck_allowance_attempts_within_range")),
        sa.CheckConstraint("time BETWEEN 0 AND 1000", name=op.f("ck_allowance_time_within_range")),
        sa.CheckConstraint("length(reason) BETWEEN 1 AND 2000", name=op.f("ck_allowance_reason_is_given")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_allowance_by_person")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_allowance_enrolment_id_enrolment")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_allowance_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowance")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_allowance_enrolment_id"), "allowance", ["enrolment_id"])
    for statement in statements(op.get_context().dialect.name, growing=("allowance",), kept=()):
        op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_allowance_enrolment_id"), table_name="allowance")
    op.drop_table("allowance")
