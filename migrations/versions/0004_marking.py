"""What a marking says besides its fraction, and the queue of answers that wait for one."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FILL = """
    INSERT INTO waiting (response_id, attempt_id, course_id, item_id, since)
    SELECT r.id, a.id, e.course_id, a.item_id, a.closed FROM response r
    JOIN attempt a ON a.id = r.attempt_id JOIN enrolment e ON e.id = a.enrolment_id
    WHERE a.closed IS NOT NULL AND NOT r.late AND (r.value IS NOT NULL OR r.text IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM marking m WHERE m.response_id = r.id)
    AND NOT EXISTS (SELECT 1 FROM response later WHERE later.attempt_question_id = r.attempt_question_id
                    AND later.number > r.number AND NOT later.late)
"""
"""Closing an attempt marks all of its answers that count but those for which a person is to be asked."""


def upgrade() -> None:
    op.add_column("marking", sa.Column("comment", sa.Text(), nullable=False, server_default=""))
    op.add_column("marking", sa.Column("levels", sa.Text(), nullable=True))
    if op.get_context().dialect.name == "sqlite":  # adding a column rebuilds nothing
        references = "CONSTRAINT fk_marking_revision_id_revision REFERENCES revision (id)"
        op.execute(sa.text(f"ALTER TABLE marking ADD COLUMN revision_id INTEGER {references}"))
    else:
        op.add_column("marking", sa.Column("revision_id", KEY, nullable=True))
        op.create_foreign_key(op.f("fk_marking_revision_id_revision"), "marking", "revision", ["revision_id"], ["id"])
    op.create_index("ix_attempt_item_id_id", "attempt", ["item_id", "id"])
    op.create_table(
        "waiting",
        sa.Column("response_id", KEY, autoincrement=False, nullable=False),
        sa.Column("attempt_id", KEY, nullable=False),
        sa.Column("course_id", KEY, nullable=False),
        sa.Column("item_id", KEY, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_waiting_response_id_response")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_waiting_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_waiting_course_id_course")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_waiting_item_id_item")),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_waiting")),
    )
    op.create_index(op.f("ix_waiting_attempt_id"), "waiting", ["attempt_id"])
    op.create_index("ix_waiting_queue", "waiting", ["course_id", "item_id", "since", "response_id"])
    op.execute(sa.text(FILL))


def downgrade() -> None:
    op.drop_table("waiting")
    op.drop_index("ix_attempt_item_id_id", table_name="attempt")
    for name in ("revision_id", "levels", "comment"):
        op.execute(sa.text(f"ALTER TABLE marking DROP COLUMN {name}"))
