"""What learners are allowed beyond a quiz's rules, and the rules as they hold for one of them."""

from collections.abc import Sequence
from fractions import Fraction

from sqlalchemy import select

from course.db import db
from course.learning.assessment.models import Allowance
from course.quiz.model import Rules
from course.quiz.starting import Extra, allowed


def allowances(enrolment_id: int) -> Sequence[Allowance]:
    """All that was ever granted to a learner in a course, the first one first."""
    return db.session.scalars(
        select(Allowance).where(Allowance.enrolment_id == enrolment_id).order_by(Allowance.id)
    ).all()


def extra(granted: Sequence[Allowance], item: int) -> Extra:
    """What of it holds at a quiz: the latest for it and the latest for every quiz, of each thing what is more."""
    latest = {row.item_id: row for row in granted if row.item_id in (item, None)}.values()
    return Extra(
        attempts=max((row.attempts for row in latest), default=0),
        time=max((Fraction(row.time, 100) for row in latest), default=Fraction(0)),
        closes=max((row.closes for row in latest if row.closes is not None), default=None),
    )


def rules_for(rules: Rules, enrolment_id: int, item: int) -> Rules:
    """A quiz's rules as they hold for a learner."""
    return allowed(rules, extra(allowances(enrolment_id), item))
