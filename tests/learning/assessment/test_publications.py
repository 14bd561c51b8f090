"""A course may change while people take it: an attempt stays on the revision on which it was started."""

from collections.abc import Callable

import pytest

from course.catalogue import actions as catalogue
from course.db import transaction
from course.learning.assessment import queries
from tests.learning.assessment.conftest import Desk
from tests.learning.assessment.pack import packed, sources
from tests.learning.assessment.pages import Browser

QUIZ = "/en/courses/demo/quizzes/basics/"


def publish(files: dict[str, str]) -> None:
    with transaction():
        catalogue.publish(packed(files), by=None, note="", origin="files")


def test_a_key_that_is_corrected_changes_no_attempt_that_was_started_before(
    desk: Desk, republish: Callable[..., None]
) -> None:
    attempt = desk.start()
    republish(**{"= 4321": "= 1234"})
    desk.submit(attempt, {"many": {"number": "4321"}})
    assert attempt.grade == 142_857
    later = desk.start()
    desk.submit(later, {"many": {"number": "4321"}})
    assert later.grade == 0
    assert attempt.revision_id != later.revision_id


def test_a_question_whose_words_change_is_shown_as_it_was_in_an_attempt_under_way(
    desk: Desk, browser: Browser, republish: Callable[..., None]
) -> None:
    desk.start()
    republish(**{"## Which one?": "## Which one, then?"})
    browser.open(QUIZ + "attempts/1/")
    assert "Which one?" in browser.html
    assert "Which one, then?" not in browser.html


def test_a_renamed_quiz_keeps_its_attempts_under_the_old_and_the_new_address(desk: Desk, browser: Browser) -> None:
    attempt = desk.start()
    files = {
        path: text.replace("id: basics\n", "id: base\n")
        .replace("quiz: basics", "quiz: base")
        .replace("[basics", "[base")
        for path, text in sources().items()
    }
    english = "quizzes/demo/1-basics.en.md"
    files[english] = files[english].replace("id: base\n", "id: base\nrenamed-from: basics\n")
    publish(files)
    browser.open(QUIZ)
    assert browser.path == "/en/courses/demo/quizzes/base/"
    assert "Continue attempt 1" in browser.html
    browser.open(browser.path + "attempts/1/")
    browser.press("Finish…")
    browser.press("Submit")
    assert queries.attempt(desk.enrolment, attempt.item_id, 1).why == "submitted"
    assert browser.open(QUIZ + "attempts/1/result").status_code == 200


def test_the_result_of_a_quiz_that_was_retired_can_still_be_read(desk: Desk, browser: Browser) -> None:
    desk.submit(desk.start(), {"which": ["yes"]})
    files = {path: text for path, text in sources().items() if "basics" not in path}
    files["lessons/demo/course.yaml"] = files["lessons/demo/course.yaml"].replace("[basics, timed]", "[timed]")
    files["lessons/demo/course.yaml"] += "retired: [basics]\n"
    files["lessons/demo/1-first/module.yaml"] = "id: first\ntitle: {en: First, fr: Un}\n"
    publish(files)
    assert browser.open(QUIZ + "attempts/1/result").status_code == 200
    assert "Attempt 1: result" in browser.html
    assert browser.open(QUIZ).status_code == 404


@pytest.mark.parametrize("limit", ["1", "2"])
def test_a_lower_limit_takes_no_attempt_away_and_allows_no_more(
    desk: Desk, republish: Callable[..., None], limit: str
) -> None:
    for _ in range(2):
        desk.submit(desk.start())
    republish(**{"attempts: 3": f"attempts: {limit}"})
    with pytest.raises(Exception, match="used all your attempts"):
        desk.start()
    assert desk.attempt(2).grade == 0
