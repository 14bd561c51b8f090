"""A course of tests, its trainers, and their browsers."""

import html
import re
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from course import clock
from course.authoring import queries
from course.db import db, transaction
from course.people.actions import add_person
from course.people.models import SignIn
from course.people.queries import SESSION_KEY, digest
from tests.catalogue.conftest import Publish, publish
from tests.catalogue.draft import Draft

__all__ = ["publish"]

HOUR = 60 * 60 * 1_000_000
WORKSHOP = "/en/courses/demo/workshop/"
ONE = "lessons/demo/1-first/1-one.en.md"
BASICS = "quizzes/demo/1-basics.en.md"


@dataclass
class Trainer:
    """Somebody at a browser without JavaScript. `page` is what they look at."""

    client: FlaskClient
    person: int
    page: TestResponse | None = None

    def open(self, address: str) -> TestResponse:
        """A page, in a context of its own, or the test's would lend it its viewer and language."""
        self.page = Context().run(self.client.get, address, follow_redirects=True)
        return self.page

    def file(self, path: str = ONE, course: str = "demo") -> str:
        """Open a file; its text."""
        self.open(f"/en/courses/{course}/workshop/files/{path}")
        return self.text

    @property
    def html(self) -> str:
        assert self.page is not None
        return self.page.get_data(as_text=True)

    @property
    def text(self) -> str:
        found = re.search(r'<textarea id="text".*?>\n(.*?)</textarea>', self.html, re.DOTALL)
        assert found, self.html
        return html.unescape(found[1])

    @property
    def base(self) -> str:
        found = re.search(r'name="base" value="(\w*)"', self.html)
        assert found
        return found[1]

    def token(self) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.html)
        assert found, self.html
        return found[1]

    def send(self, address: str, **fields: object) -> TestResponse:
        """Send a form of the page that is open."""
        data = {"csrf_token": self.token(), **fields}
        self.page = Context().run(self.client.post, address, data=data, follow_redirects=True)
        return self.page

    def save(self, text: str, path: str = ONE, base: str | None = None) -> TestResponse:
        address = f"{WORKSHOP}files/{path}"
        return self.send(address, base=self.base if base is None else base, text=text.replace("\n", "\r\n"))

    def edit(self, path: str, before: str, after: str) -> TestResponse:
        """Open a file, put other words for some of it, and save."""
        text = self.file(path)
        assert before in text, text
        return self.save(text.replace(before, after), path)


@pytest.fixture
def demo(publish: Publish, app: Flask) -> Flask:
    """A published course in two languages."""
    publish(Draft(languages=("en", "fr")))
    return app


@pytest.fixture
def join(demo: Flask) -> Callable[..., Trainer]:
    """The browser of a new account, by default of a trainer of the course."""

    def make(name: str, **role: str) -> Trainer:
        with transaction():
            person = add_person(
                name, None, name=name.title(), confirmed=True, **(role or {"role": "trainer", "course": "demo"})
            ).person_id
            row = SignIn(
                person_id=person, key=digest(f"key{person}"), at=clock.now(), until=clock.now() + HOUR, ended=None
            )
            db.session.add(row)
        client = demo.test_client()
        with client.session_transaction() as session:
            session[SESSION_KEY] = f"key{person}"
        return Trainer(client, person)

    return make


@pytest.fixture
def ann(join: Callable[..., Trainer]) -> Trainer:
    return join("ann")


@pytest.fixture
def ben(join: Callable[..., Trainer]) -> Trainer:
    return join("ben")


def drafted(path: str = ONE) -> str | None:
    """What the draft has in a file; None where the file is not there."""
    db.session.rollback()
    state = queries.state("demo")
    return queries.body(state, path).decode() if path in state.hashes else None
