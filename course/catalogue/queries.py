"""What is published, as the rooms above read it. Outlines and pages are kept per worker, by revision.

A revision never changes, so nothing that is kept can grow stale: each request asks, in one small query, which
revision is current, and a new publication is served from the next request on.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import aliased

from course.catalogue import loading
from course.catalogue.models import Course, Publication, Revision
from course.catalogue.published import Glossary, Published
from course.content.model import LessonPage
from course.db import Statement, db
from course.errors import NotFound
from course.quiz.model import Quiz

OUTLINES = 64
LINKERS = 16
PAGES = 64
QUIZZES = 64


def current() -> Select[*tuple[Any, ...]]:
    """The current publication of every course, for `from_row`. Callers add conditions and columns of their own."""
    later = aliased(Publication)
    return _revisions().where(~select(later.id).where(later.previous_id == Publication.id).exists())


def from_row(row: Sequence[Any]) -> Published:
    """What a row of `current()` names, by its first columns."""
    slug, course_id, number, revision_id, revision = row[:5]
    found: Published = _kept("published")(slug, course_id, revision_id, revision, number)
    return found


def published(slug: str) -> Published:
    """The course as it is published now. Raises NotFound."""
    rows = _BY_SLUG.rows(slug=slug)
    if not rows:
        raise NotFound
    return from_row(rows[0])


def slug_of(course_id: int) -> str:
    """The id of a course as it stands in addresses."""
    return db.session.execute(select(Course.slug).where(Course.id == course_id)).scalar_one()


def courses() -> list[Published]:
    """Every published course, by its slug; the one for authors stands after those for learners."""
    return sorted((from_row(row) for row in _ALL.rows()), key=lambda one: (one.is_for_authors, one.slug))


def of_revision(revision_id: int) -> Published:
    """The course as it was at this revision, for attempts that were started on it. Raises NotFound."""
    found: Published = _kept("revision")(revision_id)
    return found


def lesson(published: Published, lesson_id: str, language: str) -> LessonPage:
    """A lesson in a language; in the source language where it is not translated. Raises NotFound."""
    published.lesson(lesson_id)
    page: LessonPage = _kept("lesson")(published, lesson_id, language)
    return page


def quiz(published: Published, quiz_id: str, language: str) -> Quiz:
    """A quiz in a language; in the source language where it is not translated. Raises NotFound."""
    published.quiz(quiz_id)
    found: Quiz = _kept("quiz")(published, quiz_id, language)
    return found


def glossary(published: Published, language: str) -> Glossary:
    """The terms in a language; in the source language where the glossary is not translated."""
    found: Glossary = _kept("glossary")(published, language)
    return found


def keep(app: Flask) -> None:
    """Give an application its own memory of what is published."""
    linker = lru_cache(LINKERS)(loading.linker)
    app.extensions["course.catalogue"] = {
        "published": lru_cache(OUTLINES)(loading.published),
        "revision": lru_cache(OUTLINES)(_of_revision),
        "lesson": lru_cache(PAGES)(lambda published, name, language: linker(published, language).lesson(name)),
        "quiz": lru_cache(QUIZZES)(lambda published, name, language: linker(published, language).quiz(name)),
        "glossary": lru_cache(LINKERS)(lambda published, language: loading.glossary(linker(published, language))),
    }


def _kept(what: str) -> Callable[..., Any]:
    kept: dict[str, Callable[..., Any]] = current_app.extensions["course.catalogue"]
    return kept[what]


_ALL = Statement(lambda: current().order_by(Course.slug))
_BY_SLUG = Statement(lambda: current().where(Course.slug == bindparam("slug", None)), apart=True)


def _revisions() -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = select(
        Course.slug,
        Course.id.label("course_id"),
        Publication.number,
        Revision.id.label("revision_id"),
        Revision.hash.label("revision"),
    )
    return query.join(Publication, Publication.course_id == Course.id).join(
        Revision, Revision.id == Publication.revision_id
    )


def _of_revision(revision_id: int) -> Published:
    query = _revisions().where(Revision.id == revision_id).order_by(Publication.number.desc())
    row = db.session.execute(query.limit(1)).first()
    if row is None:
        raise NotFound
    return from_row(row)
