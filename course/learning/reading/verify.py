"""Whether what is stored is what the log says: every grade and every progress figure, worked out again."""

from collections.abc import Iterable, Iterator

from sqlalchemy import func, select

from course.db import db
from course.learning.assessment import actions, queries
from course.learning.assessment.actions.save import Saved
from course.learning.assessment.models import Attempt, Marking, Response, Save
from course.learning.models import Enrolment, Event
from course.learning.reading import log
from course.quiz import SCORING_VERSION

AT_ONCE = 200


def enrolments() -> int:
    """How many there are to look at."""
    return db.session.scalar(select(func.count()).select_from(Enrolment)) or 0


def differences() -> Iterator[list[str]]:
    """For each enrolment, oldest first, a sentence for everything that differs. Reads only; needs no quiet moment."""
    after: int | None = 0
    while after is not None:
        db.session.rollback()
        if db.engine.dialect.name != "sqlite":  # where each statement would see a later moment
            db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        query = select(Enrolment).where(Enrolment.id > after).order_by(Enrolment.id).limit(AT_ONCE)
        found = db.session.scalars(query).all()
        for enrolment in found:
            yield [*_progress(enrolment), *_attempts(enrolment)]
        after = found[-1].id if found else None
        db.session.rollback()


def _progress(enrolment: Enrolment) -> Iterator[str]:
    query = select(Event).where(Event.enrolment_id == enrolment.id).order_by(Event.id)
    told, stored = log.replay(db.session.scalars(query)), log.stored(enrolment)
    if told != stored:
        yield f"enrolment {enrolment.id}: the log says {told}, stored is {stored}"


def _attempts(enrolment: Enrolment) -> Iterator[str]:
    made = db.session.scalars(select(Attempt).where(Attempt.enrolment_id == enrolment.id).order_by(Attempt.id)).all()
    for attempt in made:
        yield from (f"attempt {attempt.id}: {what}" for what in _attempt(attempt))
    if (closed := sum(attempt.closed is not None for attempt in made)) != _submissions(enrolment):
        yield f"enrolment {enrolment.id}: {closed} attempts are closed, the log tells of {_submissions(enrolment)}"


def _submissions(enrolment: Enrolment) -> int:
    query = select(func.count()).where(Event.enrolment_id == enrolment.id, Event.verb == "submitted")
    return db.session.scalar(query) or 0


def _attempt(attempt: Attempt) -> Iterator[str]:
    kept = queries.responses(attempt)
    numbers = [response.number for response in kept]
    if numbers != list(range(1, attempt.responses + 1)):
        yield f"{attempt.responses} responses were counted, and these are there: {numbers}"
    yield from _acknowledged(attempt, set(numbers))
    if attempt.closed is not None:
        if (again := actions.recompute(attempt)) != attempt.grade:
            yield f"its markings give {again}, the stored grade is {attempt.grade}"
        yield from _marked(attempt, kept)


def _acknowledged(attempt: Attempt, numbers: set[int]) -> Iterator[str]:
    for outcome in db.session.scalars(select(Save.outcome).where(Save.attempt_id == attempt.id)):
        if lost := set(Saved.read(outcome).made.values()) - numbers:
            yield f"responses {sorted(lost)} were acknowledged and are not there"


def _marked(attempt: Attempt, kept: Iterable[Response]) -> Iterator[str]:
    """Score the answers again, where they were scored by today's rules and by no person."""
    latest: dict[int, Marking] = {}
    query = select(Marking).where(Marking.response_id.in_([response.id for response in kept])).order_by(Marking.id)
    for marking in db.session.scalars(query):
        latest[marking.response_id] = marking
    for response, fraction in queries.scored(attempt):
        marked = latest.get(response.id)
        if marked is None:
            yield f"response {response.number} counts and was never marked"
        elif marked.by is None and marked.version == SCORING_VERSION and marked.fraction != fraction:
            yield f"response {response.number} is worth {fraction}, and was marked {marked.fraction}"
