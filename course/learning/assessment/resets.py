"""Attempts that were set aside: they stay where they are, and count no more."""

from collections.abc import Sequence

from sqlalchemy import ScalarSelect, func, select

from course.db import db
from course.learning.assessment.models import Attempt, Reset


def resets(enrolment_id: int) -> Sequence[Reset]:
    """Every reset of a learner in a course, the first one first."""
    return db.session.scalars(select(Reset).where(Reset.enrolment_id == enrolment_id).order_by(Reset.id)).all()


def last_aside() -> ScalarSelect[int]:
    """For a query of attempts: the number of the last one at the same quiz that was set aside, 0 for none."""
    last = select(func.coalesce(func.max(Reset.number), 0))
    same = Reset.enrolment_id == Attempt.enrolment_id, Reset.item_id == Attempt.item_id
    return last.where(*same).correlate(Attempt).scalar_subquery()


def aside(made: Sequence[Reset], item: int) -> int:
    """The number of the last attempt at a quiz that was set aside, 0 for none; those before it are, too."""
    return max((one.number for one in made if one.item_id == item), default=0)


def counted(made: Sequence[Attempt], enrolment_id: int, item: int) -> Sequence[Attempt]:
    """Of a learner's attempts at a quiz those that count: what is allowed and the grade are by them alone."""
    return behind(made, aside(resets(enrolment_id), item)) if made else made


def behind(made: Sequence[Attempt], number: int) -> Sequence[Attempt]:
    """The attempts behind the one of this number."""
    return [one for one in made if one.number > number] if number else made
