"""What waits for a person's marking, what was marked, and one answer with all that its marker needs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from course.db import db
from course.errors import NotFound
from course.learning.assessment import queries, rules
from course.learning.assessment.models import Attempt, AttemptQuestion, Marking, Response, Waiting
from course.learning.models import Enrolment
from course.quiz import waits
from course.quiz.model import Question


class Queue(NamedTuple):
    """How many answers wait for the asker's marking, since when the oldest does, and how many are the asker's own."""

    waits: int
    oldest: int | None
    own: int


EMPTY = Queue(0, None, 0)


class Listed(NamedTuple):
    """An answer in a list. `at` (microseconds) is since when it waits, or when it was marked; `marking` its id then."""

    response: int
    at: int
    person: int
    number: int
    question: str
    language: str
    text: str
    points: int
    fraction: int | None = None
    marking: int | None = None
    by: int | None = None

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to be marked. `question` is in the language in which it was given; `markings` the oldest first."""

    response: Response
    attempt: Attempt
    drawn: AttemptQuestion
    person: int
    question: Question
    markings: Sequence[Marking]

    @property
    def latest(self) -> Marking | None:
        return self.markings[-1] if self.markings else None


def waiting(courses: Collection[int], person: int) -> dict[int, int]:
    """By course, how many answers wait that this person may mark: not their own."""
    query = (
        select(Waiting.course_id, func.count())
        .join(Attempt, Attempt.id == Waiting.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Waiting.course_id.in_(courses), Enrolment.person_id != person)
        .group_by(Waiting.course_id)
    )
    return dict(db.session.execute(query).all()) if courses else {}


def queues(course: int, person: int) -> Mapping[int, Queue]:
    """By quiz item, what waits in a course for this person."""
    own = Enrolment.person_id == person
    query = (
        select(Waiting.item_id, own, func.count(), func.min(Waiting.since))
        .join(Attempt, Attempt.id == Waiting.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Waiting.course_id == course)
        .group_by(Waiting.item_id, own)
    )
    found: dict[int, Queue] = {}
    for item, mine, count, oldest in db.session.execute(query):
        so_far = found.get(item, EMPTY)
        found[item] = so_far._replace(own=count) if mine else so_far._replace(waits=count, oldest=oldest)
    return found


def listed(course: int, item: int, person: int, after: tuple[int, int], limit: int) -> list[Listed]:
    """Answers to a quiz that wait, oldest first, behind `after` (since when and the response of the last one seen)."""
    since, last = after
    query = (
        _answers(Waiting.since)
        .join(Waiting, Waiting.response_id == Response.id)
        .where(Waiting.course_id == course, Waiting.item_id == item, Enrolment.person_id != person)
        .where(or_(Waiting.since > since, and_(Waiting.since == since, Waiting.response_id > last)))
        .order_by(Waiting.since, Waiting.response_id)
    )
    return [Listed(*row) for row in db.session.execute(query.limit(limit))]


def following(course: int, item: int, person: int, after: tuple[int, int] = (0, 0)) -> int | None:
    """The response to mark next: the oldest behind `after`, else the oldest of all; None when none waits."""
    found = listed(course, item, person, after, 1) or listed(course, item, person, (0, 0), 1)
    return found[0].response if found else None


def marked(item: int, before: int | None, limit: int) -> list[Listed]:
    """Answers to a quiz that people marked, the last marked first, behind the marking `before`."""
    later = aliased(Marking)
    query = (
        _answers(Marking.at)
        .add_columns(Marking.fraction, Marking.id, Marking.by)
        .join(Marking, Marking.response_id == Response.id)
        .where(Attempt.item_id == item, Marking.by.is_not(None), Marking.revision_id.is_(None))
        .where(~select(later.id).where(later.response_id == Marking.response_id, later.id > Marking.id).exists())
        .order_by(Marking.id.desc())
    )
    if before is not None:
        query = query.where(Marking.id < before)
    return [Listed(*row) for row in db.session.execute(query.limit(limit))]


def _answers(at: InstrumentedAttribute[int]) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = select(
        Response.id,
        at,
        Enrolment.person_id,
        Attempt.number,
        AttemptQuestion.question,
        Response.language,
        func.coalesce(Response.text, ""),
        AttemptQuestion.points,
    )
    return (
        query.select_from(Response)
        .join(AttemptQuestion, AttemptQuestion.id == Response.attempt_question_id)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    )


def answer(item: int, response_id: int) -> Answer:
    """An answer to a quiz that people mark: one that counts, in a closed attempt. Raises NotFound for any other."""
    response = db.session.get(Response, response_id)
    if response is None:
        raise NotFound
    attempt = db.session.get_one(Attempt, response.attempt_id)
    if attempt.item_id != item or attempt.closed is None:
        raise NotFound
    for counting, question, value in queries.answered(attempt):
        if counting.id == response_id and waits(question, value):
            drawn = db.session.get_one(AttemptQuestion, response.attempt_question_id)
            person = db.session.get_one(Enrolment, attempt.enrolment_id).person_id
            return Answer(response, attempt, drawn, person, question, markings(response_id))
    raise NotFound


def markings(response_id: int) -> Sequence[Marking]:
    """Every marking of a response, the oldest first."""
    return db.session.scalars(select(Marking).where(Marking.response_id == response_id).order_by(Marking.id)).all()


def all_of(attempt: Attempt) -> Sequence[Marking]:
    """Every marking of an attempt's responses, the oldest first."""
    query = select(Marking).join(Response, Response.id == Marking.response_id)
    return db.session.scalars(query.where(Response.attempt_id == attempt.id).order_by(Marking.id)).all()


def of_attempt(attempt: Attempt) -> dict[int, list[Marking]]:
    """By attempt question, the markings of the response that counts, the oldest first."""
    counting = {response.id: question for question, response in rules.counting(queries.responses(attempt)).items()}
    found: dict[int, list[Marking]] = {}
    for marking in all_of(attempt):
        if marking.response_id in counting:
            found.setdefault(counting[marking.response_id], []).append(marking)
    return found
