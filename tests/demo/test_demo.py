"""Simulated learners: the same for the same seed, marked as such, nobody can sign in as one."""

from flask import Flask
from sqlalchemy import func, select

from course.catalogue import actions as catalogue
from course.catalogue import queries as courses
from course.db import db, transaction
from course.demo.cast import character
from course.demo.cli import demo
from course.demo.filling import fill
from course.learning.assessment import actions as assessment
from course.learning.assessment.models import Attempt
from course.learning.reading.actions import enrol
from course.people.actions import add_person
from course.people.models import Account, Simulated
from tests.learning.assessment.pack import pack


def test_the_same_seed_simulates_the_same_learners_and_marks_each(app: Flask) -> None:
    from random import Random

    assert character(3, ["en", "fr"], Random(5)) == character(3, ["en", "fr"], Random(5))
    with app.app_context():
        with transaction():
            catalogue.publish(pack(), by=None, note="", origin="files")
        people = list(fill(courses.published("demo"), 5, seed=2))
        db.session.rollback()
        assert set(db.session.scalars(select(Simulated.person_id))) == set(people)
        accounts = [db.session.get_one(Account, person) for person in people]
        assert all(one.password is None and one.email is None for one in accounts)
        assert all("simul" in one.name for one in accounts)
        for attempt in db.session.scalars(select(Attempt).where(Attempt.closed.is_not(None))):
            assert assessment.recompute(attempt) == attempt.grade
        assert db.session.scalar(select(func.count()).select_from(Attempt))
        db.session.remove()


def test_nobody_is_simulated_where_real_people_learn(app: Flask) -> None:
    with app.app_context():
        with transaction():
            catalogue.publish(pack(), by=None, note="", origin="files")
        with transaction():
            person = add_person("ada", None).person_id
            enrol(person, courses.published("demo"), 1)
        said = app.test_cli_runner().invoke(demo, ["--learners", "1", "--course", "demo"])
        assert (said.exit_code, "Real people learn here" in said.output) == (1, True)
        db.session.rollback()
        assert not db.session.scalar(select(func.count()).select_from(Simulated))
        db.session.remove()
