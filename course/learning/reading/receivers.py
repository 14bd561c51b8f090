"""What reading does when another room says that something happened."""

from contextlib import suppress
from typing import Any

from flask import after_this_request
from sqlalchemy.exc import IntegrityError

from course import clock
from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.db import db, transaction
from course.learning.assessment.models import Attempt
from course.learning.models import Enrolment
from course.learning.reading import actions, visitor
from course.learning.reading.models import Settlement


def quiz_closed(attempt: Attempt, *, enrolment: Enrolment, published: Published, passed: bool, at: int) -> None:
    """An attempt was graded: where the quiz is passed, it is done, in the same transaction."""
    if passed:
        actions.pass_quiz(enrolment, published, attempt.item_id, at)


def settle_published() -> None:
    """Complete the courses of those whose last open item a publication removed. Swept, in small transactions.

    Every publication is gone through once. Where that was interrupted, it begins again: it does no harm twice.
    """
    for published in catalogue.courses():
        settlement = (published.course_id, published.number)
        if db.session.get(Settlement, settlement) is None:
            _settle(published)
            with suppress(IntegrityError), transaction():  # another instance of the application was as quick
                db.session.add(Settlement(course_id=settlement[0], number=settlement[1], at=clock.now()))


def _settle(published: Published) -> None:
    after: int | None = 0
    while after is not None:
        with transaction():
            after = actions.settle_some(published, after, clock.now())


def signed_in(_sender: Any, *, person: int) -> None:
    """Somebody signed in where a visitor read: what was read is theirs now, and they are enrolled where it was."""
    read = visitor.has_read()
    if not read:
        return
    for published in catalogue.courses():
        if published.outline.access == "open" and actions.lessons_among(published, read):
            enrolment = actions.enrol(person, published, clock.now())
            actions.read_before(enrolment, published, read, clock.now())
    after_this_request(visitor.forget)
