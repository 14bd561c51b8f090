"""The index of what is published. It is filled at the next publishing, and at the next start."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0006"
down_revision = "0005"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FTS5 = (
    # The tokens are made by the application: all that this tokenizer does is to part them at their spaces.
    "CREATE VIRTUAL TABLE search_index USING fts5"
    "(words, content='search_section', content_rowid='id', tokenize='ascii')",
    "CREATE TRIGGER search_section_put AFTER INSERT ON search_section "
    "BEGIN INSERT INTO search_index(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER search_section_gone AFTER DELETE ON search_section "
    "BEGIN INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER search_section_changed AFTER UPDATE ON search_section "
    "BEGIN INSERT INTO search_index(search_index, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO search_index(rowid, words) VALUES (new.id, new.words); END",
)


def upgrade() -> None:
    sqlite = op.get_context().dialect.name == "sqlite"
    op.create_table(
        "search_source",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("course_id", KEY, nullable=False),
        sa.Column("lesson", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_search_source_course_id_course")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_source")),
        sa.UniqueConstraint("course_id", "lesson", "language", name=op.f("uq_search_source_course_id_lesson_language")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "search_section",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["search_source.id"],
            name=op.f("fk_search_section_source_id_search_source"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_section")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_search_section_source_id"), "search_section", ["source_id"])
    if not sqlite:
        op.create_index(op.f("ix_search_section_words"), "search_section", ["words"], postgresql_using="gin")
    for statement in FTS5 if sqlite else ():
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute(sa.text("DROP TABLE search_index"))
    op.drop_table("search_section")
    op.drop_table("search_source")
