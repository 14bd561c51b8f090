"""People who read the demo course, each with a browser of their own that runs no JavaScript."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from course import clock
from course.catalogue import actions as catalogue
from course.catalogue import queries as published_courses
from course.catalogue.published import Published
from course.db import db as database
from course.db import transaction
from course.learning.assessment import actions as assessment
from course.learning.assessment import queries as attempts
from course.learning.models import Enrolment
from course.learning.reading import actions, queries, receivers
from course.people.actions import add_person
from course.people.models import SignIn
from course.people.queries import SESSION_KEY, digest
from tests.catalogue.draft import Draft
from tests.learning.assessment.pages import Browser

NOON = 1_767_225_600_000_000
YEAR = 365 * 24 * 3600 * 1_000_000


@dataclass
class Learner:
    """Somebody with an account. Each deed is a transaction of its own, as in a request."""

    person: int
    browser: Browser
    slug: str = "demo"

    @property
    def published(self) -> Published:
        return published_courses.published(self.slug)

    @property
    def enrolment(self) -> Enrolment:
        found = queries.enrolment(self.person, self.published.course_id)
        assert found is not None
        return found

    @property
    def standing(self) -> queries.Standing:
        database.session.rollback()
        return queries.standing(self.person, self.slug)

    def enrol(self) -> None:
        with transaction():
            actions.enrol(self.person, self.published, clock.now())

    def leave(self) -> None:
        with transaction():
            actions.leave(self.enrolment, clock.now())

    def read(self, *lessons: str) -> None:
        for lesson in lessons:
            with transaction():
                actions.read_lesson(self.enrolment, self.published, lesson, clock.now())

    def take(self, quiz: str, right: bool = True) -> None:
        """Take an attempt, with every answer right or every answer wrong, and hand it in."""
        with transaction():
            started = assessment.start(self.enrolment, self.published, quiz, clock.now(), 1).number
        with transaction():
            attempt = attempts.attempt(self.enrolment, self.published.item("quiz", quiz), started)
            form = {one.field: ["0" if right else "1"] for one in attempts.shown(attempt, "en")}
            form |= {f"base-{one.drawn.position}": ["0"] for one in attempts.shown(attempt, "en")}
            assessment.submit(attempt, form, clock.now(), "en", "key")


@pytest.fixture
def reading(app: Flask) -> Iterator[Flask]:
    """The application, inside a context."""
    with app.app_context():
        yield app
        database.session.remove()


@pytest.fixture
def publish(reading: Flask) -> Callable[[Draft], None]:
    """Publishes, and does what follows a publication."""

    def make(draft: Draft) -> None:
        with transaction():
            catalogue.publish(draft.pack(), by=None, note="", origin="files")
        receivers.settle_published()

    return make


@pytest.fixture
def demo(publish: Callable[[Draft], None]) -> None:
    """The demo course: modules `first` (one, two, quiz basics) and `second` (three)."""
    publish(Draft(languages=("en", "fr")))


@pytest.fixture
def person(reading: Flask) -> Callable[[str], Learner]:
    """Somebody new with an account, who is signed in."""

    def make(name: str) -> Learner:
        with transaction():
            known = add_person(name, None, name=name.title(), confirmed=True).person_id
            key = digest(f"key of {name}")
            database.session.add(SignIn(person_id=known, key=key, at=clock.now(), until=clock.now() + YEAR, ended=None))
        client = reading.test_client()
        with client.session_transaction() as session:
            session[SESSION_KEY] = f"key of {name}"
        return Learner(known, Browser(client))

    return make


@pytest.fixture
def ada(demo: None, person: Callable[[str], Learner]) -> Learner:
    """A learner who is not enrolled yet."""
    return person("ada")


@pytest.fixture
def visitor(reading: Flask) -> Browser:
    """Somebody without an account, whose browser says where requests come from, as browsers do."""
    client = reading.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return Browser(client)
