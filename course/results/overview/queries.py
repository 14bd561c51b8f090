"""A course in figures. Each is one query over its learners' rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select

from course.db import db
from course.learning.assessment.models import MILLION, Attempt, Waiting
from course.learning.models import Enrolment, Event
from course.learning.reading.models import Completion
from course.people.models import Account
from course.results.scope import Scope
from course.web.days import DAY

LATELY = 14 * DAY
WEEK = 7 * DAY
MONDAY = 4 * DAY
"""1970 began on a Thursday: weeks are counted from the Monday after."""


@dataclass(frozen=True, slots=True)
class Learners:
    """How many people. `active`: did something within `LATELY`; `left`: ended their enrolment."""

    enrolled: int
    active: int
    completed: int
    left: int


@dataclass(frozen=True, slots=True)
class Quizzed:
    """A quiz in figures. `tried`: learners who handed an attempt in; `waits`: attempts with answers that wait for
    marking; `grade`: the mean, 0 to 1, of the others.
    """

    tried: int = 0
    attempts: int = 0
    open: int = 0
    waits: int = 0
    grade: float | None = None


def learners(scope: Scope, now: int) -> Learners:
    whole = select(Completion.id).where(Completion.enrolment_id == Enrolment.id, Completion.item_id.is_(None)).exists()
    query = select(
        func.count(), func.sum(case((whole, 1), else_=0)), func.sum(case((Enrolment.ended.is_not(None), 1), else_=0))
    ).where(*scope.conditions)
    enrolled, completed, left = db.session.execute(query).one()
    return Learners(enrolled, _active(scope, now), completed or 0, left or 0)


def _active(scope: Scope, now: int) -> int:
    query = (
        select(func.count(func.distinct(Event.enrolment_id)))
        .select_from(Event)
        .join(Enrolment, Enrolment.id == Event.enrolment_id)
        .where(Event.at >= now - LATELY, *scope.conditions)
    )
    return db.session.scalar(query) or 0


def done(scope: Scope) -> Mapping[int, int]:
    """By item, how many learners have completed it."""
    query = (
        select(Completion.item_id, func.count())
        .join(Enrolment, Enrolment.id == Completion.enrolment_id)
        .where(Completion.item_id.is_not(None), *scope.conditions)
        .group_by(Completion.item_id)
    )
    return {item: count for item, count in db.session.execute(query) if item is not None}


def quizzes(scope: Scope) -> Mapping[int, Quizzed]:
    """By quiz item."""
    closed = Attempt.closed.is_not(None)
    query = (
        select(
            Attempt.item_id,
            func.count(func.distinct(case((closed, Attempt.enrolment_id)))),
            func.sum(case((closed, 1), else_=0)),
            func.sum(case((closed, 0), else_=1)),
            func.sum(case((waits(), 1), else_=0)),
            func.sum(case((waits(), 0), else_=Attempt.grade)),
        )
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(*scope.conditions)
        .group_by(Attempt.item_id)
    )
    return {
        item: Quizzed(tried, attempts, unfinished, waiting, _mean(grades, attempts - waiting))
        for item, tried, attempts, unfinished, waiting, grades in db.session.execute(query)
    }


def waits() -> ColumnElement[bool]:
    """For a query over attempts: whether an answer in one still waits for marking, so that its grade says little."""
    return select(Waiting.response_id).where(Waiting.attempt_id == Attempt.id).exists()


def _mean(grades: int | None, attempts: int) -> float | None:
    return float(grades or 0) / attempts / MILLION if attempts else None


def by_language(scope: Scope) -> Mapping[str, tuple[int, int]]:
    """By the language that learners chose to be addressed in: how many enrolled, and how many completed the course."""
    whole = select(Completion.id).where(Completion.enrolment_id == Enrolment.id, Completion.item_id.is_(None)).exists()
    query = (
        select(Account.language, func.count(), func.sum(case((whole, 1), else_=0)))
        .select_from(Enrolment)
        .join(Account, Account.person_id == Enrolment.person_id)
        .where(*scope.conditions)
        .group_by(Account.language)
        .order_by(func.count().desc(), Account.language)
    )
    return {language: (enrolled, completed) for language, enrolled, completed in db.session.execute(query)}


def by_week(scope: Scope) -> Mapping[int, int]:
    """By the Monday (microseconds UTC) of each week: how many enrolled in it."""
    week = (Enrolment.at - MONDAY) // WEEK
    query = select(week, func.count()).where(*scope.conditions).group_by(week).order_by(week)
    return {int(number) * WEEK + MONDAY: count for number, count in db.session.execute(query)}
