"""The queue of answers that wait for a person's marking: kept in the transactions that fill and empty it."""

from collections.abc import Collection

from sqlalchemy import delete, select

from course.db import db
from course.learning.assessment.models import Attempt, Response, Waiting
from course.learning.models import Enrolment


def follow(attempt: Attempt, enrolment: Enrolment, waiting: Collection[Response]) -> None:
    """Make the queue hold exactly these of a closed attempt's answers."""
    now = {response.id for response in waiting}
    held = set(db.session.scalars(select(Waiting.response_id).where(Waiting.attempt_id == attempt.id)))
    if held - now:
        db.session.execute(delete(Waiting).where(Waiting.response_id.in_(held - now)))
    for response in sorted(now - held):
        db.session.add(
            Waiting(
                response_id=response,
                attempt_id=attempt.id,
                course_id=enrolment.course_id,
                item_id=attempt.item_id,
                since=attempt.closed,
            )
        )
    db.session.flush()


def leave(response: Response) -> None:
    """Somebody marked this answer."""
    db.session.execute(delete(Waiting).where(Waiting.response_id == response.id))
