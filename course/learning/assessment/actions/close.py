"""The end of an attempt: closed once, graded from markings that are only ever appended."""

from sqlalchemy import select

from course.db import db
from course.learning import events
from course.learning.assessment import queries, rules, signals
from course.learning.assessment.actions.hold import hold
from course.learning.assessment.marking import queue
from course.learning.assessment.models import Attempt, Marking, Response
from course.learning.models import Enrolment
from course.quiz import SCORING_VERSION, millionths, score, waits

SWEPT_AT_ONCE = 100


def close(attempt: Attempt, at: int, why: str) -> None:
    """Close and grade an attempt. `why` is `submitted`, or `overdue`: then it closes at its deadline, not at `at`.

    One that is closed already stays as it is.
    """
    enrolment = hold(attempt)
    if attempt.closed is not None:
        return
    moment = attempt.deadline if why == rules.OVERDUE and attempt.deadline is not None else at
    attempt.closed, attempt.why = moment, why
    events.record(
        enrolment,
        "submitted",
        item=attempt.item_id,
        revision=attempt.revision_id,
        at=moment,
        attempt=attempt.number,
        why=why,
    )
    _grade(attempt, enrolment, at)


def settle(attempt: Attempt, at: int) -> None:
    """Bring a row to where time has brought the attempt: close it when it is overdue.

    Where it was closed over an answer that came in time but had to wait, grade it anew.
    """
    if rules.overdue(attempt, at):
        close(attempt, at, rules.OVERDUE)
    elif attempt.closed is not None and not rules.is_late(attempt, at):
        _grade(attempt, hold(attempt), at)


def sweep(at: int) -> int:
    """Close attempts whose deadline has passed; how many it closed. Call it again until that is none."""
    query = select(Attempt).where(Attempt.closed.is_(None), Attempt.deadline < at)
    found = db.session.scalars(query.order_by(Attempt.enrolment_id, Attempt.id).limit(SWEPT_AT_ONCE)).all()
    for attempt in found:
        close(attempt, at, rules.OVERDUE)
    return len(found)


def recompute(attempt: Attempt) -> int:
    """The grade, in millionths, that a closed attempt's markings give: the same as the stored one, exactly."""
    return queries.grade(attempt, queries.fractions(attempt))


def conclude(attempt: Attempt, enrolment: Enrolment, at: int) -> None:
    """What follows from markings that were just appended: the grade, and what hangs on it.

    `at` (microseconds) is when what is earned by them was earned.
    """
    db.session.flush()
    attempt.grade = recompute(attempt)
    db.session.flush()
    published = queries.revision(attempt)
    passed = queries.is_passed(enrolment, published, attempt.item_id)
    signals.closed.send(attempt, enrolment=enrolment, published=published, passed=passed, at=at)


def _grade(attempt: Attempt, enrolment: Enrolment, at: int) -> None:
    """Mark what has no marking yet; what was marked since, by a person or a regrade, stays."""
    marked = queries.marked(attempt)
    waiting: list[Response] = []
    for response, question, value in queries.answered(attempt):
        if response.attempt_question_id in marked:
            continue
        if waits(question, value):
            waiting.append(response)
        else:
            fraction = millionths(score(question, value, response.language))
            db.session.add(Marking(response_id=response.id, fraction=fraction, version=SCORING_VERSION, at=at))
    queue.follow(attempt, enrolment, waiting)
    conclude(attempt, enrolment, attempt.closed or at)
