"""Inviting people, and finding accounts by any part of a name, alike on both databases."""

import sqlalchemy as sa
from alembic import op

from course.people.rules import sought

revision = "0011"
down_revision = "0010"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BY_LETTER = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
AT_ONCE = 1000


def upgrade() -> None:
    # Adding a column does not rebuild the table on SQLite.
    op.add_column("account", sa.Column("sought", BY_LETTER, nullable=False, server_default=""))
    _fill()
    op.create_index("ix_account_sought", "account", ["sought", "person_id"])
    op.create_table(
        "invitation",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by", KEY, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("accepted", sa.BigInteger(), nullable=True),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind IN ('mail', 'slip')", name=op.f("ck_invitation_kind_is_known")),
        sa.CheckConstraint("until > at", name=op.f("ck_invitation_ends_after_it_began")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_invitation_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_invitation_open",
        "invitation",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("accepted IS NULL AND ended IS NULL"),
        postgresql_where=sa.text("accepted IS NULL AND ended IS NULL"),
    )


def _fill() -> None:
    """Letters are folded here: the databases know different ones."""
    connection = op.get_bind()
    last = 0
    while rows := connection.execute(
        sa.text(
            "SELECT person_id, name, email, username FROM account WHERE person_id > :last ORDER BY person_id LIMIT :n"
        ),
        {"last": last, "n": AT_ONCE},
    ).all():
        connection.execute(
            sa.text("UPDATE account SET sought = :sought WHERE person_id = :person"),
            [{"person": row[0], "sought": sought(row[1], row[2], row[3])} for row in rows],
        )
        last = rows[-1][0]


def downgrade() -> None:
    op.drop_table("invitation")
    op.drop_index("ix_account_sought", table_name="account")
    op.drop_column("account", "sought")
