"""Reads about people. What other rooms need to know of somebody is asked here."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select, text

from course import clock
from course.db import Statement, db
from course.people.models import Account, Invitation, Trainership
from course.people.rules import normal_username
from course.web.access import VISITOR, Viewer

SESSION_KEY = "sign_in"
"""Where the cookie's session keeps the key of its sign-in."""

_WHO = Statement(
    lambda: text(
        "SELECT a.person_id, a.name, a.email, a.username, a.language, a.time_zone, a.is_admin, s.id, t.course"
        " FROM sign_in s JOIN account a ON a.person_id = s.person_id"
        " LEFT JOIN trainership t ON t.person_id = a.person_id AND t.ended IS NULL"
        " WHERE s.key = :key AND s.ended IS NULL AND s.until > :now AND a.active"
    ),
    apart=True,
)


def digest(key: str) -> str:
    """How a sign-in's key is stored: whoever reads the table cannot sign in with it."""
    return hashlib.sha256(key.encode()).hexdigest()


def viewer_of(session: Mapping[str, Any]) -> Viewer:
    """Who a session belongs to: one small query, on every request of somebody who is signed in."""
    key = session.get(SESSION_KEY)
    if not isinstance(key, str):
        return VISITOR
    # By the connection, not the session: nothing here is an object to be kept, and it takes half the time.
    rows = _WHO.rows(key=digest(key), now=clock.now())
    if not rows:
        return VISITOR
    person, name, email, username, language, time_zone, is_admin, sign_in, _ = rows[0]
    return Viewer(
        person=person,
        name=name or username or email,
        language=language,
        time_zone=time_zone,
        admin=bool(is_admin),
        trains=frozenset(row[8] for row in rows if row[8] is not None),
        session=str(sign_in),
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What signing in needs to know of an account, as plain values that outlive the transaction."""

    person: int
    password: str | None
    active: bool
    confirmed: bool
    stamp: str
    code_until: int | None
    """Until when the password is a first code from paper (microseconds UTC); None where it is the person's own."""


def known_as(identifier: str) -> Known | None:
    """The account that an e-mail address or a user name belongs to."""
    wished = normal_username(identifier)
    is_code = and_(
        Invitation.person_id == Account.person_id,
        Invitation.kind == "slip",
        Invitation.accepted.is_(None),
        Invitation.ended.is_(None),
    )
    query = select(Account, Invitation.until).outerjoin(Invitation, is_code)
    row = db.session.execute(query.where(or_(Account.email == wished, Account.username == wished))).first()
    if row is None:
        return None
    found, until = row
    return Known(found.person_id, found.password, found.active, found.confirmed is not None, found.stamp, until)


def open_invitation(person: int) -> Invitation | None:
    """What waits for a person's answer, if something does; its time may be over."""
    mine = (Invitation.person_id == person, Invitation.accepted.is_(None), Invitation.ended.is_(None))
    return db.session.scalar(select(Invitation).where(*mine))


def by_identifier(identifier: str) -> Account | None:
    wished = normal_username(identifier)
    return db.session.scalar(select(Account).where(or_(Account.email == wished, Account.username == wished)))


def by_stamp(stamp: object) -> Account | None:
    """The active account that a mailed link names, None if it has changed since."""
    if not isinstance(stamp, str):
        return None
    return db.session.scalar(select(Account).where(Account.stamp == stamp, Account.active))


def account(person: int) -> Account | None:
    return db.session.get(Account, person)


def has_admin() -> bool:
    """Whether somebody can administer this installation."""
    return db.session.scalar(select(func.count()).select_from(Account).where(Account.is_admin, Account.active)) != 0


def has_trainer() -> bool:
    """Whether somebody trains a course here."""
    return db.session.scalar(select(func.count()).select_from(Trainership).where(Trainership.ended.is_(None))) != 0


def roles(person: int) -> list[str]:
    """`learner`, `admin`, and `trainer of <course>` for each course, in that order."""
    found = account(person)
    admin = ["admin"] if found is not None and found.is_admin else []
    query = select(Trainership.course).where(Trainership.person_id == person, Trainership.ended.is_(None))
    trains = [f"trainer of {course}" for course in db.session.scalars(query.order_by(Trainership.course))]
    return [*admin, *trains] or ["learner"]


def names(persons: Collection[int]) -> dict[int, str]:
    """What people are called, by their ids: a name or a user name, never an address; "" for who has neither."""
    query = select(Account.person_id, Account.name, Account.username).where(Account.person_id.in_(set(persons)))
    return {person: name or username or "" for person, name, username in db.session.execute(query)} if persons else {}
