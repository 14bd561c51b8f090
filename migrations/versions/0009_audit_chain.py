"""The audit log becomes a chain: each entry holds a digest of itself and of the one before it."""

import sqlalchemy as sa
from alembic import op

from course.append_only import statements
from course.people.audit.rules import FIRST, linked

revision = "0009"
down_revision = "0008"

ADDED = ("course", "digest", "previous", "link")
INDEXED = ("at", "actor", "verb", "person_id")


def upgrade() -> None:
    for name in ADDED:
        op.add_column("audit", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("audit", sa.Column("salt", sa.Text(), nullable=True))
    _open()
    _chain(op.get_bind())
    _close()
    op.create_index(op.f("ix_audit_previous"), "audit", ["previous"], unique=True)
    for name in INDEXED:
        op.create_index(op.f(f"ix_audit_{name}"), "audit", [name])


def downgrade() -> None:
    for name in ("previous", *INDEXED):
        op.drop_index(op.f(f"ix_audit_{name}"), table_name="audit")
    for name in (*ADDED, "salt"):
        op.drop_column("audit", name)


def _chain(connection: sa.Connection) -> None:
    """Link what was written before. (No entry had a free text in it.)"""
    link = FIRST
    entries = connection.execute(sa.text("SELECT * FROM audit ORDER BY id")).all()
    chaining = sa.text("UPDATE audit SET previous = :previous, link = :link WHERE id = :id")
    for entry in entries:
        previous, link = link, linked(link, entry)
        connection.execute(chaining, {"previous": previous, "link": link, "id": entry.id})


def _open() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_keeps_update")
    else:
        op.execute("ALTER TABLE audit DISABLE TRIGGER USER")


def _close() -> None:
    if op.get_context().dialect.name == "sqlite":
        op.execute(statements("sqlite", growing=("audit",), kept=())[0])
    else:
        op.execute("ALTER TABLE audit ENABLE TRIGGER USER")
