"""Practice: without limit and without grade, told at once; and tries that cost something."""

from collections.abc import Callable

import pytest

from course.db import db, transaction
from course.learning.assessment import actions, queries, standing
from course.learning.assessment.marking import actions as marking
from course.learning.assessment.models import Marking
from tests.learning.assessment.conftest import Desk
from tests.learning.assessment.pages import Browser

QUIZ = "/en/courses/demo/quizzes/basics/"
PRACTICE = {
    "pass: 60%\nattempts: 3\n": "practice: true\npenalty: 25%\n",
    "release: {during: [], submitted: [marks], closed: [correctness, feedback, key]}\n": "",
}


@pytest.fixture
def practising(desk: Desk, republish: Callable[..., None]) -> Desk:
    republish(**PRACTICE)
    return desk


def position(desk: Desk, question: str) -> int:
    return next(row.position for row in queries.drawn(desk.attempt()) if row.question == question)


def attempt_to(desk: Desk, question: str, value: object, key: str) -> None:
    """Give an answer and have it checked."""
    attempt = desk.attempt()
    desk.save(attempt, {question: value}, key, **desk.bases(attempt))  # type: ignore[dict-item]
    with transaction():
        actions.check(desk.attempt(), position(desk, question), desk.at)


def earned(desk: Desk, question: str) -> int:
    attempt = desk.attempt()
    row = next(row for row in queries.drawn(attempt) if row.question == question)
    return queries.fractions(attempt)[row.id]


@pytest.mark.parametrize(
    ("tries", "worth"),
    [
        (["wrong", "kanari word"], 750_000),
        (["wrong", "wrong too", "kanari word"], 500_000),
        (["kanari word", "wrong"], 1_000_000),
        (["wrong", "w2", "w3", "w4", "w5", "kanari word"], 0),
    ],
)
def test_each_earlier_try_takes_the_penalty_off_and_the_best_counts(
    practising: Desk, tries: list[str], worth: int
) -> None:
    practising.start()
    for number, value in enumerate(tries):
        attempt_to(practising, "called", value, f"k{number}")
    practising.submit(practising.attempt())
    assert earned(practising, "called") == worth
    assert practising.attempt().grade == actions.recompute(practising.attempt()) == round(worth * 2 / 7)


def test_what_was_saved_and_not_checked_is_no_try(practising: Desk) -> None:
    attempt = practising.start()
    practising.save(attempt, {"called": "wrong"}, "k1")
    practising.save(attempt, {"called": "still wrong"}, "k2", called=1)
    attempt_to(practising, "called", "kanari word", "k3")
    practising.submit(practising.attempt())
    assert earned(practising, "called") == 1_000_000


def test_checking_the_same_answer_twice_is_checking_it_once(practising: Desk) -> None:
    practising.start()
    for _ in range(2):
        attempt_to(practising, "called", "wrong", "k")
    assert db.session.query(Marking).count() == 1
    attempt_to(practising, "called", "kanari word", "k2")
    practising.submit(practising.attempt())
    assert earned(practising, "called") == 750_000


def test_a_regrade_by_the_same_key_leaves_all_tries_as_they_are(practising: Desk, enrol: Callable[[], Desk]) -> None:
    practising.start()
    attempt_to(practising, "called", "wrong", "k1")
    attempt_to(practising, "called", "kanari word", "k2")
    practising.submit(practising.attempt())
    other = enrol()
    before = (practising.attempt().grade, db.session.query(Marking).count())
    with transaction():
        marking.regrade(practising.attempt(), practising.published, other.person, "to be sure", practising.at)
    assert (practising.attempt().grade, db.session.query(Marking).count()) == before


def test_practice_has_no_grade_and_no_end_and_is_done_when_it_was_handed_in(practising: Desk) -> None:
    for _ in range(4):
        practising.submit(practising.start())
    stands = standing.standing(practising.enrolment, practising.published, "basics", practising.at)
    assert (stands.grade, stands.passed, stands.left, stands.bar) == (None, None, None, None)
    assert {summary.passed for summary in stands.attempts} == {None}
    assert str(practising.published.item("quiz", "basics")) in practising.enrolment.done_items.split(",")


def test_an_answer_is_told_when_it_is_checked_and_not_before(practising: Desk, browser: Browser) -> None:
    browser.open(QUIZ)
    assert "as often as you like; it is not graded" in browser.html
    assert "each try takes 25 % off" in browser.html
    browser.press("Start practising")
    here = position(practising, "called")
    browser.press("Save", "responses", **{f"q{here}": "wrong"})
    assert "Not right" not in browser.html
    button = next(words for words in browser.form("responses").buttons if words.endswith(f"Question {here}"))
    browser.press(button, "responses", **{f"q{here}": "wrong"})
    assert browser.path == QUIZ + "attempts/1/"
    assert "Not right" in browser.html
    assert "1 try so far." in browser.html
    assert "kanari word" not in browser.html, "the key comes at the end"
    browser.press(button, "responses", **{f"q{here}": "kanari word"})
    assert "1.5 of 2 points" in browser.html
    browser.press("Finish…")
    browser.press("Submit")
    assert "This was practice, and is not graded." in browser.html
    assert "2 tries; each one takes 25 % off what comes after it, and the best counts." in browser.html
    assert "You earned 1.5 of 7 points." in browser.html
    browser.open(QUIZ)
    assert "passed" not in browser.html.split("Your attempts")[1]


def test_partial_marks_are_explained_in_words(desk: Desk, browser: Browser, republish: Callable[..., None]) -> None:
    republish(**{"submitted: [marks]": "submitted: [marks, correctness]"})
    desk.submit(desk.start(), {"several": ["one", "two", "three"]})
    page = " ".join(browser.open(QUIZ + "attempts/1/result").get_data(as_text=True).split())
    assert "You chose 2 of 2 right answers. 1 choice too many takes as much away." in page
    assert "1 of 2 points" in page


def test_the_counts_behind_a_mark_stay_hidden_while_correctness_is(desk: Desk, browser: Browser) -> None:
    desk.submit(desk.start(), {"several": ["one", "two", "three"]})
    page = browser.open(QUIZ + "attempts/1/result").get_data(as_text=True)
    assert "1 of 2 points" in page
    assert "mark-why" not in page


@pytest.mark.parametrize(("released", "told"), [("[marks]", True), ("[]", False)])
def test_the_result_is_compared_with_the_quiz_before_the_course_once_both_are_released(
    desk: Desk, browser: Browser, republish: Callable[..., None], released: str, told: bool
) -> None:
    republish(
        **{
            "submitted: [marks], closed: [correctness": f"submitted: {released}, closed: [correctness",
            "time limit: 10 min": "time limit: 10 min\nbaseline: basics",
        }
    )
    desk.complete_first_module()
    desk.submit(desk.start(), {"called": "kanari word"})
    attempt = desk.start("timed")
    name = queries.drawn(attempt)[0].question
    desk.submit(attempt, {name: f"kanari {name}"})
    page = " ".join(browser.open("/en/courses/demo/quizzes/timed/attempts/1/result").get_data(as_text=True).split())
    assert ("In “Basics”, before the course, you had 28 %. That is 22 percentage points more now." in page) == told
