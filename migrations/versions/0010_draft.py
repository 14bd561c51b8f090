"""Drafts of courses, written in the browser."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("course_id", KEY, nullable=False),
        sa.Column("base_id", KEY, nullable=False),
        sa.Column("by", KEY, nullable=False),
        sa.Column("begun", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.Column("became_id", KEY, nullable=True),
        sa.CheckConstraint("became_id IS NULL OR ended IS NOT NULL", name=op.f("ck_draft_became_when_ended")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_draft_course_id_course")),
        sa.ForeignKeyConstraint(["base_id"], ["publication.id"], name=op.f("fk_draft_base_id_publication")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_draft_by_person")),
        sa.ForeignKeyConstraint(["became_id"], ["publication.id"], name=op.f("fk_draft_became_id_publication")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_draft_course_id"), "draft", ["course_id"])
    op.create_index(
        "uq_draft_open",
        "draft",
        ["course_id"],
        unique=True,
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.create_table(
        "draft_version",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("draft_id", KEY, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("by", KEY, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(hash IS NULL) = (body IS NULL)", name=op.f("ck_draft_version_hash_with_body")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_draft_version_number_from_one")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_draft_version_by_person")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_version_draft_id_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_version")),
        sa.UniqueConstraint("draft_id", "path", "number", name=op.f("uq_draft_version_draft_id_path_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "working_copy",
        sa.Column("person_id", KEY, autoincrement=False, nullable=False),
        sa.Column("course_id", KEY, autoincrement=False, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_working_copy_course_id_course")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_working_copy_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "course_id", "path", name=op.f("pk_working_copy")),
    )


def downgrade() -> None:
    op.drop_table("working_copy")
    op.drop_table("draft_version")
    op.drop_index("uq_draft_open", table_name="draft")
    op.drop_index(op.f("ix_draft_course_id"), table_name="draft")
    op.drop_table("draft")
