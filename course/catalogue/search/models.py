"""The index of what is published: one row for each section, and what it was made from.

It can be made again from the sources at any time. On SQLite a full-text index (FTS5, `search_index`) follows the
rows of `search_section` by triggers; on PostgreSQL `words` is a `tsvector` with an index of its own.
"""

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from course.db import Base, pk, short

DERIVED = {"sqlite_autoincrement": True, "info": {"derived": True}}


class SearchSource(Base):
    """A lesson in a language as it is published now; the glossary in a language, where `lesson` is "".

    `state` names all that its sections were made from: another state is indexed anew.
    """

    __tablename__ = "search_source"
    id: Mapped[pk]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    lesson: Mapped[short]
    language: Mapped[short]
    state: Mapped[short]
    __table_args__ = (UniqueConstraint("course_id", "lesson", "language"), DERIVED)


class SearchSection(Base):
    """What can be found: a section, or a term. `anchor` is what follows `#`; `title` and `text` are plain words.

    `words` are the tokens (see `words.py`).
    """

    __tablename__ = "search_section"
    id: Mapped[pk]
    source_id: Mapped[int] = mapped_column(ForeignKey("search_source.id", ondelete="CASCADE"), index=True)
    anchor: Mapped[short]
    title: Mapped[short]
    text: Mapped[short]
    words: Mapped[str] = mapped_column(Text().with_variant(TSVECTOR(), "postgresql"))
    __table_args__ = DERIVED


UNDESCRIBED = frozenset(
    ("ix_search_section_words", *(f"search_index{part}" for part in ("", "_config", "_data", "_docsize", "_idx")))
)
"""What the migration makes and no model can describe: PostgreSQL's index of `words`, and the tables of SQLite's."""
