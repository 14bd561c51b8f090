"""What learners wrote to themselves."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from course.db import Base, micros, pk, short
from course.personal import WRITING, personal


class Note(Base):
    """What somebody wrote to themselves beside a section of a lesson. Personal, and changed at will; no event.

    `section` is the section's id, the same in all languages and kept by edits; "" is the lesson as a whole.
    `page` is the key of the page that wrote last: it may write on without having been told of its own change.
    """

    __tablename__ = "note"
    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    section: Mapped[short] = mapped_column(info=personal(WRITING))
    text: Mapped[short] = mapped_column(info=personal(WRITING))
    page: Mapped[short] = mapped_column(default="", info=personal(WRITING))
    at: Mapped[micros] = mapped_column(info=personal(WRITING))
    __table_args__ = (
        UniqueConstraint("person_id", "item_id", "section"),
        CheckConstraint("length(text) BETWEEN 1 AND 10000", name="text_is_short"),
        CheckConstraint("length(section) <= 200", name="section_is_short"),
        CheckConstraint("length(page) <= 64", name="page_is_short"),
        {"sqlite_autoincrement": True},
    )
