"""Where learners stand. The hot pages ask one question of the database: publication, enrolment and progress at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, and_, select
from sqlalchemy.orm import aliased

from course.catalogue import queries as catalogue
from course.catalogue.models import Course
from course.catalogue.published import Published
from course.db import db
from course.errors import NotFound
from course.learning.models import Enrolment
from course.learning.reading import rules
from course.learning.reading.models import Completion, Position


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's place in a course, on its current publication. `enrolment` is None for who is not enrolled.

    `done` are completed items; `completed` the moment in which the course was, if it was; `stopped_at` the item
    and section where reading stopped.
    """

    published: Published
    enrolment: int | None = None
    done: rules.Done = rules.NOTHING_DONE
    completed: int | None = None
    stopped_at: tuple[int, str] | None = None

    @property
    def percent(self) -> int:
        """Progress, 0 to 100, over what the current publication asks for."""
        return rules.percent(self.done, rules.required(self.published))

    def is_done(self, kind: str, name: str) -> bool:
        return self.published.item(kind, name) in self.done


def enrolment(person: int, course_id: int, lock: bool = False) -> Enrolment | None:
    """The person's open enrolment in a course; with `lock`, nobody else changes what belongs to it meanwhile."""
    query = select(Enrolment).where(
        Enrolment.person_id == person, Enrolment.course_id == course_id, Enrolment.ended.is_(None)
    )
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(query)


def standing(person: int | None, slug: str) -> Standing:
    """Where this person (None: a visitor) stands in a course. Raises NotFound where there is no such course."""
    row = db.session.execute(_standings(person).where(Course.slug == slug)).first()
    if row is None:
        raise NotFound
    return _standing(row, person)


def standings(person: int | None) -> list[Standing]:
    """Where this person stands in every published course, by the courses' slugs."""
    rows: Sequence[Row[*tuple[Any, ...]]] = db.session.execute(_standings(person).order_by(Course.slug)).all()
    return [_standing(row, person) for row in rows]


def _standings(person: int | None) -> Select[*tuple[Any, ...]]:
    query = catalogue.current()
    if person is None:
        return query
    whole = aliased(Completion)
    return (
        query.add_columns(Enrolment.id, Enrolment.done_items, whole.at, Position.item_id, Position.section)
        .outerjoin(
            Enrolment,
            and_(Enrolment.course_id == Course.id, Enrolment.person_id == person, Enrolment.ended.is_(None)),
        )
        .outerjoin(whole, and_(whole.enrolment_id == Enrolment.id, whole.item_id.is_(None)))
        .outerjoin(Position, Position.enrolment_id == Enrolment.id)
    )


def _standing(row: Row[*tuple[Any, ...]], person: int | None) -> Standing:
    published = catalogue.from_row(row)
    if person is None or row.id is None:
        return Standing(published)
    return Standing(
        published,
        enrolment=row.id,
        done=rules.read_done(row.done_items),
        completed=row.at,
        stopped_at=None if row.item_id is None else (row.item_id, row.section),
    )
