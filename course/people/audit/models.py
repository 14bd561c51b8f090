"""The table of the audit log."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from course.db import Base, micros, pk, short
from course.personal import RIGHTS, personal


class AuditEntry(Base):
    """Who did what to whom. Append-only.

    `actor` None: nobody who is known (the command line, the server itself, somebody who could not sign in).
    `subject` is plain data without free text, such as `allowance 5`; `course` its id as text, "" for none.
    `detail` is what a person wrote, such as a reason. `digest` stands for it in the chain, under `salt`; erasing
    empties `detail` and takes away `salt`. `previous` and `link`: see `rules.py`. No two entries follow the same one.
    """

    __tablename__ = "audit"
    id: Mapped[pk]
    at: Mapped[micros] = mapped_column(index=True, info=personal(RIGHTS, "stays"))
    actor: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    verb: Mapped[short] = mapped_column(index=True, info=personal(RIGHTS, "stays"))
    subject: Mapped[short] = mapped_column(info=personal(RIGHTS, "stays"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    detail: Mapped[short] = mapped_column(default="", info=personal(RIGHTS, "emptied"))
    course: Mapped[short] = mapped_column(default="", info=personal(RIGHTS, "stays"))
    salt: Mapped[short | None] = mapped_column(info=personal(RIGHTS, "emptied", exported=False))
    digest: Mapped[short] = mapped_column(default="")
    previous: Mapped[short] = mapped_column(index=True, unique=True)
    link: Mapped[short]
