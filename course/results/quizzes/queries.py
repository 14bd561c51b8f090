"""Attempts at a quiz, in figures and one by one. Lists are read a page at a time, by the last row seen (keyset)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, case, func, not_, or_, select

from course.clock import MICROSECONDS
from course.db import db
from course.errors import NotFound
from course.learning.assessment.models import MILLION, Attempt, Marking, Response
from course.learning.models import Enrolment
from course.people.models import Account
from course.results.names import folded
from course.results.overview.queries import MONDAY, WEEK, waits
from course.results.scope import Scope

TENTH = MILLION // 10
MINUTE = 60 * MICROSECONDS
PAGE = 50
SORTS = ("newest", "oldest", "best", "worst")
OUTCOMES = ("passed", "failed", "open")


class Numbered(NamedTuple):
    """Attempts of one number: how many were handed in, passed, and their mean grade (0 to 1)."""

    number: int
    attempts: int
    passed: int
    grade: float


@dataclass(frozen=True, slots=True)
class Listed:
    """An attempt in a list. `grade` in millionths, None while it is open; moments in microseconds UTC."""

    id: int
    person: int
    name: str
    number: int
    started: int
    closed: int | None
    grade: int | None
    why: str | None

    @property
    def took(self) -> int | None:
        return None if self.closed is None else self.closed - self.started


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which attempts a list shows, and in which order. `after`: sort value and id of the last one seen."""

    sort: str = "newest"
    outcome: str = ""
    number: int | None = None
    name: str = ""
    after: tuple[int, int] | None = None


def _closed(item: int, scope: Scope, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Attempts that were handed in and marked."""
    return (
        select(*columns)
        .select_from(Attempt)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Attempt.item_id == item, Attempt.closed.is_not(None), not_(waits()), *scope.conditions)
    )


def by_tenth(item: int, scope: Scope) -> list[int]:
    """How many attempts have a grade of 0 to 9 %, of 10 to 19 %, ...; 100 % is with the last."""
    tenth = case((Attempt.grade >= MILLION, 9), else_=Attempt.grade // TENTH)
    query = _closed(item, scope, tenth, func.count()).group_by(tenth)
    found = {row[0]: row[1] for row in db.session.execute(query)}
    return [found.get(at, 0) for at in range(10)]


def by_number(item: int, scope: Scope, pass_mark: int) -> list[Numbered]:
    """By attempt number. `pass_mark` in millionths."""
    passed = func.sum(case((Attempt.grade >= pass_mark, 1), else_=0))
    query = _closed(item, scope, Attempt.number, func.count(), passed, func.sum(Attempt.grade))
    rows = db.session.execute(query.group_by(Attempt.number).order_by(Attempt.number))
    return [Numbered(number, count, passes, float(grades) / count / MILLION) for number, count, passes, grades in rows]


def by_week(item: int, scope: Scope) -> Mapping[int, int]:
    """By the Monday (microseconds UTC) of each week: how many attempts were handed in."""
    week = (Attempt.closed - MONDAY) // WEEK
    query = _closed(item, scope, week, func.count()).group_by(week).order_by(week)
    return {int(number) * WEEK + MONDAY: count for number, count in db.session.execute(query)}


def by_minutes(item: int, scope: Scope) -> Mapping[int, int]:
    """By whole minutes taken: how many attempts."""
    minutes = (Attempt.closed - Attempt.started) // MINUTE
    query = _closed(item, scope, minutes, func.count()).group_by(minutes).order_by(minutes)
    return {int(number): count for number, count in db.session.execute(query)}


def listed(item: int, scope: Scope, wanted: Wanted, pass_mark: int) -> list[Listed]:
    """A page of attempts, and one more where there is a next page."""
    name = func.coalesce(func.nullif(Account.name, ""), Account.username, "")
    query = (
        select(
            Attempt.id, Enrolment.person_id, name, Attempt.number, Attempt.started, Attempt.closed, Attempt.grade,
            Attempt.why,
        )
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .outerjoin(Account, Account.person_id == Enrolment.person_id)
        .where(Attempt.item_id == item, *scope.conditions, *_wanted(wanted, pass_mark))
    )  # fmt: skip
    if wanted.name:
        # Numbers of ours, written into the statement: there may be more of them than it can have parameters.
        people = _called(item, scope, name, wanted.name)
        found: BindParameter[Any] = bindparam("found", people, expanding=True, literal_execute=True)
        query = query.where(Enrolment.person_id.in_(found))
    column, descending = _order(wanted.sort)
    if wanted.after:
        query = query.where(_behind(column, descending, *wanted.after))
    order = [column.desc(), Attempt.id.desc()] if descending else [column, Attempt.id]
    return [Listed(*row) for row in db.session.execute(query.order_by(*order).limit(PAGE + 1))]


def _called(item: int, scope: Scope, name: Any, part: str) -> list[int]:
    """The people who tried a quiz and in whose name this stands, in small or capital letters, with accents or without.

    Looked through here, since SQLite knows only the small letters of ASCII, and PostgreSQL those of its locale.
    """
    query = (
        select(Enrolment.person_id, name)
        .join(Attempt, Attempt.enrolment_id == Enrolment.id)
        .outerjoin(Account, Account.person_id == Enrolment.person_id)
        .where(Attempt.item_id == item, *scope.conditions)
    )
    wanted = folded(part)
    return [person for person, called in db.session.execute(query.distinct()) if wanted in folded(called)]


def sort_value(sort: str, one: Listed) -> int:
    """By what a row stands where it does, for the address of the next page."""
    return one.id if sort in ("newest", "oldest") else (-1 if one.grade is None else one.grade)


def _order(sort: str) -> tuple[Any, bool]:
    grade = func.coalesce(Attempt.grade, -1)
    return (grade if sort in ("best", "worst") else Attempt.id), sort in ("newest", "best")


def _behind(column: Any, descending: bool, value: int, last: int) -> ColumnElement[bool]:
    if descending:
        return or_(column < value, and_(column == value, Attempt.id < last))
    return or_(column > value, and_(column == value, Attempt.id > last))


def _wanted(wanted: Wanted, pass_mark: int) -> Sequence[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    match wanted.outcome:
        case "passed":
            found.append(Attempt.grade >= pass_mark)
        case "failed":
            found.append(Attempt.grade < pass_mark)
        case "open":
            found.append(Attempt.closed.is_(None))
    if wanted.number is not None:
        found.append(Attempt.number == wanted.number)
    return found


def attempt(item: int, scope: Scope, attempt_id: int) -> tuple[Attempt, Enrolment]:
    """An attempt at this quiz by a learner of this course. Raises NotFound for any other."""
    query = (
        select(Attempt, Enrolment)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Attempt.id == attempt_id, Attempt.item_id == item, Enrolment.course_id == scope.course_id)
    )
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def markings(attempt: Attempt) -> Mapping[int, Sequence[Marking]]:
    """By response, its markings, the oldest first."""
    query = (
        select(Marking)
        .join(Response, Response.id == Marking.response_id)
        .where(Response.attempt_id == attempt.id)
        .order_by(Marking.id)
    )
    found: dict[int, list[Marking]] = {}
    for marking in db.session.scalars(query):
        found.setdefault(marking.response_id, []).append(marking)
    return found


def name_of(person: int) -> str:
    """What a learner is called; "" for somebody without a name, or whose account is gone."""
    account = db.session.get(Account, person)
    return "" if account is None else account.name or account.username or ""
