"""The rows of invitations: one at most is open for a person. Written by what asks people in, and by their answer."""

import secrets

from sqlalchemy import ColumnElement, update

from course import clock
from course.db import db
from course.people import letters, outbox
from course.people.models import Account, Invitation
from course.people.queries import open_invitation
from course.people.rules import DAY

LASTS = 14 * DAY
"""How long an invitation and a first code are good for."""


def post(found: Account, *, by: int | None) -> None:
    """Mail a link with which the account is opened. Links that were mailed before no longer work."""
    found.stamp = secrets.token_urlsafe(24)
    until = begin(found.person_id, "mail", by=by)
    outbox.post(found.email or "", letters.invitation(found, until), person=found.person_id)


def post_again(found: Account) -> bool:
    """Whether somebody who signs up is invited already: then that letter goes out anew, and nothing else changes."""
    waiting = open_invitation(found.person_id)
    if found.confirmed is not None or not found.active or waiting is None or waiting.kind != "mail":
        return False
    post(found, by=waiting.by)
    return True


def begin(person: int, kind: str, *, by: int | None) -> int:
    """A new invitation in place of the one before. Returns when its time is over (microseconds UTC)."""
    withdraw(person)
    now = clock.now()
    db.session.add(Invitation(person_id=person, kind=kind, by=by, at=now, until=now + LASTS, accepted=None, ended=None))
    db.session.flush()
    return now + LASTS


def accept(person: int) -> None:
    """The person came: whatever was open is accepted."""
    _close(person, "accepted")


def withdraw(person: int) -> None:
    """Whatever was open leads nowhere any more."""
    _close(person, "ended")


def is_open() -> tuple[ColumnElement[bool], ...]:
    """For a query over invitations: nobody has answered it, and no newer one took its place."""
    return Invitation.accepted.is_(None), Invitation.ended.is_(None)


def _close(person: int, how: str) -> None:
    statement = update(Invitation).where(Invitation.person_id == person, *is_open())
    db.session.execute(statement.values({how: clock.now()}))
