"""A course with a past: simulated learners, and real ones beside them, each with browsers for who looks at it."""

from collections.abc import Callable, Iterator
from contextvars import Context
from random import Random
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from course import clock
from course.catalogue import actions as catalogue
from course.catalogue import queries as courses
from course.catalogue.published import Published
from course.db import db as database
from course.db import transaction
from course.demo.cast import Character
from course.demo.filling import fill
from course.demo.life import DAY, Life
from course.learning.reading import actions as reading
from course.people.actions import add_person
from tests.learning.assessment.pack import pack
from tests.web.visit import PASSWORD, Visit

Live = Callable[..., int]
Visitors = Callable[[str], Visit]


class Apart(Visit):
    """Requests outside of the test's own application context, which would lend them its `g`."""

    def get(self, path: str, **more: Any) -> TestResponse:
        return Context().run(super().get, path, **more)

    def post(self, path: str, page: str | None = None, **fields: object) -> TestResponse:
        return Context().run(super().post, path, page, **fields)


@pytest.fixture
def demo(app: Flask) -> Iterator[Flask]:
    """The application with the demo course published, inside an application context."""
    with app.app_context():
        with transaction():
            catalogue.publish(pack(), by=None, note="", origin="files")
        yield app
        database.session.remove()


@pytest.fixture
def simulated(demo: Flask) -> list[int]:
    """Five simulated learners of the demo course."""
    return list(fill(courses.published("demo"), 5, seed=7))


@pytest.fixture
def live(demo: Flask) -> Live:
    """A real learner, who lives through the course as a simulated one does; their person."""

    def make(number: int, language: str = "en", ability: float = 1.0, patience: float = 1.0) -> int:
        published: Published = courses.published("demo")
        now = clock.now()
        who = Character(f"real-{number}", f"Learner {number}", language, ability, patience)
        chance = Random(number)
        with transaction():
            person = add_person(who.username, None, name=who.name, language=language, confirmed=True).person_id
            at = now - (90 + number) * DAY
            Life(who, published, reading.enrol(person, published, at), chance, at, now).live()
        return person

    return make


@pytest.fixture
def visitors(demo: Flask) -> Visitors:
    """Browsers by who uses them: visitor, learner, stranger (trains another course), trainer, admin."""
    roles = {"learner": {}, "stranger": {"role": "trainer", "course": "other"}, "admin": {"role": "admin"}}
    roles["trainer"] = {"role": "trainer", "course": "demo"}

    def make(who: str) -> Visit:
        visit = Apart(demo)
        if who != "visitor":
            with transaction():
                add_person(f"{who}@example.org", PASSWORD, confirmed=True, **roles[who])
            visit.sign_in(f"{who}@example.org")
        return visit

    return make
