"""Two applications on one PostgreSQL, each with an instance folder of its own: a learner may be sent to either."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from course import create_app
from course.config import Config
from course.db import db, transaction
from course.people.actions import add_person
from tests.learning.assessment.pages import Browser

PASSWORD = "a pass phrase for both of them"
ATTEMPT = "/en/courses/demo/quizzes/basics/attempts/1/"


@pytest.fixture
def two(demo: Flask, config: Config, tmp_path: Path) -> Iterator[tuple[Browser, Browser]]:
    """One learner's browser, as each of the two sees it: they share its cookies."""
    if not config.database_url:
        pytest.skip("SQLite is for one machine")
    other = create_app(replace(config, instance=tmp_path / "other"))
    first = demo.test_client()
    second = other.test_client()
    second._cookies = first._cookies  # one browser
    yield Browser(first), Browser(second)
    with other.app_context():
        db.engine.dispose()


@pytest.mark.postgres
def test_sign_in_at_one_answer_at_the_other(two: tuple[Browser, Browser]) -> None:
    first, second = two
    with transaction():
        add_person("ada@example.org", PASSWORD, name="Ada", confirmed=True)
    first.open("/en/sign-in")
    first.go("/en/sign-in", first.form().fields | {"who": "ada@example.org", "password": PASSWORD})
    second.open("/en/courses/demo/")
    assert "Ada" in second.html
    second.press("Enrol")
    first.open("/en/courses/demo/quizzes/basics/")
    first.press("Start the quiz")
    second.open(ATTEMPT)
    second.press("Save", q1="0")
    first.open(ATTEMPT)
    assert first.form("responses").fields["base-1"] == ["1"]
    first.open("/en/")
    first.press("Sign out")
    second.open(ATTEMPT)
    assert "sign-in" in second.path
