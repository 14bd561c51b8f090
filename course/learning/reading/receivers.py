"""What reading does when another room says that something happened."""

from typing import Any

from flask import after_this_request

from course import clock
from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.db import transaction
from course.learning.assessment.models import Attempt
from course.learning.models import Enrolment
from course.learning.reading import actions, visitor


def quiz_closed(attempt: Attempt, *, enrolment: Enrolment, published: Published, passed: bool, at: int) -> None:
    """An attempt was graded: where the quiz is passed, it is done, in the same transaction."""
    if passed:
        actions.pass_quiz(enrolment, published, attempt.item_id, at)


def course_published(slug: str) -> None:
    """A course was published: complete it for those whose last open item it removed."""
    after = 0
    while True:
        with transaction():
            last = actions.settle_some(catalogue.published(slug), after, clock.now())
        if last is None:
            return
        after = last


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
