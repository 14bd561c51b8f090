"""A table that somebody asked for."""

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from course.db import Base, micros, pk, short
from course.personal import RIGHTS, personal


class Export(Base):
    """A table asked for as a file. `scope` is the query that says whose results; `language` the one of its words.

    `file` is its name in `instance/exports`, made when it is begun and NULL again once the file is deleted. `failed`
    says why there is none. `rows` counts the rows below the headings.
    """

    __tablename__ = "export"
    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    what: Mapped[short] = mapped_column(info=personal(RIGHTS, "stays"))
    format: Mapped[short] = mapped_column(info=personal(RIGHTS, "stays"))
    scope: Mapped[short] = mapped_column(default="", info=personal(RIGHTS, "stays", exported=False))
    language: Mapped[short] = mapped_column(info=personal(RIGHTS, "stays"))
    asked: Mapped[micros] = mapped_column(info=personal(RIGHTS, "stays"))
    begun: Mapped[micros | None] = mapped_column(info=personal(RIGHTS, "stays"))
    done: Mapped[micros | None] = mapped_column(info=personal(RIGHTS, "stays"))
    failed: Mapped[short | None] = mapped_column(info=personal(RIGHTS, "stays"))
    file: Mapped[short | None] = mapped_column(info=personal(RIGHTS, "stays", exported=False))
    rows: Mapped[int] = mapped_column(default=0, info=personal(RIGHTS, "stays"))
    size: Mapped[int] = mapped_column(BigInteger, default=0, info=personal(RIGHTS, "stays"))
    __table_args__ = (
        Index(
            "ix_export_waiting",
            "id",
            sqlite_where=text("done IS NULL"),
            postgresql_where=text("done IS NULL"),
        ),
        CheckConstraint("format IN ('csv', 'xlsx')", name="format_is_known"),
        CheckConstraint('"rows" >= 0', name="rows_not_negative"),
        {"sqlite_autoincrement": True},
    )
