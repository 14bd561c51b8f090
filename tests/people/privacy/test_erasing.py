"""A canary: whoever erases the account leaves no trace, and results that add up."""

import json
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text

from course import clock
from course.catalogue.models import Course
from course.db import db, transaction
from course.errors import Conflict
from course.learning.assessment.models import Attempt, Marking, Response
from course.learning.reading.verify import differences
from course.people.audit.verify import verify
from course.people.delivery import deliver_due
from course.people.models import Account, Erasure
from course.people.privacy import download, erasing
from course.people.rules import folded
from course.results.exports.models import Export
from tests.people.privacy.conftest import CANARY, Life
from tests.web.visit import PASSWORD, Visit

DATA, ERASURE = "/en/settings/data", "/en/settings/erasure"


def traces() -> list[str]:
    """Where in the store the canary stands, in whatever column."""
    db.session.rollback()
    found = []
    for table in inspect(db.engine).get_table_names():
        for row in db.session.execute(text(f"SELECT * FROM {table}")).mappings():
            for name, value in row.items():
                words = value.decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
                if CANARY in folded(words):
                    found.append(f"{table}.{name}")
    db.session.rollback()
    return found


def files(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes().lower()]


def figures() -> list[object]:
    """What results are made of."""
    db.session.rollback()
    grades = db.session.execute(select(Attempt.id, Attempt.grade, Attempt.closed).order_by(Attempt.id)).all()
    marks = db.session.execute(select(Marking.id, Marking.response_id, Marking.fraction).order_by(Marking.id)).all()
    ticked = select(Response.id, Response.value).where(Response.text.is_(None), Response.late.is_(False))
    return [*grades, *marks, *db.session.execute(ticked.order_by(Response.id)).all()]


def test_erasing_leaves_no_trace_and_results_that_add_up(life: Life, capsys: pytest.CaptureFixture[str]) -> None:
    config = life.app.config["COURSE"]
    with life.app.app_context():
        deliver_due(config)
        db.session.remove()
        where, before = set(traces()), figures()
        assert {
            "account.name", "account.email", "account.sought", "mail.recipient", "mail.subject", "note.text",
            "response.text", "response.value", "marking.comment", "marking.reason", "allowance.reason", "audit.detail",
            "reset.reason",
        } <= where  # fmt: skip
        assert [*files(config.instance / "outbox")]
        assert verify().broken is None
        db.session.remove()
        wrong = [sentence for found in differences() for sentence in found]
        db.session.remove()
    capsys.readouterr()
    reply = life.visit.post(ERASURE, current=PASSWORD)
    assert reply.status_code == 303, reply.text
    assert not life.visit.is_signed_in()
    with life.app.app_context():
        assert traces() == []
        assert figures() == before
        db.session.remove()
        assert verify().broken is None
        db.session.remove()
        assert [sentence for found in differences() for sentence in found] == wrong
        db.session.remove()
    assert files(config.instance) == []
    assert CANARY not in capsys.readouterr().out.lower()
    assert Visit(life.app).sign_in(f"{CANARY}@example.org").status_code == 422


def test_tables_that_were_written_before_are_deleted(life: Life) -> None:
    folder = life.app.config["COURSE"].instance / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "x.csv").write_text(f"name\n{CANARY}\n")
    with life.app.app_context(), transaction():
        course = db.session.scalars(select(Course.id)).one()
        made = {"what": "learners", "format": "csv", "language": "en", "asked": 1, "begun": 1, "done": clock.now()}
        db.session.add(Export(person_id=life.other, course_id=course, file="x.csv", failed=None, **made))
    life.visit.post(ERASURE, current=PASSWORD)
    assert files(life.app.config["COURSE"].instance) == []


def test_the_password_is_needed_and_the_only_admin_stays(life: Life) -> None:
    assert life.visit.post(ERASURE, current="a wrong pass phrase").status_code == 422
    assert life.visit.post(ERASURE, current="").status_code == 422
    assert life.visit.is_signed_in()
    with life.app.test_request_context("/en/"), pytest.raises(Conflict), transaction():
        erasing.erase(life.other, by=life.other)
    with life.app.app_context():
        assert db.session.scalars(select(Erasure)).all() == []


def test_nobody_else_is_touched(life: Life) -> None:
    with life.app.app_context():
        before = {one.person_id: one.email for one in db.session.scalars(select(Account))}
        whole = download.download(life.other)
        db.session.remove()
    life.visit.post(ERASURE, current=PASSWORD)
    with life.app.app_context():
        del before[life.person]
        assert {one.person_id: one.email for one in db.session.scalars(select(Account))} == before
        assert download.download(life.other).keys() == whole.keys()
        db.session.remove()


def test_a_learner_downloads_all_that_is_declared_and_no_secret(life: Life) -> None:
    reply = life.visit.get(DATA + ".json")
    assert reply.headers["Content-Disposition"].startswith("attachment")
    whole = json.loads(reply.text)
    assert whole["data"]["account"][0]["name"] == CANARY.title()
    assert whole["data"]["note"][0]["text"] == CANARY
    assert any(CANARY in (row["text"] or "") for row in whole["data"]["response"])
    assert whole["data"]["enrolment"][0]["at"].startswith("2026-01-01T")
    for secret in ("password", "stamp", "key", "salt"):
        assert not any(secret in row for rows in whole["data"].values() for row in rows), secret
    assert "marking" not in whole["data"], "marks are shown when a quiz's rules show them"
    assert "grade" not in whole["data"]["attempt"][0]
    assert {"table", "column", "purpose", "kept"} <= whole["columns"][0].keys()
    page = life.visit.get(DATA).text
    assert CANARY.title() in page
    assert "argon2" not in page + reply.text


def test_nobody_downloads_what_is_another_s(life: Life) -> None:
    assert Visit(life.app).get(DATA + ".json").status_code == 303
    with life.app.app_context():
        mine = json.dumps(download.download(life.other))
        db.session.remove()
    assert CANARY not in mine.replace(f"{CANARY} is ill", "")
