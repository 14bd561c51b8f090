"""A person marks an answer; a regrade marks answers anew by a corrected key. Both append; nothing here commits."""

from flask_babel import gettext as _

from course.catalogue.published import Published
from course.db import db
from course.errors import Conflict, Invalid, NotAllowed
from course.learning.assessment import queries as assessment
from course.learning.assessment.actions.close import conclude
from course.learning.assessment.actions.hold import hold
from course.learning.assessment.marking import queries, queue, regrading
from course.learning.assessment.marking.queries import Answer
from course.learning.assessment.marking.rules import Given, write_levels
from course.learning.assessment.models import Attempt, Marking
from course.people.audit.actions import audit
from course.quiz import SCORING_VERSION, millionths


class Clash(Conflict):
    """Somebody else marked the answer since the page was made. `latest` is what counts now."""

    def __init__(self, latest: Marking) -> None:
        super().__init__(_("Somebody else has marked this answer meanwhile."))
        self.latest = latest


def mark(found: Answer, given: Given, base: int, by: int, at: int) -> Marking:
    """Mark an answer. `base` is the id of the marking that the page showed, 0 for none.

    Sending the same once more is sending it once. Raises NotAllowed for one's own answer, Clash where a marking came
    between, Invalid where an earlier marking is set aside without a reason.
    """
    enrolment = hold(found.attempt)
    if enrolment.person_id == by:
        raise NotAllowed(_("This is your own answer. Another trainer or an admin marks it."))
    markings = queries.markings(found.response.id)
    latest = markings[-1] if markings else None
    if latest is not None and latest.id != base:
        if _same(latest, given, by):
            return latest
        raise Clash(latest)
    if latest is not None and not given.reason:
        raise Invalid(_("Say why the earlier marking is to be set aside."))
    marking = Marking(
        response_id=found.response.id,
        fraction=millionths(given.fraction),
        by=by,
        version=SCORING_VERSION,
        reason=given.reason,
        comment=given.comment,
        levels=write_levels(given.levels),
        at=at,
    )
    db.session.add(marking)
    queue.leave(found.response)
    before = found.attempt.grade
    conclude(found.attempt, enrolment, at)
    what, course = _subject(found.attempt, before), assessment.revision(found.attempt).slug
    audit(by, "marked", enrolment.person_id, what, course=course, detail=given.reason)
    return marking


def _same(marking: Marking, given: Given, by: int) -> bool:
    sent = (by, millionths(given.fraction), write_levels(given.levels), given.comment, given.reason)
    return sent == (marking.by, marking.fraction, marking.levels, marking.comment, marking.reason)


def regrade(attempt: Attempt, published: Published, by: int, reason: str, at: int) -> int:
    """Mark a closed attempt's answers anew by the keys of `published`; how many got another fraction.

    A marking is appended where the fraction differs, and nowhere else. Raises NotAllowed for one's own attempt,
    Invalid without a reason.
    """
    enrolment = hold(attempt)
    if enrolment.person_id == by:
        raise NotAllowed(_("Nobody regrades an attempt of their own."))
    if not reason.strip():
        raise Invalid(_("Say why: the learners whom it changes are told."))
    if attempt.closed is None:
        return 0
    changes = regrading.of_attempt(attempt, published).changes
    for change in changes:
        marking = Marking(
            response_id=change.response,
            fraction=change.after,
            by=by,
            version=SCORING_VERSION,
            reason=reason.strip(),
            at=at,
            revision_id=published.revision_id,
        )
        db.session.add(marking)
    if changes:
        before = attempt.grade
        conclude(attempt, enrolment, at)
        what = _subject(attempt, before)
        audit(by, "regraded", enrolment.person_id, what, course=published.slug, detail=reason.strip())
    return len(changes)


def _subject(attempt: Attempt, before: int | None) -> str:
    """Which attempt, and its grade before and after, in millionths."""
    return f"attempt {attempt.id}: {before} to {attempt.grade}"
