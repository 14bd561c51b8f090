"""Who sees results: trainers of the course and admins; and of attempts, only those of the course."""

import pytest
from flask import Flask
from sqlalchemy import select

from course.catalogue import queries as courses
from course.db import db
from course.learning.assessment.models import Attempt, AttemptQuestion
from course.web.access import rule_of, trainer
from tests.results.figures.conftest import Live, Visitors

PAGES = {"overview_results", "quiz_results", "item_results", "learner_results", "gradebook_results", "export_results"}
ROLES = {"visitor": 303, "learner": 404, "stranger": 404, "trainer": 200, "admin": 200}


def rules(app: Flask) -> list[str]:
    return [rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in PAGES]


def first_attempt() -> Attempt:
    db.session.rollback()
    found = db.session.scalars(select(Attempt).where(Attempt.closed.is_not(None)).order_by(Attempt.id)).first()
    assert found is not None
    return found


def test_every_page_of_the_results_is_for_the_trainers_of_its_course(demo: Flask) -> None:
    assert len(rules(demo)) >= 6
    assert {endpoint for endpoint in rules(demo) if rule_of(demo.view_functions[endpoint]) is not trainer} == set()


def test_each_role_sees_each_page_or_is_refused_it(demo: Flask, live: Live, visitors: Visitors) -> None:
    person = live(2)
    attempt, published = first_attempt(), courses.published("demo")
    question = db.session.scalars(select(AttemptQuestion).where(AttemptQuestion.attempt_id == attempt.id)).first()
    assert question is not None
    quiz = published.names[attempt.item_id][1]
    values = {"lang": "en", "course": "demo", "quiz": quiz, "attempt": attempt.id, "item": question.item_id}
    values["person"] = person
    pages = [
        rule.build({name: values[name] for name in rule.arguments})
        for rule in demo.url_map.iter_rules()
        if rule.endpoint in rules(demo)
        and "GET" in (rule.methods or ())
        and "export" not in rule.arguments  # a file is for whom asked for it alone: tests/results/exports says so
    ]
    for role, status in ROLES.items():
        visit = visitors(role)
        found = {page[1]: visit.get(page[1]).status_code for page in pages if page}
        assert set(found.values()) == {status}, (role, found)


def test_an_attempt_is_found_only_under_its_own_quiz(live: Live, visitors: Visitors) -> None:
    live(2)
    attempt = first_attempt()
    quiz = courses.published("demo").names[attempt.item_id][1]
    other = next(name for name in courses.published("demo").outline.quizzes if name != quiz)
    visit = visitors("trainer")
    path = "/en/courses/demo/results/quizzes/{}/attempts/{}/"
    assert visit.get(path.format(quiz, attempt.id)).status_code == 200
    assert visit.get(path.format(other, attempt.id)).status_code == 404
    assert visit.get(path.format(quiz, 2**62)).status_code == 404


@pytest.mark.parametrize("query", ["since=yesterday", "until=2026-02-30"])
def test_a_day_that_is_none_is_told_not_guessed(visitors: Visitors, query: str) -> None:
    visit = visitors("trainer")
    assert visit.get(f"/en/courses/demo/results/overview/?{query}").status_code == 400
    assert "pas une date" in visit.get(f"/fr/courses/demo/results/overview/?{query}").text


def test_what_is_not_understood_in_an_address_shows_the_whole(live: Live, visitors: Visitors) -> None:
    live(2)
    path = "/en/courses/demo/results/quizzes/basics/attempts/?sort=x&outcome=x&number=x&after=1.x&language=xx"
    assert visitors("trainer").get(path).status_code == 200
