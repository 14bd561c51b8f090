"""Keeping who did what to whom: in the transaction of the deed, as the last thing before its commit."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event, insert, select, text
from sqlalchemy.orm import Session, SessionTransaction

from course import clock
from course.db import db
from course.people.audit.models import AuditEntry
from course.people.audit.rules import FIRST, digested, linked

TURN = 7_236_118
"""The number of the advisory lock under which entries are chained on PostgreSQL. It means nothing."""
_WAITING = "course.audit"


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry that waits for the commit. `within`: the savepoint in which it was made, with which it goes."""

    at: int
    actor: int | None
    verb: str
    subject: str
    person_id: int | None
    course: str
    detail: str
    salt: str | None
    digest: str
    within: SessionTransaction | None = field(compare=False)


def audit(
    actor: int | None, verb: str, person: int | None, subject: str = "", *, course: str = "", detail: str = ""
) -> None:
    """Keep that `actor` did `verb` (see `verbs.py`) to `person`, in a course (its id as text) if it was in one.

    `subject` is what it was about, without free text; `detail` what somebody wrote, such as a reason. It is written
    when the transaction commits, and not at all where that is rolled back.
    """
    session = db.session()
    session.connection()  # begins the transaction, so that its rollback is told
    salt = secrets.token_hex(16) if detail else None
    entry = _Entry(
        at=clock.now(),
        actor=actor,
        verb=verb,
        subject=subject,
        person_id=person,
        course=course,
        detail=detail,
        salt=salt,
        digest=digested(detail, salt) if salt else "",
        within=session.get_nested_transaction(),
    )
    session.info.setdefault(_WAITING, []).append(entry)


@event.listens_for(db.session, "before_commit")
def _append(session: Session) -> None:
    """Chain what waits behind the last entry.

    Last, since on PostgreSQL who appends waits for whoever appended before: nothing else is waited for meanwhile.
    """
    waiting: list[_Entry] = session.info.pop(_WAITING, [])
    if not waiting:
        return
    session.flush()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
    last = session.scalar(select(AuditEntry.link).order_by(AuditEntry.id.desc()).limit(1)) or FIRST
    for entry in waiting:
        link = linked(last, entry)
        session.execute(insert(AuditEntry).values(**_columns(entry), previous=last, link=link))
        last = link


def _columns(entry: _Entry) -> dict[str, Any]:
    names = ("at", "actor", "verb", "subject", "person_id", "course", "detail", "salt", "digest")
    return {name: getattr(entry, name) for name in names}


@event.listens_for(db.session, "after_soft_rollback")
def _forget(session: Session, over: SessionTransaction) -> None:
    """What was undone is not told."""
    waiting: list[_Entry] = session.info.pop(_WAITING, [])
    if over.nested and (kept := [entry for entry in waiting if entry.within is not over]):
        session.info[_WAITING] = kept
