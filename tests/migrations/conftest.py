"""An installation in which something of everything has happened."""

from collections.abc import Iterator

import pytest
from flask import Flask

from course.authoring import actions as authoring
from course.catalogue import actions as catalogue
from course.catalogue import queries as published_courses
from course.content.pack import Pack
from course.db import db, transaction
from course.learning.assessment import actions as assessment
from course.learning.assessment import queries as attempts
from course.learning.practice import actions as practice
from course.learning.reading import actions as reading
from course.people import invitations, outbox
from course.people.actions import add_person
from course.people.privacy import consent
from course.quiz import fill, key
from tests.catalogue.draft import Draft

NOON = 1_767_225_600_000_000


@pytest.fixture
def lived_in(app: Flask) -> Iterator[Flask]:
    """A course, an admin and a learner who read a lesson, stopped in another, and handed in a quiz; a letter."""
    with app.app_context():
        let_live()
        yield app
        db.session.remove()


def let_live() -> None:
    """Have it all happen, inside an application context."""
    with transaction():
        catalogue.publish(_pack(), by=None, note="", origin="files")
        add_person("root@example.org", "several words of mine", role="admin", confirmed=True)
        ada = add_person("ada@example.org", None, confirmed=True).person_id
        invitations.begin(ada, "mail", by=None)
        consent.agree(ada)
        outbox.post("ada@example.org", outbox.Letter("subject", "100 % of the text"), person=ada)
    with transaction():
        _learn(ada)


def _pack() -> Pack:
    files = Draft().files()
    files["quizzes/demo/1-basics.en.md"] += "\n## Why? {#why type=written}\n\n> Because.\n"
    return Pack("demo", {path: text.encode() for path, text in files.items()})


def _learn(person: int) -> None:
    published = published_courses.published("demo")
    enrolment = reading.enrol(person, published, NOON)
    reading.read_lesson(enrolment, published, "one", NOON)
    reading.stop_at(enrolment, published, "two", "", NOON)
    attempt = assessment.start(enrolment, published, "basics", NOON, 1)
    form = {"base-1": ["0"], "base-2": ["0"], "base-3": ["0"]}
    for shown in attempts.shown(attempt, "en"):
        form |= _right(shown)
    assessment.submit(attempt, form, NOON, "en", "key")
    practice.meet(enrolment, published.item("question", "basics/why"), 0, NOON)
    practice.rest(enrolment, NOON)
    trainer = add_person("tess@example.org", None, confirmed=True).person_id
    assessment.grant(enrolment, None, time=25, by=trainer, reason="asked for it", at=NOON)
    assessment.reset(enrolment, published.item("quiz", "basics"), by=trainer, reason="a power cut", at=NOON)
    authoring.save("demo", "lessons/demo/glossary.en.md", b"# Commons {#commons}\n", "", trainer, NOON)
    authoring.keep("demo", "lessons/demo/glossary.en.md", "# Commons", "", trainer, NOON)


def _right(shown: attempts.Shown) -> dict[str, list[str]]:
    """The right answer, as the question's form sends it; some words, where a person will mark them."""
    return fill(shown.question, shown.order, key(shown.question) or "Because.", shown.field, "en")
