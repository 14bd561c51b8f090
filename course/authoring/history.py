"""The publications of a course, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from course.catalogue.models import Publication
from course.db import db
from course.learning.assessment.models import Attempt, AttemptQuestion

MOST = 50
"""Publications on one page."""


@dataclass(frozen=True, slots=True)
class Page:
    publications: Sequence[Publication]
    more: int | None
    """The number to go on from, None at the end."""


def page(course_id: int, before: int | None) -> Page:
    """Publications with a number below `before`, or the newest."""
    query = select(Publication).where(Publication.course_id == course_id).order_by(Publication.number.desc())
    if before is not None:
        query = query.where(Publication.number < before)
    found = db.session.scalars(query.limit(MOST + 1)).all()
    return Page(found[:MOST], found[MOST - 1].number if len(found) > MOST else None)


def previous(publication: Publication) -> Publication | None:
    """What was current before."""
    return None if publication.previous_id is None else db.session.get(Publication, publication.previous_id)


def attempts_with(quiz: int, question: int) -> int:
    """How many attempts at a quiz have this question in them: they keep the revision that they were begun on."""
    query = select(func.count()).select_from(Attempt).join(AttemptQuestion, AttemptQuestion.attempt_id == Attempt.id)
    return db.session.scalars(query.where(Attempt.item_id == quiz, AttemptQuestion.item_id == question)).one()
