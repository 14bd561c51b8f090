"""The demo course with a written answer and a rubric in its first quiz, and somebody who marks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from course.catalogue import actions as catalogue
from course.db import db, transaction
from course.learning.assessment.marking import actions, queries, rules
from course.learning.assessment.models import Marking, Response
from course.people.actions import add_person
from tests.learning.assessment.conftest import Desk
from tests.learning.assessment.test_types import course


@pytest.fixture
def demo(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        with transaction():
            catalogue.publish(course(), by=None, note="", origin="files")
        yield app
        db.session.remove()


@dataclass
class Marker:
    """Marks answers to the quiz `basics`, each in a transaction of its own."""

    person: int
    at: int = 1_767_225_600_000_000

    def answer(self, desk: Desk) -> queries.Answer:
        """The learner's written answer."""
        db.session.rollback()
        item = desk.published.item("quiz", "basics")
        found = db.session.scalars(select(Response.id).where(Response.text.is_not(None)).order_by(Response.id.desc()))
        for response in found:
            answer = queries.answer(item, response) if _is_written(response) else None
            if answer is not None and answer.person == desk.person:
                return answer
        raise AssertionError("no written answer")

    def mark(self, desk: Desk, level: int = 2, comment: str = "", reason: str = "", base: int = 0) -> Marking:
        with transaction():
            found = self.answer(desk)
            form = {"level-0": str(level), "comment": comment, "reason": reason}
            given = rules.read(found.question, found.drawn.points, form, "en")
            return actions.mark(found, given, base, self.person, self.at)

    def regrade(self, desk: Desk, reason: str = "The key was wrong.", number: int = 1) -> int:
        with transaction():
            return actions.regrade(desk.attempt(number), desk.published, self.person, reason, self.at)


def _is_written(response: int) -> bool:
    return ":" not in (db.session.get_one(Response, response).text or "")


@pytest.fixture
def marker(demo: Flask) -> Callable[[str], Marker]:
    """Makes a trainer of the course."""

    def make(name: str = "tom") -> Marker:
        with transaction():
            account = add_person(name, None, role="trainer", course="demo", name=name.title(), confirmed=True)
            return Marker(account.person_id)

    return make


@pytest.fixture
def tom(marker: Callable[[str], Marker]) -> Marker:
    return marker("tom")
