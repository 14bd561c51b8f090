"""A learner whose every trace is a canary, on an installation in which something of everything has happened."""

import json
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import insert, select, text

from course.catalogue import queries as catalogue
from course.db import db, transaction
from course.learning.assessment import actions as assessment
from course.learning.assessment import queries
from course.learning.assessment.models import Attempt, Marking, Reset, Response
from course.learning.models import Enrolment
from course.learning.reading.notes import actions as notes
from course.people import outbox, passwords
from course.people.actions import audit
from course.people.models import Account
from course.quiz import fill, key
from tests.migrations.conftest import NOON, let_live
from tests.web.visit import PASSWORD, Visit

CANARY = "xanthippe7"


@dataclass
class Life:
    app: Flask
    person: int
    other: int
    """An admin, about whom nothing may change."""
    visit: Visit


@pytest.fixture
def life(app: Flask) -> Life:
    with app.app_context():
        let_live()
        person, other = _leave_traces()
        db.session.remove()
    visit = Visit(app)
    visit.sign_in(f"{CANARY}@example.org", "a wrong pass phrase")
    assert visit.sign_in(f"{CANARY}@example.org").status_code == 303
    return Life(app, person, other, visit)


def _leave_traces() -> tuple[int, int]:
    """The learner and the admin."""
    with transaction():
        ada = db.session.scalars(select(Account).where(Account.email == "ada@example.org")).one()
        root = db.session.scalars(select(Account).where(Account.is_admin)).one()
        person, other = ada.person_id, root.person_id
        ada.email, ada.name, ada.password = f"{CANARY}@example.org", CANARY.title(), passwords.hashed(PASSWORD)
        outbox.post(ada.email, outbox.Letter(f"Dear {CANARY}", f"{CANARY}: a link"), person=person)
        outbox.post(ada.email, outbox.Letter("From before", "there was an account"))
        audit(other, "granted", person, "allowance 1", course="demo", detail=f"{CANARY} is ill")
        published = catalogue.published("demo")
        notes.keep(person, published.item("lesson", "one"), "one-part", CANARY, base=0, page="", at=NOON)
        enrolment = db.session.scalars(select(Enrolment).where(Enrolment.person_id == person)).one()
        assessment.grant(enrolment, None, time=50, by=other, reason=f"{CANARY} needs it", at=NOON)
        aside = {"enrolment_id": enrolment.id, "item_id": published.item("quiz", "basics"), "number": 1, "by": other}
        db.session.execute(insert(Reset).values(**aside, reason=f"{CANARY} was away", at=NOON))
        again = assessment.start(enrolment, published, "basics", NOON, 2)
        assessment.submit(again, _typed(again), NOON, "en", "key-2")
        answer = db.session.scalars(select(Response).where(Response.text.contains(CANARY))).first()
        assert answer is not None
        words = {"comment": f"Well said, {CANARY}", "reason": f"{CANARY} asked", "version": "", "levels": "[1]"}
        row = {"response_id": answer.id, "fraction": 500_000, "by": other, "at": NOON, **words}
        db.session.execute(insert(Marking).values(**row))
        gaps = {"a": f"{CANARY} in a gap"}
        drawn, attempt = answer.attempt_question_id, answer.attempt_id
        number = db.session.scalar(
            text("UPDATE attempt SET responses = responses + 1 WHERE id = :a RETURNING responses"), {"a": attempt}
        )
        late = {
            "number": number,
            "language": "en",
            "value": json.dumps(gaps),
            "text": None,
            "received": NOON,
            "late": True,
        }
        db.session.execute(insert(Response).values(attempt_id=attempt, attempt_question_id=drawn, **late))
    return person, other


def _typed(attempt: Attempt) -> dict[str, list[str]]:
    """The right answers, and the canary's own words where a person will mark them."""
    form: dict[str, list[str]] = {}
    for shown in queries.shown(attempt, "en"):
        value = key(shown.question) or f"{CANARY} thinks so"
        form |= {f"base-{shown.drawn.position}": ["0"], **fill(shown.question, shown.order, value, shown.field, "en")}
    return form
