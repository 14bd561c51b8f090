"""Letting a learner begin a quiz anew: what they did so far is set aside, and nothing is deleted."""

from flask_babel import gettext as _

from course.catalogue import queries as catalogue
from course.db import db
from course.errors import Conflict, Invalid, NotAllowed
from course.learning.assessment import queries, rules
from course.learning.assessment.actions.close import settle
from course.learning.assessment.actions.hold import hold_enrolment
from course.learning.assessment.models import Reset
from course.learning.assessment.resets import counted
from course.learning.models import Enrolment
from course.people.audit.actions import audit

LONGEST_REASON = 2000


def reset(enrolment: Enrolment, item: int, *, by: int, reason: str, at: int) -> Reset:
    """Set a learner's attempts at a quiz aside: they stay to be seen, but count for nothing any more.

    What was completed by them stays completed. Raises NotAllowed for one's own attempts, Invalid without a reason,
    Conflict where there is none to set aside or one is under way.
    """
    if by == enrolment.person_id:
        raise NotAllowed(_("Nobody sets attempts of their own aside. Ask somebody else to do it."))
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        raise Invalid(_("Say why, in 2,000 characters at most. Whoever looks later wants to know."))
    enrolment = hold_enrolment(enrolment.id)
    made = counted(queries.attempts(enrolment, item), enrolment.id, item)
    if any(rules.is_open(attempt, at) for attempt in made):
        raise Conflict(_("An attempt is under way. It can be set aside once it is handed in."))
    if not made:
        raise Conflict(_("There is no attempt that could be set aside."))
    for attempt in made:
        if rules.overdue(attempt, at):
            settle(attempt, at)
    done = Reset(enrolment_id=enrolment.id, item_id=item, number=made[-1].number, by=by, reason=why, at=at)
    db.session.add(done)
    db.session.flush()
    course, what = catalogue.slug_of(enrolment.course_id), f"reset {done.id}"
    audit(by, "reset", enrolment.person_id, what, course=course, detail=why)
    return done
