"""The end of an attempt: closed once, graded from markings that are only ever appended."""

from collections.abc import Callable, Iterator, Sequence

import structlog
from sqlalchemy import Select, and_, literal, or_, select, tuple_
from sqlalchemy.exc import OperationalError

from course.catalogue import queries as catalogue
from course.db import db
from course.learning import events
from course.learning.assessment import queries, rules, signals, standing
from course.learning.assessment.actions.hold import hold
from course.learning.assessment.marking import queue
from course.learning.assessment.models import Attempt, Marking, Response
from course.learning.models import Enrolment
from course.quiz import SCORING_VERSION, millionths, score, waits

SWEPT_AT_ONCE = 20
"""Few, since on SQLite who saves an answer meanwhile waits until they are done."""
Place = tuple[int, int]
"""The ids of an enrolment and of an attempt in it: in this order sweeps go through attempts."""
log = structlog.get_logger("course.sweep")


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


def sweep(at: int, after: Place = (0, 0)) -> Place | None:
    """Close some attempts whose deadline has passed, behind the place `after`.

    Returns the place of the last one, None when none is left.
    """
    query = select(Attempt).where(Attempt.closed.is_(None), Attempt.deadline < at)
    return _each(_behind(query, after), lambda attempt: close(attempt, at, rules.OVERDUE))


def tell_closed(at: int, after: Place = (0, 0)) -> Place | None:
    """Count quizzes as passed whose marks waited until the quiz had closed. Twice does no harm.

    Nobody asks for anything in the moment in which a quiz closes, so this is swept: some attempts behind the place
    `after` at each call. Returns the place of the last one, None when none is left.
    """
    return _each(_not_told(at, after), lambda attempt: _tell(attempt, hold(attempt), at))


def _each(found: Sequence[Attempt], deed: Callable[[Attempt], None]) -> Place | None:
    """Do it with each; one with which it fails, such as on a revision that can no longer be read, keeps no other.

    What failed is undone and logged, and tried again by the next sweep.
    """
    places = [(attempt.enrolment_id, attempt.id) for attempt in found]
    for attempt, (_, number) in zip(found, places, strict=True):
        try:
            with db.session.begin_nested():
                deed(attempt)
        except OperationalError:  # the database is away, or full: there it fails with every one
            raise
        except Exception:
            log.exception("attempt left as it is", attempt=number)
    return places[-1] if places else None


def _behind(query: Select[Attempt], after: Place) -> Sequence[Attempt]:
    place = tuple_(Attempt.enrolment_id, Attempt.id)
    query = query.where(place > tuple_(*after)).order_by(Attempt.enrolment_id, Attempt.id)
    return db.session.scalars(query.limit(SWEPT_AT_ONCE)).all()


def _not_told(at: int, after: Place) -> Sequence[Attempt]:
    """Attempts at closed quizzes that reach the pass mark, of learners for whom the quiz is not done."""
    done = literal(",") + Enrolment.done_items + literal(",")
    passed = [
        and_(Attempt.item_id == item, Attempt.grade >= mark, done.not_like(f"%,{item},%"))
        for item, mark in _closed_quizzes(at)
    ]
    if not passed:
        return ()
    query = select(Attempt).join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    return _behind(query.where(or_(*passed)), after)


def _closed_quizzes(at: int) -> Iterator[tuple[int, int]]:
    """The item and the pass mark (millionths) of each published quiz that has closed."""
    for published in catalogue.courses():
        for name, quiz in published.outline.quizzes.items():
            if quiz.rules.closes is not None and quiz.rules.closes <= at and not quiz.rules.practice:
                yield published.item("quiz", name), millionths(quiz.rules.pass_mark)


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
    _tell(attempt, enrolment, at)


def _grade(attempt: Attempt, enrolment: Enrolment, at: int) -> None:
    """Mark what has no marking yet; what was marked since, by a person or a regrade, stays."""
    marked = queries.marked(attempt)
    waiting: list[Response] = []
    for response, question, value in queries.answered(attempt):
        if response.id in marked:
            continue
        if waits(question, value):
            waiting.append(response)
        else:
            fraction = millionths(score(question, value, response.language))
            db.session.add(Marking(response_id=response.id, fraction=fraction, version=SCORING_VERSION, at=at))
    queue.follow(attempt, enrolment, waiting)
    conclude(attempt, enrolment, attempt.closed or at)


def _tell(attempt: Attempt, enrolment: Enrolment, at: int) -> None:
    """What other rooms do with it is seen by the learner, so a quiz counts as passed once they may know that it is.

    Practice is done when it was handed in. `at` is when what is earned was earned.
    """
    taken = queries.revision(attempt)
    told = standing.is_told(enrolment, catalogue.published(taken.slug), attempt.item_id, at)
    passed = queries.rules(attempt).practice or (told and queries.is_passed(enrolment, taken, attempt.item_id))
    signals.closed.send(attempt, enrolment=enrolment, published=taken, passed=passed, at=at)
