"""Signing a device in and out. The cookie holds a random key; the row decides whether it still opens anything."""

import secrets
from collections.abc import Sequence

from flask import session
from sqlalchemy import select, update

from course import clock
from course.db import db
from course.people.models import SignIn
from course.people.queries import SESSION_KEY, digest
from course.people.rules import DAY, HOUR

KEPT, PASSING = 30 * DAY, 12 * HOUR
"""How long somebody stays signed in: on a device of their own, and on one that others use, too."""


def begin(person: int, keep: bool) -> None:
    """Sign this device in. What the session held before is dropped, so that no prepared session can be taken over."""
    key, now = secrets.token_urlsafe(32), clock.now()
    lasting = KEPT if keep else PASSING
    db.session.add(SignIn(person_id=person, key=digest(key), at=now, until=now + lasting, ended=None))
    session.clear()
    session[SESSION_KEY] = key
    session.permanent = keep


def end() -> None:
    """Sign this device out, here and for whoever copied its cookie."""
    key = session.get(SESSION_KEY)
    if isinstance(key, str):
        _end(SignIn.key == digest(key))
    session.clear()


def end_all(person: int, but: str = "") -> None:
    """Sign a person out everywhere, apart from the sign-in with the id `but` (a viewer's `session`)."""
    conditions = [SignIn.person_id == person]
    if but:
        conditions.append(SignIn.id != int(but))
    _end(*conditions)


def open_ones(person: int) -> Sequence[SignIn]:
    """A person's sign-ins that still let somebody in, the newest first."""
    mine = (SignIn.person_id == person, SignIn.ended.is_(None), SignIn.until > clock.now())
    return db.session.scalars(select(SignIn).where(*mine).order_by(SignIn.id.desc())).all()


def end_one(person: int, sign_in: int) -> None:
    """Sign one of a person's devices out. Somebody else's stays as it is."""
    _end(SignIn.person_id == person, SignIn.id == sign_in)


def _end(*conditions: object) -> None:
    statement = update(SignIn).where(*conditions, SignIn.ended.is_(None)).values(ended=clock.now())  # type: ignore[arg-type]
    db.session.execute(statement)
