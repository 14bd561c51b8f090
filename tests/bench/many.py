"""Learners by the thousand, written as rows: enrolled, signed in, with an open attempt at the bench's quiz."""

import json
import secrets
from collections.abc import Iterator
from itertools import islice
from typing import Any

from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Insert, func, insert, select

from course import clock
from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.db import db, transaction
from course.learning.assessment.models import Attempt, AttemptQuestion, Response
from course.learning.models import Enrolment, Event
from course.learning.reading.models import Completion
from course.people.models import Account, Person, SignIn
from course.people.queries import SESSION_KEY, digest
from tests.bench.prepare import COURSE, QUIZ, Bench, Learner

BATCH = 5000
QUESTIONS = 10
YEAR = 365 * 24 * 3600 * 1_000_000
Row = dict[str, Any]


def add(bench: Bench, number: int, responses: int = 0) -> list[Learner]:
    """Add so many learners, whose open attempts have so many responses each. No password: they are signed in."""
    with bench.app.app_context(), transaction():
        first = (db.session.scalar(select(func.max(Person.id))) or 0) + 1
        published = catalogue.published(COURSE)
        learners = [_learner(bench, person) for person in range(first, first + number)]
        _people(learners)
        _attempts(published, learners, responses)
    return learners


def _learner(bench: Bench, person: int) -> Learner:
    """Somebody with a session, as signing in would have made it."""
    key, secret, signing_key = secrets.token_urlsafe(32), secrets.token_hex(20), bench.config.secret_key
    signing = SecureCookieSessionInterface().get_signing_serializer(bench.app)
    assert signing is not None
    cookie = signing.dumps({SESSION_KEY: key, "_permanent": True, "csrf_token": secret})
    token = str(URLSafeTimedSerializer(signing_key, salt="wtf-csrf-token").dumps(secret))
    return Learner(f"many-{person}@example.org", f"session={cookie}", token, person, digest(key))


def _people(learners: list[Learner]) -> None:
    now = clock.now()
    _write(insert(Person), ({"id": one.person, "created": now} for one in learners))
    _write(insert(Account), (_account(one, now) for one in learners))
    _write(
        insert(SignIn), ({"person_id": one.person, "key": one.key, "at": now, "until": now + YEAR} for one in learners)
    )


def _account(learner: Learner, now: int) -> Row:
    return {
        "person_id": learner.person, "email": learner.address, "name": f"Learner {learner.person}", "active": True,
        "confirmed": now, "stamp": learner.key, "language": "en", "time_zone": "UTC", "is_admin": False,
    }  # fmt: skip


def _attempts(published: Published, learners: list[Learner], responses: int) -> None:
    now, lesson = clock.now(), published.item("lesson", "lesson-1")
    quiz, revision = published.item("quiz", QUIZ), published.revision_id
    enrolment = (db.session.scalar(select(func.max(Enrolment.id))) or 0) + 1
    attempt = (db.session.scalar(select(func.max(Attempt.id))) or 0) + 1
    asked = (db.session.scalar(select(func.max(AttemptQuestion.id))) or 0) + 1
    ids = range(len(learners))
    _write(insert(Enrolment), (
        {"id": enrolment + n, "person_id": learners[n].person, "course_id": published.course_id, "at": now,
         "done_items": str(lesson)} for n in ids))  # fmt: skip
    _write(insert(Event), (
        {"person_id": learners[n].person, "enrolment_id": enrolment + n, "verb": "read", "item_id": lesson,
         "revision_id": revision, "at": now, "detail": "{}"} for n in ids))  # fmt: skip
    _write(insert(Completion), (
        {"enrolment_id": enrolment + n, "item_id": lesson, "revision_id": revision, "by": learners[n].person,
         "at": now} for n in ids))  # fmt: skip
    _write(insert(Attempt), (
        {"id": attempt + n, "enrolment_id": enrolment + n, "item_id": quiz, "number": 1, "revision_id": revision,
         "started": now, "responses": responses} for n in ids))  # fmt: skip
    _write(insert(AttemptQuestion), (
        {"id": asked + n * QUESTIONS + q, "attempt_id": attempt + n, "position": q + 1, "question": f"q{q}",
         "item_id": published.item("question", f"{QUIZ}/q{q}"), "arrangement": json.dumps([0, 1]), "points": 1}
        for n in ids for q in range(QUESTIONS)))  # fmt: skip
    _write(insert(Response), (
        {"attempt_question_id": asked + n * QUESTIONS + r % QUESTIONS, "attempt_id": attempt + n, "number": r + 1,
         "language": "en", "value": json.dumps(["1"]), "received": now, "late": False}
        for n in ids for r in range(responses)))  # fmt: skip
    _catch_up()


def _write(statement: Insert, rows: Iterator[Row]) -> None:
    while batch := list(islice(rows, BATCH)):
        db.session.connection().execute(statement, batch)


def _catch_up() -> None:
    """PostgreSQL's counters do not see ids that were given."""
    if db.engine.dialect.name == "postgresql":
        for model in (Person, Enrolment, Attempt, AttemptQuestion):
            table = model.__tablename__
            newest = select(func.max(model.id)).scalar_subquery()
            db.session.execute(select(func.setval(func.pg_get_serial_sequence(table, "id"), newest)))
