"""Attempts that were set aside, so that a learner can begin a quiz anew."""

import sqlalchemy as sa
from alembic import op

from course.append_only import statements

revision = "0012"
down_revision = "0011"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reset",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("enrolment_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by", KEY, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_reset_number_from_one")),
        sa.CheckConstraint("length(reason) BETWEEN 1 AND 2000", name=op.f("ck_reset_reason_is_given")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_reset_by_person")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_reset_enrolment_id_enrolment")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_reset_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reset")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reset_enrolment_id"), "reset", ["enrolment_id"])
    for statement in statements(op.get_context().dialect.name, growing=("reset",), kept=()):
        op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_reset_enrolment_id"), table_name="reset")
    op.drop_table("reset")
