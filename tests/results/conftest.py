"""A course with a written answer, learners who took its quiz, and trainers in their browsers."""

from collections.abc import Callable

import pytest
from flask import Flask

from course import clock
from course.db import db, transaction
from course.people.actions import add_person
from course.people.models import SignIn
from course.people.queries import SESSION_KEY, digest
from tests.learning.assessment.conftest import MINUTE, NOON, Desk, desk, enrol, sign_in
from tests.learning.assessment.marking.conftest import demo, marker, tom
from tests.learning.assessment.pages import Browser
from tests.learning.assessment.test_types import right

__all__ = ["demo", "desk", "enrol", "marker", "sign_in", "tom"]


@pytest.fixture
def handed_in(enrol: Callable[[], Desk]) -> Callable[..., Desk]:
    """A learner who handed in the quiz: all right, and some words to be marked."""

    def make(why: str = "Because.", **answers: object) -> Desk:
        desk = enrol()
        attempt = desk.start()
        desk.submit(attempt, {**right(attempt), "why": why, **answers})
        return desk

    return make


@pytest.fixture
def open_as(demo: Flask) -> Callable[[int], Browser]:
    """The browser of somebody who has an account."""

    def make(person: int) -> Browser:
        with transaction():
            until = clock.now() + 1000 * 24 * 60 * MINUTE
            db.session.add(SignIn(person_id=person, key=digest(f"key{person}"), at=NOON, until=until, ended=None))
        client = demo.test_client()
        with client.session_transaction() as session:
            session[SESSION_KEY] = f"key{person}"
        return Browser(client)

    return make


@pytest.fixture
def staff(demo: Flask, open_as: Callable[[int], Browser]) -> Callable[..., Browser]:
    """The browser of a new account with a role."""

    def make(name: str, **role: str) -> Browser:
        with transaction():
            person = add_person(name, None, name=name.title(), confirmed=True, **role).person_id
        browser = open_as(person)
        browser.person = person
        return browser

    return make


@pytest.fixture
def trainer(staff: Callable[..., Browser]) -> Browser:
    return staff("ann", role="trainer", course="demo")
