"""The index of courses that are published already: after a migration or an upgrade, and of those without files here."""

from sqlalchemy import select

from course.catalogue import loading, queries
from course.catalogue.models import Course
from course.catalogue.search import actions
from course.db import db, transaction


def index() -> None:
    """Index what has not been, each course in a transaction of its own. Quick where all has been.

    Several instances of the application may start at once, and one may publish meanwhile: that indexes, too.
    """
    for published in queries.courses():
        update = actions.prepare(published.course_id, published.outline, loading.fetch)
        if update:
            with transaction():
                db.session.execute(select(Course.id).where(Course.id == published.course_id).with_for_update())
                if queries.published(published.slug) == published:
                    actions.put(published.course_id, update)
    db.session.rollback()
