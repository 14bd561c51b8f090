"""No address changes anything when it is only read: the whole database is compared before and after."""

import hashlib

import pytest
from flask import Flask
from sqlalchemy import text

from course.db import Base, db
from tests.web.visit import Visit, add

VALUES = {
    "lang": "en",
    "course": "tiny",
    "lesson": "water",
    "quiz": "basics",
    "question": "1",
    "number": 1,
    "export": 1,
    "attempt": 1,
    "item": 1,
    "person": 1,
    "response": 1,
    "token": "x",
    "hash": "x",
    "name": "x",
    "path": "lessons/tiny/course.yaml",
}


def state(app: Flask) -> str:
    """A digest of every row of every table."""
    digest = hashlib.sha256()
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            for row in sorted(map(repr, db.session.execute(text(f"SELECT * FROM {table.name}")).all())):
                digest.update(f"{table.name} {row}\n".encode())
        db.session.rollback()
    return digest.hexdigest()


@pytest.mark.parametrize("who", ["visitor", "learner", "admin"])
def test_get_head_and_options_change_nothing_anywhere(tiny: Flask, who: str) -> None:
    visit = Visit(tiny)
    if who != "visitor":
        add(tiny, role=who)
        visit.sign_in("ada@example.org")
        visit.post("/en/courses/tiny/enrolment", page="/en/courses/tiny/")
    before = state(tiny)
    adapter = tiny.url_map.bind("localhost")
    for rule in tiny.url_map.iter_rules():
        path = adapter.build(rule.endpoint, {name: VALUES[name] for name in rule.arguments})
        for method in ("GET", "HEAD", "OPTIONS"):
            reply = visit.client.open(path, method=method)
            assert reply.status_code < 500, f"{method} {path}"
    assert state(tiny) == before


def test_every_argument_of_a_route_has_a_value_here(app: Flask) -> None:
    assert {name for rule in app.url_map.iter_rules() for name in rule.arguments} <= set(VALUES)
