"""A published quiz, learners, and a hand that takes attempts the way pages do."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from course import clock
from course.catalogue import actions as catalogue
from course.catalogue import queries
from course.catalogue.published import Published
from course.db import db as database
from course.db import transaction
from course.learning.assessment import actions, rules
from course.learning.assessment import queries as assessment
from course.learning.assessment.answers import answer
from course.learning.assessment.models import Attempt
from course.learning.models import Enrolment, Event
from course.people.models import Account, Person, SignIn
from course.people.queries import SESSION_KEY, digest
from course.quiz import fill
from course.quiz.model import Value
from tests.learning.assessment.pack import pack
from tests.learning.assessment.pages import Browser

NOON = 1_767_225_600_000_000
MINUTE = 60 * 1_000_000


def iso(at: int) -> str:
    """A moment as an author writes it."""
    return datetime.fromtimestamp(at / 1_000_000, UTC).isoformat()


@dataclass
class Desk:
    """A learner's place at the demo course: what tests of attempts do, each in a transaction of its own."""

    app: Flask
    enrolment_id: int
    person: int = 0
    at: int = NOON

    @property
    def published(self) -> Published:
        database.session.rollback()  # what requests have written meanwhile is to be seen
        return queries.published("demo")

    @property
    def enrolment(self) -> Enrolment:
        database.session.rollback()
        return database.session.get_one(Enrolment, self.enrolment_id, populate_existing=True)

    def start(self, quiz: str = "basics", seed: int = 1) -> Attempt:
        with transaction():
            number = actions.start(self.enrolment, self.published, quiz, self.at, seed).number
        return self.attempt(number, quiz)

    def attempt(self, number: int = 1, quiz: str = "basics") -> Attempt:
        return assessment.attempt(self.enrolment, self.published.item("quiz", quiz), number)

    def form(
        self, attempt: Attempt, answers: Mapping[str, Value | None], language: str = "en", **bases: int
    ) -> dict[str, list[str]]:
        """The fields of a page for these questions, rendered from the responses numbered in `bases` (none: 0)."""
        form: dict[str, list[str]] = {}
        for one in assessment.shown(attempt, language):
            if one.question.id in answers:
                form[f"base-{one.drawn.position}"] = [str(bases.get(one.question.id, 0))]
                form |= fill(one.question, one.order, answers[one.question.id], one.field, language)
        return form

    def save(
        self, attempt: Attempt, answers: Mapping[str, Value | None], key: str, language: str = "en", **bases: int
    ) -> actions.Saved:
        return self.send(attempt, self.form(attempt, answers, language, **bases), key, language)

    def send(
        self, attempt: Attempt, form: dict[str, list[str]], key: str = "sent", language: str = "en"
    ) -> actions.Saved:
        """Save a form as it is."""
        with transaction():
            return actions.save(attempt, form, self.at, language, key)

    def submit(
        self, attempt: Attempt, answers: Mapping[str, Value | None] | None = None, key: str = "end"
    ) -> actions.Saved:
        return self.submit_form(attempt, self.form(attempt, answers or {}), key)

    def submit_form(
        self, attempt: Attempt, form: dict[str, list[str]], key: str, language: str = "en"
    ) -> actions.Saved:
        with transaction():
            return actions.submit(attempt, form, self.at, language, key)

    def sweep(self) -> bool:
        """Whether there was anything to close."""
        with transaction():
            return actions.sweep(self.at) is not None

    def complete_first_module(self) -> None:
        """So that the second module's quiz, `timed`, may be started."""
        with transaction():
            self.enrolment.done_items = str(self.published.item("module", "first"))

    def events(self) -> list[Event]:
        return list(database.session.scalars(select(Event).order_by(Event.id)))

    def bases(self, attempt: Attempt) -> dict[str, int]:
        """What a page that is rendered now is rendered from, by question id."""
        found = rules.counting(assessment.responses(attempt))
        return {row.question: found[row.id].number for row in assessment.drawn(attempt) if row.id in found}

    def counting(self, attempt: Attempt) -> dict[str, Value | None]:
        """What counts, by question id; questions without an answer are not in it."""
        found = rules.counting(assessment.responses(attempt))
        values = {one.question.id: answer(found.get(one.drawn.id)) for one in assessment.shown(attempt, "en")}
        return {question: value for question, value in values.items() if value is not None}


@pytest.fixture
def demo(app: Flask) -> Iterator[Flask]:
    """The application with the demo course published, inside an application context."""
    with app.app_context():
        with transaction():
            catalogue.publish(pack(), by=None, note="", origin="files")
        yield app
        database.session.remove()


@pytest.fixture
def republish(demo: Flask) -> Callable[..., None]:
    """Publishes the demo course again, with some of its text replaced."""

    def make(**changes: str) -> None:
        with transaction():
            catalogue.publish(pack(**changes), by=None, note="", origin="files")

    return make


@pytest.fixture
def enrol(demo: Flask) -> Callable[[], Desk]:
    """Makes a new person, enrolled in the demo course, without an account."""

    def make() -> Desk:
        with transaction():
            person = Person(created=NOON)
            database.session.add(person)
            database.session.flush()
            course = queries.published("demo").course_id
            enrolment = Enrolment(person_id=person.id, course_id=course, at=NOON, ended=None, done_items="")
            database.session.add(enrolment)
            database.session.flush()
            return Desk(demo, enrolment.id, person.id)

    return make


@pytest.fixture
def desk(enrol: Callable[[], Desk]) -> Desk:
    return enrol()


@pytest.fixture
def sign_in(demo: Flask) -> Callable[[Desk], Browser]:
    """Opens a browser in which a desk's person is signed in."""

    def make(desk: Desk) -> Browser:
        with transaction():
            database.session.add(
                Account(
                    person_id=desk.person, username=f"learner{desk.person}", name="Ada", stamp=f"stamp{desk.person}"
                )
            )
            until = clock.now() + 1000 * 24 * 60 * MINUTE
            key = SignIn(person_id=desk.person, key=digest(f"key{desk.person}"), at=NOON, until=until, ended=None)
            database.session.add(key)
        client = demo.test_client()
        with client.session_transaction() as session:
            session[SESSION_KEY] = f"key{desk.person}"
        return Browser(client)

    return make


@pytest.fixture
def browser(desk: Desk, sign_in: Callable[[Desk], Browser]) -> Browser:
    return sign_in(desk)
