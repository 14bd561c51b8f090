"""What both halves of learning share: the enrolment, and the append-only log of what a learner did."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from course.db import Base, micros, pk, short
from course.personal import PROGRESS, personal

AUTO = {"sqlite_autoincrement": True}


class Enrolment(Base):
    """A learner in a course. Attempts, grades and completed items belong to it. One open per person and course.

    `done_items` is a projection: the sorted item ids completed, comma-separated, so that a page needs one row.
    """

    __tablename__ = "enrolment"
    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), index=True)
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))
    at: Mapped[micros] = mapped_column(info=personal(PROGRESS, "stays"))
    ended: Mapped[micros | None] = mapped_column(info=personal(PROGRESS, "stays"))
    done_items: Mapped[short] = mapped_column(default="", info=personal(PROGRESS, "stays"))
    __table_args__ = (
        Index(
            "uq_enrolment_open",
            "person_id",
            "course_id",
            unique=True,
            sqlite_where=text("ended IS NULL"),
            postgresql_where=text("ended IS NULL"),
        ),
        AUTO,
    )


class Event(Base):
    """One thing that a learner did. Append-only: the database refuses changes.

    `verb`: enrolled, left, read, answered, started, submitted, completed. `detail` is JSON without free text.
    """

    __tablename__ = "event"
    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    verb: Mapped[short] = mapped_column(info=personal(PROGRESS, "stays"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    at: Mapped[micros] = mapped_column(index=True, info=personal(PROGRESS, "stays"))
    detail: Mapped[short] = mapped_column(default="{}", info=personal(PROGRESS, "stays", exported=False))
    __table_args__ = (
        CheckConstraint(
            "verb IN ('enrolled', 'left', 'read', 'answered', 'started', 'submitted', 'completed')",
            name="verb_is_known",
        ),
        AUTO,
    )
