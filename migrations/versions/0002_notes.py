"""Notes of one's own, beside the sections of lessons."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "note",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 10000", name=op.f("ck_note_text_is_short")),
        sa.CheckConstraint("length(section) <= 200", name=op.f("ck_note_section_is_short")),
        sa.CheckConstraint("length(page) <= 64", name=op.f("ck_note_page_is_short")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_note_item_id_item")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_note_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("person_id", "item_id", "section", name=op.f("uq_note_person_id_item_id_section")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_note_item_id"), "note", ["item_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_note_item_id"), table_name="note")
    op.drop_table("note")
