"""What is known of one learner in a course."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select

from course.db import db
from course.errors import NotFound
from course.learning.assessment.models import Attempt
from course.learning.models import Enrolment
from course.learning.reading.models import Completion
from course.people.queries import names
from course.results.overview.queries import waits

__all__ = ["Made", "attempts", "completed", "enrolment", "names"]


class Made(NamedTuple):
    """An attempt, and whether an answer in it waits for marking."""

    attempt: Attempt
    waits: bool


def enrolment(person: int, course_id: int) -> Enrolment:
    """The person's enrolment in a course: the open one, else the last one. Raises NotFound where there was none."""
    query = select(Enrolment).where(Enrolment.person_id == person, Enrolment.course_id == course_id)
    found = db.session.scalars(query.order_by(Enrolment.ended.is_not(None), Enrolment.id.desc())).first()
    if found is None:
        raise NotFound
    return found


def completed(enrolment: Enrolment) -> int | None:
    """When the learner completed the course, None where they have not."""
    query = select(Completion.at).where(Completion.enrolment_id == enrolment.id, Completion.item_id.is_(None))
    return db.session.scalar(query)


def attempts(enrolment: Enrolment) -> Mapping[int, list[Made]]:
    """By quiz item, every attempt, the first one first."""
    query = select(Attempt, waits()).where(Attempt.enrolment_id == enrolment.id).order_by(Attempt.number)
    found: dict[int, list[Made]] = {}
    for attempt, waiting in db.session.execute(query):
        found.setdefault(attempt.item_id, []).append(Made(attempt, bool(waiting)))
    return found
