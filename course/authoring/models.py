"""The draft of a course: what its trainers have written and learners do not see yet."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from course.db import Base, Key, micros, pk, short
from course.personal import WRITING, personal


class Draft(Base):
    """What is to follow a publication. One is open for each course; it ends by being published or thrown away.

    `base_id` is the publication that it stands on, `became_id` the one that came of it. `by` wrote in it first.
    """

    __tablename__ = "draft"
    id: Mapped[pk]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    base_id: Mapped[int] = mapped_column(ForeignKey("publication.id"))
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    begun: Mapped[micros]
    ended: Mapped[micros | None]
    became_id: Mapped[int | None] = mapped_column(ForeignKey("publication.id"))
    __table_args__ = (
        Index(
            "uq_draft_open",
            "course_id",
            unique=True,
            sqlite_where=text("ended IS NULL"),
            postgresql_where=text("ended IS NULL"),
        ),
        CheckConstraint("became_id IS NULL OR ended IS NOT NULL", name="became_when_ended"),
        {"sqlite_autoincrement": True},
    )


class DraftVersion(Base):
    """One saved state of a file in a draft; the one with the highest number counts, the others can be looked up.

    `hash` is the SHA-256 (hex) of `body`; both are None where the file was taken out.
    """

    __tablename__ = "draft_version"
    id: Mapped[pk]
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    path: Mapped[short]
    number: Mapped[int]
    hash: Mapped[short | None]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[micros]
    __table_args__ = (
        UniqueConstraint("draft_id", "path", "number"),
        CheckConstraint("(hash IS NULL) = (body IS NULL)", name="hash_with_body"),
        CheckConstraint("number >= 1", name="number_from_one"),
        {"sqlite_autoincrement": True},
    )


class WorkingCopy(Base):
    """What somebody is writing in a file and has not saved to the draft yet, so that closing the browser loses nothing.

    `base` is the hash of the text that they began from, "" for a new file.
    """

    __tablename__ = "working_copy"
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"), primary_key=True, autoincrement=False)
    course_id: Mapped[int] = mapped_column(Key, ForeignKey("course.id"), primary_key=True, autoincrement=False)
    path: Mapped[short] = mapped_column(primary_key=True)
    base: Mapped[short] = mapped_column(info=personal(WRITING, exported=False))
    text: Mapped[short] = mapped_column(info=personal(WRITING))
    at: Mapped[micros] = mapped_column(info=personal(WRITING))
