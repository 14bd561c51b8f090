"""Counting what can be guessed, in the database, so that no restart and no other worker forgets it."""

import hashlib
import hmac

from flask import current_app
from sqlalchemy import delete, func, or_
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
    after = counted(_tries(key), limit, now)
    values = {"count": after.count, "since": after.since, "until": after.until}
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    statement = insert(Throttle).values(key=key, **values)
    db.session.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))
    return resting(after, now)


def may(key: str, limit: Limit) -> bool:
    """Whether one more is allowed now; if so, it is counted."""
    if is_resting(key):
        return False
    count(key, limit)
    return True


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
