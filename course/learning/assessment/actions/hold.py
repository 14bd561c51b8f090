"""Locks. The enrolment's row comes first and the attempt's second, everywhere, so that no two writers cross."""

from sqlalchemy import select

from course.db import db
from course.learning.assessment.models import Attempt
from course.learning.models import Enrolment


def hold_enrolment(enrolment_id: int) -> Enrolment:
    """The enrolment as it is now; whoever else wants to write to it waits until this transaction ends."""
    query = select(Enrolment).where(Enrolment.id == enrolment_id)
    return db.session.execute(query.with_for_update().execution_options(populate_existing=True)).scalar_one()


def hold(attempt: Attempt) -> Enrolment:
    """Hold an attempt and the enrolment that it belongs to; the attempt is read again."""
    enrolment = hold_enrolment(attempt.enrolment_id)
    db.session.refresh(attempt, with_for_update=True)
    return enrolment
