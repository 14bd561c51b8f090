"""Courses, their immutable revisions, and which of them is published."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from course.db import Base, micros, pk, short

AUTO = {"sqlite_autoincrement": True}


class Course(Base):
    """A course that was published at least once. `slug` is what it is called now."""

    __tablename__ = "course"
    id: Mapped[pk]
    slug: Mapped[short] = mapped_column(unique=True)


class Item(Base):
    """A module, lesson, quiz or question as people's records know it, whatever it is called today.

    `parent_id` is a question's quiz or lesson.
    """

    __tablename__ = "item"
    id: Mapped[pk]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    kind: Mapped[short]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    __table_args__ = (
        CheckConstraint("kind IN ('module', 'lesson', 'quiz', 'question')", name="kind_is_known"),
        AUTO,
    )


class ItemName(Base):
    """Every id an item ever had in the pack. `name` is `quiz/question` for questions. `retired`: declared gone."""

    __tablename__ = "item_name"
    id: Mapped[pk]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    kind: Mapped[short]
    name: Mapped[short]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    __table_args__ = (UniqueConstraint("course_id", "kind", "name"), AUTO)


class Blob(Base):
    """Bytes of one source file, picture or attachment, named by their SHA-256 (hex)."""

    __tablename__ = "blob"
    hash: Mapped[short] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    size: Mapped[int] = mapped_column(BigInteger)


class Revision(Base):
    """One state of a pack's sources. `hash` is over its sorted paths and blob hashes. Never changes."""

    __tablename__ = "revision"
    id: Mapped[pk]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    hash: Mapped[short]
    created: Mapped[micros]
    __table_args__ = (UniqueConstraint("course_id", "hash"), AUTO)


class RevisionFile(Base):
    """A file of a revision: where it stands in the pack, and its bytes."""

    __tablename__ = "revision_file"
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    path: Mapped[short] = mapped_column(primary_key=True)
    blob_hash: Mapped[short] = mapped_column(ForeignKey("blob.hash"), index=True)


class Publication(Base):
    """A revision made current: who, when, why, and which publication came before. The newest is current."""

    __tablename__ = "publication"
    id: Mapped[pk]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("publication.id"), unique=True)
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[micros]
    note: Mapped[short] = mapped_column(default="")
    origin: Mapped[short]
    __table_args__ = (
        UniqueConstraint("course_id", "number"),
        Index(
            "uq_publication_first",
            "course_id",
            unique=True,
            sqlite_where=text("previous_id IS NULL"),
            postgresql_where=text("previous_id IS NULL"),
        ),
        CheckConstraint("origin IN ('files', 'browser')", name="origin_is_known"),
        CheckConstraint("number >= 1", name="number_from_one"),
        AUTO,
    )


class Compiled(Base):
    """What the compiler made of one source (or of a whole revision). Can be thrown away and made again.

    `source` is the blob's or the revision's hash, `inputs` the hash of what else it depended on.
    """

    __tablename__ = "compiled"
    source: Mapped[short] = mapped_column(primary_key=True)
    inputs: Mapped[short] = mapped_column(primary_key=True)
    compiler: Mapped[short] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Edition(Base):
    """One run of a course for a group. Filled in by the academy."""

    __tablename__ = "edition"
    id: Mapped[pk]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    slug: Mapped[short]
    __table_args__ = (UniqueConstraint("course_id", "slug"), AUTO)
