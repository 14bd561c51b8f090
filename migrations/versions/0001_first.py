"""The first tables, and the triggers that keep the append-only ones so."""

import sqlalchemy as sa
from alembic import op

from course.append_only import dropping, statements

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "blob",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_blob")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "compiled",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("compiler", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("source", "inputs", "compiler", name=op.f("pk_compiled")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "course",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        sa.UniqueConstraint("slug", name=op.f("uq_course_slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "throttle",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("count >= 0", name=op.f("ck_throttle_count_not_negative")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttle")),
    )
    op.create_table(
        "account",
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("username", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("confirmed", sa.BigInteger(), nullable=True),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.CheckConstraint("email IS NOT NULL OR username IS NOT NULL", name=op.f("ck_account_can_be_named")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("stamp", name=op.f("uq_account_stamp")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor"], ["person.id"], name=op.f("fk_audit_actor_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_audit_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_edition_course_id_course")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("course_id", "slug", name=op.f("uq_edition_course_id_slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "erasure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_erasure_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_erasure_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("kind IN ('module', 'lesson', 'quiz', 'question')", name=op.f("ck_item_kind_is_known")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_item_course_id_course")),
        sa.ForeignKeyConstraint(["parent_id"], ["item.id"], name=op.f("fk_item_parent_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent", sa.BigInteger(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mail_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_mail_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_revision_course_id_course")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("course_id", "hash", name=op.f("uq_revision_course_id_hash")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("key", name=op.f("uq_sign_in_key")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "trainership",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course", sa.Text(), nullable=False),
        sa.Column("granted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("granted", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["granted_by"], ["person.id"], name=op.f("fk_trainership_granted_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_trainership_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trainership")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("trainership", schema=None) as batch_op:
        batch_op.create_index(
            "uq_trainership_current",
            ["person_id", "course"],
            unique=True,
            sqlite_where=sa.text("ended IS NULL"),
            postgresql_where=sa.text("ended IS NULL"),
        )

    op.create_table(
        "enrolment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("edition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.Column("done_items", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_enrolment_course_id_course")),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_enrolment_edition_id_edition")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_enrolment_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enrolment_course_id"), ["course_id"], unique=False)
        batch_op.create_index(
            "uq_enrolment_open",
            ["person_id", "course_id"],
            unique=True,
            sqlite_where=sa.text("ended IS NULL"),
            postgresql_where=sa.text("ended IS NULL"),
        )

    op.create_table(
        "item_name",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_item_name_course_id_course")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_name_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_name")),
        sa.UniqueConstraint("course_id", "kind", "name", name=op.f("uq_item_name_course_id_kind_name")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("item_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_name_item_id"), ["item_id"], unique=False)

    op.create_table(
        "publication",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("course_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("previous_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.CheckConstraint("origin IN ('files', 'browser')", name=op.f("ck_publication_origin_is_known")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_publication_number_from_one")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_publication_by_person")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_publication_course_id_course")),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["publication.id"], name=op.f("fk_publication_previous_id_publication")
        ),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_publication_revision_id_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("course_id", "number", name=op.f("uq_publication_course_id_number")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_publication_previous_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index(
            "uq_publication_first",
            ["course_id"],
            unique=True,
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.create_table(
        "revision_file",
        sa.Column("revision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("blob_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["blob_hash"], ["blob.hash"], name=op.f("fk_revision_file_blob_hash_blob")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_revision_file_revision_id_revision")),
        sa.PrimaryKeyConstraint("revision_id", "path", name=op.f("pk_revision_file")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("revision_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_file_blob_hash"), ["blob_hash"], unique=False)

    op.create_table(
        "attempt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("enrolment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("deadline", sa.BigInteger(), nullable=True),
        sa.Column("closed", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.CheckConstraint("why IN ('submitted', 'overdue')", name=op.f("ck_attempt_why_is_known")),
        sa.CheckConstraint("(closed IS NULL) = (why IS NULL)", name=op.f("ck_attempt_closed_says_why")),
        sa.CheckConstraint("grade BETWEEN 0 AND 1000000", name=op.f("ck_attempt_grade_within_range")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_attempt_number_from_one")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_attempt_enrolment_id_enrolment")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_attempt_item_id_item")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_attempt_revision_id_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("enrolment_id", "item_id", "number", name=op.f("uq_attempt_enrolment_id_item_id_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(
            "uq_attempt_open",
            ["enrolment_id", "item_id"],
            unique=True,
            sqlite_where=sa.text("closed IS NULL"),
            postgresql_where=sa.text("closed IS NULL"),
        )

    op.create_table(
        "completion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("enrolment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("revision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_completion_by_person")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_completion_enrolment_id_enrolment")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_completion_item_id_item")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_completion_revision_id_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("completion", schema=None) as batch_op:
        batch_op.create_index(
            "uq_completion_course",
            ["enrolment_id"],
            unique=True,
            sqlite_where=sa.text("item_id IS NULL"),
            postgresql_where=sa.text("item_id IS NULL"),
        )
        batch_op.create_index("uq_completion_item", ["enrolment_id", "item_id"], unique=True)

    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("enrolment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("revision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "verb IN ('enrolled', 'left', 'read', 'answered', 'started', 'submitted', 'completed')",
            name=op.f("ck_event_verb_is_known"),
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_event_enrolment_id_enrolment")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_event_item_id_item")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_event_person_id_person")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_event_revision_id_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_enrolment_id"), ["enrolment_id"], unique=False)

    op.create_table(
        "position",
        sa.Column(
            "enrolment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("length(section) <= 200", name=op.f("ck_position_section_is_short")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_position_enrolment_id_enrolment")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_position_item_id_item")),
        sa.PrimaryKeyConstraint("enrolment_id", name=op.f("pk_position")),
    )
    op.create_table(
        "attempt_question",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("arrangement", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.CheckConstraint("points >= 0", name=op.f("ck_attempt_question_points_not_negative")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_question_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_attempt_question_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_question")),
        sa.UniqueConstraint("attempt_id", "item_id", name=op.f("uq_attempt_question_attempt_id_item_id")),
        sa.UniqueConstraint("attempt_id", "position", name=op.f("uq_attempt_question_attempt_id_position")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "save",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("length(key) BETWEEN 1 AND 64", name=op.f("ck_save_key_is_short")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_save_attempt_id_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_save")),
        sa.UniqueConstraint("attempt_id", "key", "fingerprint", name=op.f("uq_save_attempt_id_key_fingerprint")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "response",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("attempt_question_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("attempt_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_response_attempt_id_attempt")),
        sa.ForeignKeyConstraint(
            ["attempt_question_id"],
            ["attempt_question.id"],
            name=op.f("fk_response_attempt_question_id_attempt_question"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sa.UniqueConstraint("attempt_id", "number", name=op.f("uq_response_attempt_id_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_attempt_question_id"), ["attempt_question_id"], unique=False)

    op.create_table(
        "marking",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("response_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fraction", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("fraction BETWEEN 0 AND 1000000", name=op.f("ck_marking_fraction_within_range")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_marking_by_person")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_marking_response_id_response")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marking")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("marking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_marking_response_id"), ["response_id"], unique=False)

    for statement in statements(op.get_context().dialect.name):
        op.execute(sa.text(statement))


def downgrade() -> None:
    for statement in dropping(op.get_context().dialect.name):
        op.execute(sa.text(statement))

    with op.batch_alter_table("marking", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_marking_response_id"))

    op.drop_table("marking")
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_response_attempt_question_id"))

    op.drop_table("response")
    op.drop_table("save")
    op.drop_table("attempt_question")
    op.drop_table("position")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_enrolment_id"))

    op.drop_table("event")
    with op.batch_alter_table("completion", schema=None) as batch_op:
        batch_op.drop_index("uq_completion_item")
        batch_op.drop_index(
            "uq_completion_course", sqlite_where=sa.text("item_id IS NULL"), postgresql_where=sa.text("item_id IS NULL")
        )

    op.drop_table("completion")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_attempt_open", sqlite_where=sa.text("closed IS NULL"), postgresql_where=sa.text("closed IS NULL")
        )

    op.drop_table("attempt")
    with op.batch_alter_table("revision_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_file_blob_hash"))

    op.drop_table("revision_file")
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_publication_first",
            sqlite_where=sa.text("previous_id IS NULL"),
            postgresql_where=sa.text("previous_id IS NULL"),
        )

    op.drop_table("publication")
    with op.batch_alter_table("item_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_name_item_id"))

    op.drop_table("item_name")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_enrolment_open", sqlite_where=sa.text("ended IS NULL"), postgresql_where=sa.text("ended IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_enrolment_course_id"))

    op.drop_table("enrolment")
    with op.batch_alter_table("trainership", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_trainership_current", sqlite_where=sa.text("ended IS NULL"), postgresql_where=sa.text("ended IS NULL")
        )

    op.drop_table("trainership")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_person_id"))

    op.drop_table("sign_in")
    op.drop_table("revision")
    op.drop_table("mail")
    op.drop_table("item")
    op.drop_table("erasure")
    op.drop_table("edition")
    op.drop_table("audit")
    op.drop_table("account")
    op.drop_table("throttle")
    op.drop_table("person")
    op.drop_table("course")
    op.drop_table("compiled")
    op.drop_table("blob")
