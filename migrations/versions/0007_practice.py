"""Practice: a card for each question that a learner has met, and times in which it rests."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "card",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("enrolment_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("quiz_item_id", KEY, nullable=True),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("met", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("reviewed", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("stability > 0", name=op.f("ck_card_stability_is_positive")),
        sa.CheckConstraint("difficulty BETWEEN 1 AND 10", name=op.f("ck_card_difficulty_within_range")),
        sa.CheckConstraint("due > met", name=op.f("ck_card_due_after_met")),
        sa.CheckConstraint("turn >= 0", name=op.f("ck_card_turn_not_negative")),
        sa.CheckConstraint("(turn = 0) = (reviewed IS NULL)", name=op.f("ck_card_turns_are_dated")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_card_enrolment_id_enrolment")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_card_item_id_item")),
        sa.ForeignKeyConstraint(["quiz_item_id"], ["item.id"], name=op.f("fk_card_quiz_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
        sa.UniqueConstraint("enrolment_id", "item_id", name=op.f("uq_card_enrolment_id_item_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_card_due", "card", ["enrolment_id", "due"])
    op.create_index(op.f("ix_card_item_id"), "card", ["item_id"])
    op.create_table(
        "practice_pause",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("enrolment_id", KEY, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("ended >= at", name=op.f("ck_practice_pause_ends_after_it_began")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_practice_pause_enrolment_id_enrolment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_pause")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_practice_pause_open",
        "practice_pause",
        ["enrolment_id"],
        unique=True,
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("practice_pause")
    op.drop_table("card")
