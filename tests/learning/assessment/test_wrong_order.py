"""Steps in a wrong order, and steps into somebody else's attempt."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from course.db import db, transaction
from course.errors import Conflict
from course.learning.assessment import queries
from course.learning.assessment.models import Attempt, Response
from course.learning.reading import actions as reading
from tests.learning.assessment.conftest import Desk
from tests.learning.assessment.pages import Browser

QUIZ = "/en/courses/demo/quizzes/basics/"
FIRST = QUIZ + "attempts/1/"


def token(browser: Browser) -> dict[str, str]:
    return {"csrf_token": browser.form().fields["csrf_token"][0]}


@pytest.mark.parametrize("step", ["", "submission", "result"])
def test_there_is_no_page_of_an_attempt_that_was_not_started(desk: Desk, browser: Browser, step: str) -> None:
    assert browser.open(FIRST + step).status_code == 404


@pytest.mark.parametrize("step", ["responses", "submission"])
def test_nothing_is_saved_or_submitted_before_the_start(desk: Desk, browser: Browser, step: str) -> None:
    browser.open(QUIZ)
    reply = browser.post(FIRST + step, data=token(browser) | {"key": "k", "confirmed": "1"})
    assert reply.status_code == 404


@pytest.mark.parametrize(("method", "step"), [
    ("get", ""), ("get", "submission"), ("get", "result"), ("post", "responses"), ("post", "submission"),
])  # fmt: skip
def test_somebody_elses_attempt_is_not_there(
    enrol: Callable[[], Desk], sign_in: Callable[[Desk], Browser], method: str, step: str
) -> None:
    owner, stranger = enrol(), enrol()
    owner.start()
    browser = sign_in(stranger)
    browser.open(QUIZ)
    data = token(browser) | {"key": "k", "confirmed": "1", "base-1": "0", "q1": "0"} if method == "post" else None
    reply = browser.post(FIRST + step, data) if data else browser.get(FIRST + step)
    assert reply.status_code == 404
    assert db.session.scalar(select(func.count()).select_from(Response)) == 0
    assert owner.attempt().closed is None


@pytest.mark.parametrize("step", ["attempts", "attempts/1/responses", "attempts/1/submission"])
def test_a_form_without_its_token_changes_nothing(desk: Desk, browser: Browser, step: str) -> None:
    desk.start()
    reply = browser.post(QUIZ + step, data={"key": "k", "confirmed": "1"})
    assert reply.status_code == 400
    assert desk.attempt().closed is None


@pytest.mark.parametrize("step", ["attempts/1/", "attempts/1/result", "attempts/1/submission"])
def test_a_visitor_is_asked_to_sign_in(desk: Desk, browser: Browser, step: str) -> None:
    desk.start()
    reply = Browser(desk.app.test_client()).get(QUIZ + step)
    assert reply.status_code == 303
    assert "/en/sign-in" in reply.headers["Location"]


def test_a_visitor_may_read_what_the_quiz_is_and_gets_no_question(desk: Desk) -> None:
    page = Browser(desk.app.test_client()).get(QUIZ)
    assert page.status_code == 200
    assert "Sign in to take this quiz" in page.get_data(as_text=True)
    assert "Which one?" not in page.get_data(as_text=True)


def test_after_leaving_the_course_an_attempt_takes_nothing(desk: Desk, browser: Browser) -> None:
    desk.start()
    with transaction():
        reading.leave(desk.enrolment, desk.at)
    browser.open(QUIZ)
    assert browser.post(FIRST + "responses", data=token(browser) | {"key": "k"}).status_code == 404
    assert "Enrol" in browser.html


def test_an_unconfirmed_submission_only_asks(desk: Desk, browser: Browser) -> None:
    desk.start()
    browser.open(FIRST)
    browser.go(FIRST + "submission", browser.form("responses").fields)
    assert "Submit your attempt?" in browser.html
    assert desk.attempt().closed is None


def test_a_submission_may_carry_the_answers_itself(desk: Desk, browser: Browser) -> None:
    attempt = desk.start()
    browser.open(FIRST)
    fields = browser.form("responses").fields | desk.form(attempt, {"called": "kanari word"})
    browser.go(FIRST + "submission", fields | {"confirmed": "1"})
    assert browser.path == FIRST + "result"
    assert desk.attempt().grade == 285714


def test_a_second_press_of_submit_is_not_told_that_an_answer_came_late(desk: Desk, browser: Browser) -> None:
    desk.start()
    browser.open(FIRST + "submission")
    form = browser.form("submission")
    browser.send(form, "Submit")
    browser.send(form, "Submit")
    assert browser.path == FIRST + "result"
    assert "after the end" not in browser.html


def test_an_open_attempt_has_no_result_yet_and_a_closed_one_no_questions(desk: Desk, browser: Browser) -> None:
    attempt = desk.start()
    browser.open(FIRST + "result")
    assert browser.path == FIRST
    desk.submit(attempt)
    browser.open(FIRST)
    assert browser.path == FIRST + "result"


def test_no_more_attempts_start_than_are_allowed(desk: Desk) -> None:
    for number in (1, 2, 3):
        attempt = desk.start()
        assert attempt.number == number
        desk.submit(attempt, key=f"end-{number}")
    with pytest.raises(Conflict):
        desk.start()
    assert db.session.scalar(select(func.count()).select_from(Attempt)) == 3


def test_a_quiz_that_other_modules_come_before_does_not_start(desk: Desk, browser: Browser) -> None:
    with pytest.raises(Conflict):
        desk.start("timed")
    browser.open("/en/courses/demo/quizzes/timed/")
    assert "First complete what comes before this quiz:" in browser.html
    assert re.search(r'<li><a href="/en/courses/demo/[^"]*">First</a></li>', browser.html)
    desk.complete_first_module()
    assert desk.start("timed").number == 1


def test_what_a_client_says_about_time_marks_and_order_is_not_heard(desk: Desk) -> None:
    attempt = desk.start()
    form = desk.form(attempt, {"which": ["no"]})
    lies = {"at": ["1"], "received": ["1"], "grade": ["1000000"], "fraction": ["1"], "order": ["0"], "late": ["false"]}
    desk.send(attempt, form | lies)
    desk.submit(attempt)
    assert attempt.grade == 0
    assert [response.received for response in queries.responses(attempt)] == [desk.at]


def test_there_is_no_quiz_and_no_course_of_another_name(desk: Desk, browser: Browser) -> None:
    for address in ("/en/courses/demo/quizzes/nothing/", "/en/courses/nothing/quizzes/basics/"):
        assert browser.open(address).status_code == 404
        assert browser.open(address + "attempts/1/").status_code == 404
    assert browser.open(QUIZ + "attempts/99999999999999999999/").status_code == 404
    assert browser.open(QUIZ + "attempts/0/").status_code == 404
