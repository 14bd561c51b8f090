"""Counting what can be guessed, in the database, so that no restart and no other worker forgets it."""

import hashlib
import hmac

from flask import current_app
from sqlalchemy import delete, func, or_, update
from sqlalchemy.dialects import postgresql, sqlite

from course import clock
from course.db import db
from course.people.models import Throttle
from course.people.rules import DAY, Limit, Tries, counted, resting


def key_for(kind: str, what: str) -> str:
    """The row's key: what is counted, keyed and hashed, so that the table holds no names and no addresses."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return f"{kind}:{hmac.new(secret, what.encode(), hashlib.sha256).hexdigest()}"


def is_resting(key: str) -> bool:
    return resting(_tries(key), clock.now())


def count(key: str, limit: Limit) -> bool:
    """Count one try. Returns whether trying rests from now on."""
    now = clock.now()
    return resting(_count(key, _held(key, now), limit, now), now)


def may(key: str, limit: Limit) -> bool:
    """Whether one more is allowed now; if so, it is counted."""
    now = clock.now()
    tries = _held(key, now)
    if resting(tries, now):
        return False
    _count(key, tries, limit, now)
    return True


def _held(key: str, now: int) -> Tries:
    """What was counted so far. Until this transaction ends nobody else counts here: two at once would count as one."""
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    statement = insert(Throttle).values(key=key, count=0, since=now, until=None)
    held = statement.on_conflict_do_update(index_elements=["key"], set_={"count": Throttle.count})
    row = db.session.execute(held.returning(Throttle.count, Throttle.since, Throttle.until)).one()
    return Tries(*row)


def _count(key: str, tries: Tries, limit: Limit, now: int) -> Tries:
    after = counted(tries, limit, now)
    values = {"count": after.count, "since": after.since, "until": after.until}
    db.session.execute(update(Throttle).where(Throttle.key == key).values(values))
    return after


def forget(key: str) -> None:
    """Begin again at nothing: the right password was given."""
    db.session.execute(delete(Throttle).where(Throttle.key == key))


def sweep() -> None:
    """Remove counts that no longer matter."""
    now = clock.now()
    over = or_(Throttle.until < now, Throttle.since < now - DAY)
    db.session.execute(delete(Throttle).where(over, func.coalesce(Throttle.until, 0) < now))


def _tries(key: str) -> Tries | None:
    row = db.session.get(Throttle, key, populate_existing=True)
    return Tries(row.count, row.since, row.until) if row else None
