"""The table of consent."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from course.db import Base, micros, pk, short
from course.personal import RIGHTS, personal


class Consent(Base):
    """A person agreed to a version of the privacy notice. The latest counts; earlier ones stay to be shown."""

    __tablename__ = "consent"
    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    version: Mapped[short] = mapped_column(info=personal(RIGHTS, "stays"))
    at: Mapped[micros] = mapped_column(info=personal(RIGHTS, "stays"))
    __table_args__ = (Index("ix_consent_latest", "person_id", "id"), {"sqlite_autoincrement": True})
