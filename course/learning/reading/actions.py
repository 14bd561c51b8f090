"""What a learner does in a course: enrol, leave, read, stop. Each is an event, and its projection beside it.

Nothing here commits. Completed items are facts: they are added, never taken back.
"""

import re
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.db import db
from course.learning import events
from course.learning.models import Enrolment, Event
from course.learning.practice import actions as practice
from course.learning.reading import rules
from course.learning.reading.models import Completion, Position

SETTLED_AT_ONCE = 200
KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


def enrol(person: int, published: Published, at: int) -> Enrolment:
    """The person's open enrolment in the course. One that was ended is taken up again, with all that was earned."""
    found = _newest(person, published.course_id)
    if found is not None and found.ended is None:
        return found
    if found is None:
        try:
            with db.session.begin_nested():
                found = Enrolment(person_id=person, course_id=published.course_id, at=at, ended=None, done_items="")
                db.session.add(found)
        except IntegrityError:  # somebody pressed the button twice: the other request was first
            return enrol(person, published, at)
    else:
        found.ended = None
    events.record(found, "enrolled", item=None, revision=published.revision_id, at=at)
    settle(found, published, None, at)  # what was published while they were away passed them by
    return found


def _newest(person: int, course_id: int) -> Enrolment | None:
    query = (
        select(Enrolment)
        .where(Enrolment.person_id == person, Enrolment.course_id == course_id, Enrolment.edition_id.is_(None))
        .order_by(Enrolment.id.desc())
        .limit(1)
    )
    return db.session.scalar(query.with_for_update().execution_options(populate_existing=True))


def leave(enrolment: Enrolment, at: int) -> None:
    """End the enrolment. What was earned stays with it. Leaving twice is leaving once."""
    _lock(enrolment)
    if enrolment.ended is None:
        enrolment.ended = at
        events.record(enrolment, "left", item=None, revision=None, at=at)


def read_lesson(enrolment: Enrolment, published: Published, lesson_id: str, at: int) -> None:
    """Mark a lesson as read. Marking it twice is marking it once. Raises NotFound."""
    item = published.item("lesson", published.lesson(lesson_id).id)
    _lock(enrolment)
    if item not in rules.read_done(enrolment.done_items):
        events.record(enrolment, "read", item=item, revision=published.revision_id, at=at)
        _complete(enrolment, published, item, enrolment.person_id, at)
        settle(enrolment, published, enrolment.person_id, at)


def pass_quiz(enrolment: Enrolment, taken: Published, item: int, at: int) -> None:
    """Record that a quiz was passed, in the transaction that graded it. Passing it again changes nothing.

    `taken` is the revision of the attempt; whether that completes the course, the current publication says.
    """
    _lock(enrolment)
    if item not in rules.read_done(enrolment.done_items):
        events.record(enrolment, "completed", item=item, revision=taken.revision_id, at=at)
        _complete(enrolment, taken, item, enrolment.person_id, at)
        settle(enrolment, catalogue.published(taken.slug), enrolment.person_id, at)


def answer_in_lesson(
    enrolment: Enrolment,
    published: Published,
    question: str,
    fraction: int,
    language: str,
    at: int,
    key: str = "",
    practised: bool = False,
) -> None:
    """Log the answer to a question in a lesson (`lesson/question`). `fraction` in millionths; it counts for nothing.

    `practised`: it is one that can be right or wrong, and comes back in practice.

    A `key` names this answer: what is sent again under it, because the reply was lost, is logged once.
    """
    item = published.item("question", question)
    detail: dict[str, object] = {"fraction": fraction, "language": language}
    if KEY.fullmatch(key):
        _lock(enrolment)
        if _is_logged(enrolment, item, key):
            return
        detail["key"] = key
    if practised:
        _lock(enrolment)
        detail["practice"] = practice.MET
    events.record(enrolment, "answered", item=item, revision=published.revision_id, at=at, **detail)
    if practised:
        practice.meet(enrolment, item, fraction, at)


def _is_logged(enrolment: Enrolment, item: int, key: str) -> bool:
    query = select(Event.id).where(
        Event.enrolment_id == enrolment.id,
        Event.item_id == item,
        Event.detail.contains(f'"key":"{key}"', autoescape=True),
    )
    return db.session.scalar(query.limit(1)) is not None


def read_before(enrolment: Enrolment, published: Published, items: Collection[int], at: int) -> None:
    """Keep what somebody read as a visitor. Items of other courses, and unknown ones, are left out."""
    for name in lessons_among(published, items):
        read_lesson(enrolment, published, name, at)


def lessons_among(published: Published, items: Collection[int]) -> list[str]:
    """Ids of the lessons of this course that are among the items."""
    return [lesson.id for lesson in published.outline.lessons if published.item("lesson", lesson.id) in items]


def settle_some(published: Published, after: int, at: int) -> int | None:
    """Settle the next open enrolments of a course behind the id `after`: the last one's id, None when none is left."""
    query = (
        select(Enrolment)
        .where(Enrolment.course_id == published.course_id, Enrolment.ended.is_(None), Enrolment.id > after)
        .order_by(Enrolment.id)
        .limit(SETTLED_AT_ONCE)
        .with_for_update()
    )
    found = db.session.scalars(query).all()
    for enrolment in found:
        settle(enrolment, published, None, at)
    return found[-1].id if found else None


def settle(enrolment: Enrolment, published: Published, by: int | None, at: int) -> None:
    """Complete the modules and the course whose last open item is done. `by` None: a publication removed it."""
    done = rules.read_done(enrolment.done_items)
    for item in rules.modules_completed(published, done):
        _record_completed(enrolment, published, item, by, at)
    if rules.course_completed(published, done) and not _has_completed_the_course(enrolment):
        _record_completed(enrolment, published, None, by, at)


def _record_completed(enrolment: Enrolment, published: Published, item: int | None, by: int | None, at: int) -> None:
    cause = {} if by is not None else {"cause": "published"}
    events.record(enrolment, "completed", item=item, revision=published.revision_id, at=at, **cause)
    _complete(enrolment, published, item, by, at)


def _complete(enrolment: Enrolment, published: Published, item: int | None, by: int | None, at: int) -> None:
    completion = Completion(enrolment_id=enrolment.id, item_id=item, revision_id=published.revision_id, by=by, at=at)
    db.session.add(completion)
    if item is not None:
        enrolment.done_items = rules.write_done(rules.read_done(enrolment.done_items) | {item})


def _has_completed_the_course(enrolment: Enrolment) -> bool:
    query = select(Completion.id).where(Completion.enrolment_id == enrolment.id, Completion.item_id.is_(None))
    return db.session.scalar(query) is not None


def stop_at(enrolment: Enrolment, published: Published, lesson_id: str, section: str, at: int) -> None:
    """Keep where reading stopped. A section that the lesson does not have is kept as its beginning."""
    lesson = published.lesson(lesson_id)
    known = any(outline.id == section for outline in lesson.sections)
    _lock(enrolment)
    position = db.session.get(Position, enrolment.id) or Position(enrolment_id=enrolment.id)
    position.item_id = published.item("lesson", lesson.id)
    position.section = section if known else ""
    position.at = at
    db.session.add(position)


def _lock(enrolment: Enrolment) -> None:
    """Read the row again and hold it, so that two requests at once do not overwrite each other's progress."""
    db.session.flush()  # refreshing throws away what this transaction itself has not written yet
    db.session.refresh(enrolment, with_for_update=True)
