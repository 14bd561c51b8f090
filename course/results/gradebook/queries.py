"""The learners of a course a page at a time, and their attempts. A page reads what stands on it, and no more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

from sqlalchemy import BindParameter, and_, bindparam, func, or_, select

from course.db import db
from course.learning.assessment.models import MILLION, Attempt, Reset
from course.learning.models import Enrolment, Event
from course.people.models import Account
from course.results.gradebook.rules import Made
from course.results.names import called, folded
from course.results.overview.queries import waits
from course.results.scope import Scope

PAGE = 50
SORTS = ("name", "newest", "oldest")


@dataclass(frozen=True, slots=True)
class Learner:
    """An enrolment in the list. `sorted_by`: its name as the list by name is sorted; moments in microseconds UTC."""

    enrolment: int
    person: int
    name: str
    sorted_by: str
    at: int
    ended: int | None
    done_items: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which learners, in which order. `after`: the name (as sorted) and the enrolment of the last one seen."""

    sort: str = SORTS[0]
    name: str = ""
    after: tuple[str, int] | None = None

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """From an address's query; what is not understood is left out."""
        last, _dot, name = query.get("after", "").partition(".")
        good = last.isascii() and last.isdecimal() and len(last) < 19
        sort = query.get("sort", "")
        return cls(
            sort=sort if sort in SORTS else SORTS[0],
            name=query.get("name", "").strip()[:100],
            after=(name, int(last)) if good else None,
        )


def listed(scope: Scope, wanted: Wanted, limit: int = PAGE + 1) -> list[Learner]:
    """A page of learners, and one more where there is a next page."""
    name = func.coalesce(func.nullif(Account.name, ""), Account.username, "")
    key = func.lower(name)
    query = (
        select(
            Enrolment.id, Enrolment.person_id, name, key, Enrolment.at, Enrolment.ended, Enrolment.done_items
        )
        .outerjoin(Account, Account.person_id == Enrolment.person_id)
        .where(*scope.conditions)
    )  # fmt: skip
    if wanted.name:
        # Numbers of ours, written into the statement: there may be more of them than it can have parameters.
        people = called(scope, folded(wanted.name))
        found: BindParameter[Any] = bindparam("found", people, expanding=True, literal_execute=True)
        query = query.where(Enrolment.person_id.in_(found))
    if wanted.after:
        text, last = wanted.after
        query = query.where(
            {
                "name": or_(key > text, and_(key == text, Enrolment.id > last)),
                "newest": Enrolment.id < last,
                "oldest": Enrolment.id > last,
            }[wanted.sort]
        )
    order: Sequence[Any] = {"name": (key, Enrolment.id), "newest": (Enrolment.id.desc(),), "oldest": (Enrolment.id,)}[
        wanted.sort
    ]
    return [Learner(*row) for row in db.session.execute(query.order_by(*order).limit(limit))]


def attempts(enrolments: Sequence[int]) -> Mapping[tuple[int, int], list[Made]]:
    """By enrolment and quiz item, every attempt that was not set aside, the first one first."""
    aside = select(Reset.id).where(
        Reset.enrolment_id == Attempt.enrolment_id, Reset.item_id == Attempt.item_id, Reset.number >= Attempt.number
    )
    query = select(Attempt.enrolment_id, Attempt.item_id, Attempt.closed, Attempt.grade, waits())
    query = query.where(Attempt.enrolment_id.in_(enrolments), ~aside.exists())
    query = query.order_by(Attempt.enrolment_id, Attempt.number)
    found: dict[tuple[int, int], list[Made]] = {}
    for enrolment, item, closed, grade, waiting in db.session.execute(query):
        earned = None if closed is None else Fraction(grade or 0, MILLION)
        found.setdefault((enrolment, item), []).append(Made(earned, bool(waiting)))
    return found


def last_active(enrolments: Sequence[int]) -> Mapping[int, int]:
    """By enrolment, when its learner did something last (microseconds UTC)."""
    query = select(Event.enrolment_id, func.max(Event.at)).where(Event.enrolment_id.in_(enrolments))
    return dict(db.session.execute(query.group_by(Event.enrolment_id)).all())
