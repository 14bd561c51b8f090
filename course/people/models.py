"""People and what they may do. Personal data lives in `account`; every other table points at a bare `person`."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from course.db import Base, Key, micros, pk, short
from course.people.rules import sought
from course.personal import ACCOUNT, ADDRESSING, MAIL, RIGHTS, personal

BY_LETTER = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that stands in the same order on both databases."""


class Person(Base):
    """Somebody, with nothing personal in the row. Never deleted, so that results still add up."""

    __tablename__ = "person"
    id: Mapped[pk]
    created: Mapped[micros]
    account: Mapped["Account | None"] = relationship(back_populates="person")


class Simulated(Base):
    """A person whom `course demo` made up, and when. Such people are shown apart, and never counted with real ones."""

    __tablename__ = "simulated"
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"), primary_key=True, autoincrement=False)
    at: Mapped[micros]


class Account(Base):
    """What is known of a person: how they sign in and how they like to be addressed. Erased on request."""

    __tablename__ = "account"
    person_id: Mapped[int] = mapped_column(Key, ForeignKey("person.id"), primary_key=True, autoincrement=False)
    email: Mapped[short | None] = mapped_column(unique=True, info=personal(ACCOUNT))
    username: Mapped[short | None] = mapped_column(unique=True, info=personal(ACCOUNT))
    name: Mapped[short] = mapped_column(default="", info=personal(ADDRESSING))
    password: Mapped[short | None] = mapped_column(info=personal(ACCOUNT, exported=False))
    active: Mapped[bool] = mapped_column(default=True, info=personal(ACCOUNT))
    confirmed: Mapped[micros | None] = mapped_column(info=personal(ACCOUNT))
    stamp: Mapped[short] = mapped_column(unique=True, info=personal(ACCOUNT, exported=False))
    """Changes with the password, so that links mailed before no longer work."""
    language: Mapped[short] = mapped_column(default="en", info=personal(ADDRESSING))
    time_zone: Mapped[short] = mapped_column(default="UTC", info=personal(ADDRESSING))
    is_admin: Mapped[bool] = mapped_column(default=False, info=personal(RIGHTS))
    sought: Mapped[str] = mapped_column(
        BY_LETTER, default="", server_default="", info=personal(ACCOUNT, exported=False)
    )
    """By what the account is found and listed: name, address and user name in small letters without accents."""
    person: Mapped[Person] = relationship(back_populates="account")
    __table_args__ = (
        CheckConstraint("email IS NOT NULL OR username IS NOT NULL", name="can_be_named"),
        Index("ix_account_sought", "sought", "person_id"),
    )


@event.listens_for(Account, "before_insert")
@event.listens_for(Account, "before_update")
def _find_by(_mapper: object, _connection: object, account: Account) -> None:
    """No write can forget it (statements past the ORM apart, which nothing here makes of these columns)."""
    account.sought = sought(account.name, account.email, account.username)


class Invitation(Base):
    """Somebody was asked in by an admin: by a mailed link, or by a first code on paper, which is their password once.

    It is over when it was accepted, when a newer one took its place (`ended`), or when its time is over (`until`).
    """

    __tablename__ = "invitation"
    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[short] = mapped_column(info=personal(ACCOUNT))
    """`mail` or `slip`."""
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[micros] = mapped_column(info=personal(ACCOUNT))
    until: Mapped[micros] = mapped_column(info=personal(ACCOUNT))
    accepted: Mapped[micros | None] = mapped_column(info=personal(ACCOUNT))
    ended: Mapped[micros | None] = mapped_column(info=personal(ACCOUNT))
    __table_args__ = (
        CheckConstraint("kind IN ('mail', 'slip')", name="kind_is_known"),
        CheckConstraint("until > at", name="ends_after_it_began"),
        Index(
            "uq_invitation_open",
            "person_id",
            unique=True,
            sqlite_where=text("accepted IS NULL AND ended IS NULL"),
            postgresql_where=text("accepted IS NULL AND ended IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )


class SignIn(Base):
    """Somebody signed in on a device. The cookie holds the key, this row its SHA-256. An ended one lets nobody in."""

    __tablename__ = "sign_in"
    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    key: Mapped[short] = mapped_column(unique=True, info=personal(ACCOUNT, exported=False))
    at: Mapped[micros] = mapped_column(info=personal(ACCOUNT))
    until: Mapped[micros] = mapped_column(info=personal(ACCOUNT))
    ended: Mapped[micros | None] = mapped_column(info=personal(ACCOUNT))


class Throttle(Base):
    """How often something that can be guessed was tried: for an account, a name that has none, or an address."""

    __tablename__ = "throttle"
    key: Mapped[short] = mapped_column(primary_key=True)
    count: Mapped[int]
    since: Mapped[micros]
    until: Mapped[micros | None]
    __table_args__ = (CheckConstraint("count >= 0", name="count_not_negative"),)


class Trainership(Base):
    """A person trains a course, named by its id as text so that nothing here imports upward."""

    __tablename__ = "trainership"
    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course: Mapped[short] = mapped_column(info=personal(RIGHTS, "stays"))
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    granted: Mapped[micros] = mapped_column(info=personal(RIGHTS, "stays"))
    ended: Mapped[micros | None] = mapped_column(info=personal(RIGHTS, "stays"))
    __table_args__ = (
        Index(
            "uq_trainership_current",
            "person_id",
            "course",
            unique=True,
            sqlite_where=text("ended IS NULL"),
            postgresql_where=text("ended IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )


class Erasure(Base):
    """A person asked to be forgotten, by whom, and when it was done. Until then it opens their free text (privacy/)."""

    __tablename__ = "erasure"
    id: Mapped[pk]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[micros]
    by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    done: Mapped[micros | None]


class Mail(Base):
    """The outbox: written in the transaction that causes the mail, delivered by a job, never twice."""

    __tablename__ = "mail"
    id: Mapped[pk]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recipient: Mapped[short] = mapped_column(info=personal(MAIL))
    subject: Mapped[short] = mapped_column(info=personal(MAIL))
    body: Mapped[short] = mapped_column(info=personal(MAIL, exported=False))
    """Plain text; emptied once sent, because it holds links that let somebody in."""
    key: Mapped[short] = mapped_column(info=personal(MAIL, exported=False))
    created: Mapped[micros] = mapped_column(info=personal(MAIL))
    due: Mapped[micros] = mapped_column(info=personal(MAIL, exported=False))
    tries: Mapped[int] = mapped_column(default=0, info=personal(MAIL, exported=False))
    sent: Mapped[micros | None] = mapped_column(info=personal(MAIL))
    failure: Mapped[short | None] = mapped_column(info=personal(MAIL, exported=False))
    __table_args__ = (UniqueConstraint("key"), {"sqlite_autoincrement": True})
