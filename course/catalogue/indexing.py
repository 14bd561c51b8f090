"""The index of courses that are published already: after a migration or an upgrade, and of those without files here."""

from course.catalogue import loading, queries
from course.catalogue.search import actions
from course.db import db, transaction


def index() -> None:
    """Index what has not been, each course in a transaction of its own. Quick where all has been."""
    for published in queries.courses():
        update = actions.prepare(published.course_id, published.outline, loading.fetch)
        if update:
            with transaction():
                actions.put(published.course_id, update)
    db.session.rollback()
