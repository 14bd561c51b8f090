"""Mail is a row, written in the transaction that causes it. A job delivers it (`people/delivery.py`)."""

import secrets
from dataclasses import dataclass

from sqlalchemy import select

from course import clock
from course.db import db
from course.people.models import Mail


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says: a subject on one line, and plain text."""

    subject: str
    body: str


def post(recipient: str, letter: Letter, *, person: int | None = None, key: str = "") -> bool:
    """Put a letter into the outbox. With a `key`, the same letter is never posted twice; False if it was before."""
    if key and db.session.scalar(select(Mail.id).where(Mail.key == key)) is not None:
        return False
    now = clock.now()
    db.session.add(
        Mail(
            person_id=person,
            recipient=one_line(recipient),
            subject=one_line(letter.subject),
            body=letter.body,
            key=key or secrets.token_urlsafe(16),
            created=now,
            due=now,
            sent=None,
            failure=None,
        )
    )
    return True


def one_line(text: str) -> str:
    """Text that can stand in a header: whatever breaks lines becomes a space."""
    return " ".join(text.split())
