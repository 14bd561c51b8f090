"""Who agreed to which version of the privacy notice. Accounts from before are asked when they next sign in."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consent_latest", "consent", ["person_id", "id"])
    op.execute(
        "INSERT INTO consent (person_id, version, at) "
        "SELECT a.person_id, '', p.created FROM account a JOIN person p ON p.id = a.person_id"
    )


def downgrade() -> None:
    op.drop_index("ix_consent_latest", table_name="consent")
    op.drop_table("consent")
