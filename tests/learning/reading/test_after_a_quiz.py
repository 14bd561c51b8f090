"""After a quiz: what was missed leads back to where it is taught, and whoever has not passed is told what to do."""

from collections.abc import Callable

import pytest
from flask import Flask

from course.catalogue import actions as catalogue
from course.content.pack import Pack
from course.db import transaction
from tests.catalogue.draft import Draft
from tests.learning.reading.conftest import Learner

RESULT = "/en/courses/demo/quizzes/basics/attempts/1/result"
SECTION = 'href="/en/courses/demo/one/#one-part"'


@pytest.fixture
def tested(reading: Flask) -> Callable[[str], None]:
    """Publishes the demo course with rules for its quiz, whose first question tests what lesson `one` teaches."""

    def make(rules: str) -> None:
        files = Draft(rules={"basics": rules}).files()
        files = {path: text.replace("#basics-q1 ", "#basics-q1 objective=one-aim ") for path, text in files.items()}
        files = {path: text.replace("#one-check ", "#one-check objective=one-aim ") for path, text in files.items()}
        pack = Pack("demo", {path: text.encode() for path, text in files.items()})
        with transaction():
            catalogue.publish(pack, by=None, note="", origin="files")

    return make


def test_who_has_failed_may_try_again_at_once_and_knows_what_to_read(
    tested: Callable[[str], None], person: Callable[[str], Learner]
) -> None:
    tested("attempts: 2\nrelease: {submitted: [marks, correctness]}\n")
    ada = person("ada")
    ada.enrol()
    ada.take("basics", right=False)
    page = ada.browser.open(RESULT).text
    assert "What to do now" in page
    assert SECTION in page
    assert "1 attempt is left." in page
    ada.browser.press("Try again", "attempts")
    assert ada.browser.path == "/en/courses/demo/quizzes/basics/attempts/2/"
    ada.take("basics", right=False)
    assert "ask your trainer" in ada.browser.open(RESULT).text


def test_who_must_wait_is_told_until_when(tested: Callable[[str], None], person: Callable[[str], Learner]) -> None:
    tested("attempts: 2\ncool-down: 2 d\nrelease: {submitted: [marks, correctness]}\n")
    ada = person("ada")
    ada.enrol()
    ada.take("basics", right=False)
    page = ada.browser.open(RESULT).text
    assert "You can start the next attempt from" in page
    assert "Try again</button>" not in page


def test_what_was_missed_is_not_told_where_it_is_not_released(
    tested: Callable[[str], None], person: Callable[[str], Learner]
) -> None:
    tested("attempts: 2\nrelease: {submitted: [marks]}\n")
    ada = person("ada")
    ada.enrol()
    ada.take("basics", right=False)
    page = ada.browser.open(RESULT).text
    assert "Try again</button>" in page
    assert SECTION not in page


def test_who_has_passed_with_all_right_is_told_nothing_more(
    tested: Callable[[str], None], person: Callable[[str], Learner]
) -> None:
    tested("release: {submitted: [marks, correctness]}\n")
    ada = person("ada")
    ada.enrol()
    ada.take("basics")
    page = ada.browser.open(RESULT).text
    assert "What to do now" not in page
    assert "Worth reading again" not in page
