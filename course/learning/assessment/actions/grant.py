"""Granting a learner more than the rules of a quiz allow: time, attempts, a later closing."""

from flask_babel import gettext as _
from sqlalchemy import select

from course.catalogue import queries as catalogue
from course.db import db
from course.errors import Invalid, NotAllowed
from course.learning.assessment import queries, rules
from course.learning.assessment.actions.hold import hold_enrolment
from course.learning.assessment.allowances import rules_for
from course.learning.assessment.models import Allowance, Attempt
from course.learning.models import Enrolment
from course.people.audit.actions import audit
from course.quiz.starting import deadline

MOST_ATTEMPTS, MOST_TIME, LONGEST_REASON = 1000, 1000, 2000


def grant(
    enrolment: Enrolment,
    item: int | None,
    *,
    attempts: int = 0,
    time: int = 0,
    closes: int | None = None,
    by: int,
    reason: str,
    at: int,
) -> Allowance:
    """Allow a learner more at a quiz (its item; None for every quiz). It takes the place of what was granted before.

    `attempts` more, `time` percent more of the time limit, `closes` in microseconds. An attempt under way gets its
    extra time at once; nothing is ever shortened by it. Raises Invalid for figures out of range and without a reason,
    NotAllowed for whoever would grant something to themselves.
    """
    if by == enrolment.person_id:
        raise NotAllowed(_("Nobody grants anything to themselves. Ask somebody else to do it."))
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        raise Invalid(_("Say why, in 2,000 characters at most. Whoever looks later wants to know."))
    if not (0 <= attempts <= MOST_ATTEMPTS and 0 <= time <= MOST_TIME):
        raise Invalid(_("Extra attempts and extra time (in percent) are from 0 to 1,000."))
    enrolment = hold_enrolment(enrolment.id)
    made = Allowance(
        enrolment_id=enrolment.id,
        item_id=item,
        attempts=attempts,
        time=time,
        closes=closes,
        by=by,
        reason=why,
        at=at,
    )
    db.session.add(made)
    db.session.flush()
    course = catalogue.slug_of(enrolment.course_id)
    audit(by, "granted", enrolment.person_id, f"allowance {made.id}", course=course, detail=why)
    for attempt in _under_way(enrolment, item, at):
        _lengthen(attempt)
    return made


def _under_way(enrolment: Enrolment, item: int | None, at: int) -> list[Attempt]:
    query = select(Attempt).where(Attempt.enrolment_id == enrolment.id, Attempt.closed.is_(None))
    found = db.session.scalars(query.with_for_update().execution_options(populate_existing=True))
    return [one for one in found if rules.is_open(one, at) and item in (None, one.item_id)]


def _lengthen(attempt: Attempt) -> None:
    own = queries.rules(attempt)
    end = deadline(rules_for(own, attempt.enrolment_id, attempt.item_id), attempt.started)
    if attempt.deadline is not None:
        attempt.deadline = None if end is None else max(attempt.deadline, end)
