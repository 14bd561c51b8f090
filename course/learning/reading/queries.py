"""Where learners stand. The hot pages ask one question of the database: publication, enrolment and progress at once."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import ScalarSelect, Select, Text, and_, bindparam, cast, func, select
from sqlalchemy.orm import aliased

from course.catalogue import queries as catalogue
from course.catalogue.models import Course
from course.catalogue.published import Published
from course.db import Statement, db
from course.errors import NotFound
from course.learning.assessment.models import Allowance, Attempt
from course.learning.assessment.rules import attempts_left
from course.learning.models import Enrolment
from course.learning.practice import queries as practice
from course.learning.practice import rules as practice_rules
from course.learning.reading import rules
from course.learning.reading.models import Completion, Position
from course.learning.reading.notes import queries as notes
from course.learning.reading.notes.rules import Written
from course.quiz.starting import is_closed


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt at a quiz, in short. `grade` is in millionths, None until it is closed."""

    item: int
    number: int
    deadline: int | None
    grade: int | None

    def is_open(self, at: int) -> bool:
        return self.grade is None and (self.deadline is None or at <= self.deadline)


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's place in a course, on its current publication. `enrolment` is None for who is not enrolled.

    `done` are completed items; `completed` the moment in which the course was, if it was; `stopped_at` the item
    and section where reading stopped, `stopped_when` the moment; `tried` the attempts, the first one first.
    """

    published: Published
    enrolment: int | None = None
    done: rules.Done = rules.NOTHING_DONE
    completed: int | None = None
    stopped_at: tuple[int, str] | None = None
    stopped_when: int | None = None
    tried: tuple[Tried, ...] = ()
    practice: int = 0
    """How many questions are to be practised today; counted for the home page only."""

    notes: Mapping[str, Written] = field(default_factory=dict, hash=False)
    """What this person wrote beside the sections of the lesson that was asked for."""

    @property
    def percent(self) -> int:
        """Progress, 0 to 100, over what the current publication asks for."""
        return rules.percent(self.done, rules.required(self.published))

    def anonymous(self, at: int) -> "Standing":
        """The same place without whose it is, at a moment: equal for all who stand there, and see the same.

        Of the attempts those that are under way: grades are told apart from it, as far as they are released.
        """
        return replace(
            self,
            enrolment=None if self.enrolment is None else 0,
            completed=None if self.completed is None else 1,  # some moment
            stopped_when=None,
            tried=tuple(tried for tried in self.tried if tried.is_open(at)),
            notes={},
        )

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


def joined(person: int) -> set[int]:
    """The ids of the courses in which this person is enrolled, and whose lessons they may read."""
    return set(
        db.session.scalars(select(Enrolment.course_id).where(Enrolment.person_id == person, Enrolment.ended.is_(None)))
    )


def standing(person: int | None, slug: str, lesson: str | None = None) -> Standing:
    """Where this person (None: a visitor) stands in a course. Raises NotFound where there is no such course.

    With `lesson`, their notes on it are there, too.
    """
    if person is None:
        return Standing(catalogue.published(slug))
    rows = (
        _IN_COURSE.rows(person=person, slug=slug)
        if lesson is None
        else _IN_LESSON.rows(person=person, slug=slug, lesson=lesson)
    )
    if not rows:
        raise NotFound
    return _standing(rows[0])


def standings(person: int | None, at: int = 0) -> list[Standing]:
    """Where this person stands in every published course at a moment, by the courses' slugs."""
    if person is None:
        return [Standing(published) for published in catalogue.courses()]
    rows = _IN_COURSES.rows(person=person, at=at, day=practice_rules.day_start(at))
    return [_with_practice(_standing(row[:-3]), at, *row[-3:]) for row in rows]


def _with_practice(standing: Standing, at: int, due: str | None, reviewed: int, granted: int | None) -> Standing:
    published = standing.published
    found = practice_rules.for_today(practice.count(due, published), reviewed)
    if found and (granted or _may_be_taken_again(standing, practice.quizzes(due, published), at)):
        found = len(practice.due(db.session.get_one(Enrolment, standing.enrolment), published, at))
    return replace(standing, practice=found)


def _may_be_taken_again(standing: Standing, quizzes: Collection[str], at: int) -> bool:
    """Whether an attempt is under way, or these quizzes' rules allow another: their keys are not told then, as a rule.

    Questions came into practice when that was not so; it is rare, and only then is each of them looked at.
    """
    made = Counter(tried.item for tried in standing.tried)
    rules_of = [(standing.published.item("quiz", name), standing.published.quiz(name).rules) for name in quizzes]
    return any(tried.is_open(at) for tried in standing.tried) or any(
        attempts_left(asked, made[item]) != 0 and not is_closed(asked, at) for item, asked in rules_of
    )


def as_read(standing: Standing, items: Collection[int]) -> Standing:
    """The standing of a visitor who says that they have read these."""
    return replace(standing, done=frozenset(items).intersection(standing.published.names)) if items else standing


def _with_progress() -> Select[*tuple[Any, ...]]:
    whole = aliased(Completion)
    mine = and_(
        Enrolment.course_id == Course.id, Enrolment.person_id == bindparam("person", None), Enrolment.ended.is_(None)
    )
    return (
        catalogue.current()
        .add_columns(
            Enrolment.id,
            Enrolment.done_items,
            whole.at,
            Position.item_id,
            Position.section,
            Position.at,
            _tried(),
        )
        .outerjoin(Enrolment, mine)
        .outerjoin(whole, and_(whole.enrolment_id == Enrolment.id, whole.item_id.is_(None)))
        .outerjoin(Position, Position.enrolment_id == Enrolment.id)
    )


def _tried() -> ScalarSelect[str]:
    """An enrolment's attempts as one text, `item:number:deadline:grade,...`, so that a page still asks only once."""
    columns = (Attempt.item_id, Attempt.number, Attempt.deadline, Attempt.grade)
    texts = [func.coalesce(cast(column, Text), "") for column in columns]
    joined = texts[0] + ":" + texts[1] + ":" + texts[2] + ":" + texts[3]
    query = select(func.aggregate_strings(joined, ",")).where(Attempt.enrolment_id == Enrolment.id)
    return query.correlate(Enrolment).scalar_subquery()


@lru_cache(4096)
def _read_tried(text: str | None) -> tuple[Tried, ...]:
    rows = ([int(value) if value else None for value in row.split(":")] for row in (text or "").split(",") if row)
    found = (Tried(item or 0, number or 0, deadline, grade) for item, number, deadline, grade in rows)
    return tuple(sorted(found, key=lambda tried: (tried.item, tried.number)))


def _standing(row: Sequence[Any]) -> Standing:
    published = catalogue.from_row(row)
    enrolment, done, completed, item, section, stopped, tried, *written = row[5:]
    beside = notes.read(written[0]) if written else {}
    if enrolment is None:
        return Standing(published, notes=beside)
    return Standing(
        published,
        enrolment=enrolment,
        done=rules.read_done(done),
        completed=completed,
        stopped_at=None if item is None else (item, section),
        stopped_when=stopped,
        tried=_read_tried(tried),
        notes=beside,
    )


def _in_course() -> Select[*tuple[Any, ...]]:
    return _with_progress().where(Course.slug == bindparam("slug", None))


def _in_courses() -> Select[*tuple[Any, ...]]:
    granted = select(func.max(Allowance.id)).where(Allowance.enrolment_id == Enrolment.id)
    more = granted.correlate(Enrolment).scalar_subquery()
    counted = _with_progress().add_columns(practice.due_items(), practice.reviewed_count(), more)
    return counted.order_by(Course.slug)


_IN_COURSES = Statement(_in_courses)
_IN_COURSE = Statement(_in_course)
_IN_LESSON = Statement(lambda: _in_course().add_columns(notes.beside_lesson()))
