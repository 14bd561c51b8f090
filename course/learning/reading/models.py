"""Who learns what, and what of it is done. The event log is the truth; completions are its projection."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from course.db import Base, Key, micros, pk, short
from course.personal import PROGRESS, personal

AUTO = {"sqlite_autoincrement": True}


class Completion(Base):
    """An item (or, with `item_id` null, the course) was completed, on which revision. Never taken back."""

    __tablename__ = "completion"
    id: Mapped[pk]
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[micros] = mapped_column(info=personal(PROGRESS, "stays"))
    __table_args__ = (
        Index("uq_completion_item", "enrolment_id", "item_id", unique=True),
        Index(
            "uq_completion_course",
            "enrolment_id",
            unique=True,
            sqlite_where=text("item_id IS NULL"),
            postgresql_where=text("item_id IS NULL"),
        ),
        AUTO,
    )


class Position(Base):
    """Where an enrolled learner stopped: mutable, and no part of the log."""

    __tablename__ = "position"
    enrolment_id: Mapped[int] = mapped_column(Key, ForeignKey("enrolment.id"), primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    section: Mapped[short] = mapped_column(default="", info=personal(PROGRESS))
    at: Mapped[micros] = mapped_column(info=personal(PROGRESS))
    __table_args__ = (CheckConstraint("length(section) <= 200", name="section_is_short"),)


class Settlement(Base):
    """All learners of a course were gone through after this publication (by its number) of it, and when that was."""

    __tablename__ = "settlement"
    course_id: Mapped[int] = mapped_column(Key, ForeignKey("course.id"), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[micros]
