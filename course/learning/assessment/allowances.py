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


def in_force(granted: Sequence[Allowance], item: int | None) -> Allowance | None:
    """Of what was granted for a quiz (None: for every quiz), the latest, which took the place of the others."""
    return next((row for row in reversed(granted) if row.item_id == item), None)


def felt(granted: Sequence[Allowance], item: int, rules: Rules) -> list[Allowance]:
    """What makes a difference at a quiz with these rules: for this quiz, and for every quiz."""
    found = [row for row in (in_force(granted, item), in_force(granted, None)) if row is not None]
    return [row for row in found if allowed(rules, extra([row], item)) != rules]


def extra(granted: Sequence[Allowance], item: int) -> Extra:
    """What of it holds at a quiz: the latest for it and the latest for every quiz, of each thing what is more."""
    latest = [row for row in (in_force(granted, item), in_force(granted, None)) if row is not None]
    return Extra(
        attempts=max((row.attempts for row in latest), default=0),
        time=max((Fraction(row.time, 100) for row in latest), default=Fraction(0)),
        closes=max((row.closes for row in latest if row.closes is not None), default=None),
    )


def rules_for(rules: Rules, enrolment_id: int, item: int) -> Rules:
    """A quiz's rules as they hold for a learner."""
    return allowed(rules, extra(allowances(enrolment_id), item))
