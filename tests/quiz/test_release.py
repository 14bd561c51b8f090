"""What is released when."""

import pytest

from course import quiz
from course.quiz.model import EVERYTHING, NOTHING, Phase, Release, Rules
from tests.quiz.reading import question_of
from tests.quiz.templates import render

RULES = Rules(
    release={"during": frozenset({"correctness"}), "submitted": frozenset({"marks"}), "closed": frozenset({"key"})}
)


@pytest.mark.parametrize(
    ("attempt_open", "more_attempts", "reached"),
    [(True, True, "during"), (True, False, "during"), (False, True, "submitted"), (False, False, "closed")],
)
def test_a_key_waits_until_nothing_more_can_be_tried(attempt_open: bool, more_attempts: bool, reached: Phase) -> None:
    assert quiz.phase(attempt_open=attempt_open, more_attempts=more_attempts) == reached


@pytest.mark.parametrize(
    ("phase", "things"),
    [("during", {"correctness"}), ("submitted", {"correctness", "marks"}), ("closed", {"correctness", "marks", "key"})],
)
def test_what_was_released_stays_released(phase: Phase, things: set[str]) -> None:
    assert quiz.released(RULES, phase) == things


def test_during_an_attempt_an_unanswered_question_shows_nothing() -> None:
    assert quiz.released(RULES, "during", answered=False) == NOTHING
    assert quiz.released(RULES, "submitted", answered=False) == {"correctness", "marks"}


def test_by_default_nothing_is_released_during_an_attempt_and_the_key_last() -> None:
    assert quiz.released(Rules(), "during") == NOTHING
    assert "key" not in quiz.released(Rules(), "submitted")
    assert quiz.released(Rules(), "closed") == EVERYTHING


def test_a_rule_left_out_releases_nothing_of_its_own() -> None:
    assert quiz.released(Rules(release={"closed": EVERYTHING}), "submitted") == NOTHING


def shown(release: Release, value: list[str] | None) -> quiz.QuestionView:
    asked = question_of("## Which? {#q points=3}\n\n- [x] A\n- [x] B\n- [ ] C\n  > Not C.\n\n> All in all.\n")
    return quiz.view(asked, (0, 1, 2), value, "fr", release, "q1")


def test_marks_alone_show_marks_alone() -> None:
    view = shown(frozenset({"marks"}), ["1", "2", "3"])
    assert (view.mark, view.outcome, view.feedback) == ("1,5", None, None)
    page = render(view)
    assert "1,5 of 3 points" in page
    assert "mark-right" not in page
    assert "choice-right" not in page


def test_feedback_alone_is_that_of_what_was_chosen() -> None:
    assert "Not C." in render(shown(frozenset({"feedback"}), ["3"]))
    page = render(shown(frozenset({"feedback"}), ["1"]))
    assert "Not C." not in page
    assert "All in all." in page


def test_correctness_says_nothing_about_what_was_not_chosen() -> None:
    page = render(shown(frozenset({"correctness"}), ["1"]))
    assert page.count("choice-right") == 1
    assert "choice-key" not in page


def test_a_recorded_fraction_is_shown_rather_than_a_new_one() -> None:
    asked = question_of("## Which? {#q points=2}\n\n- ( ) A\n- (x) B\n")
    view = quiz.view(asked, (0, 1), ["1"], "en", EVERYTHING, "q1", fraction=quiz.from_millionths(500_000))
    assert (view.mark, view.outcome) == ("1", "partial")


def test_a_question_in_another_language_than_the_page_says_so() -> None:
    asked = question_of("## Which? {#q}\n\n- ( ) A\n- (x) B\n", "en")
    assert '<fieldset class="question question-single" id="q1" lang="en" dir="ltr">' in render(
        quiz.view(asked, (0, 1), None, "fr", NOTHING, "q1")
    )


def test_an_error_is_tied_to_the_question() -> None:
    asked = question_of("## Which? {#q type=short}\n\n= a\n")
    page = render(quiz.view(asked, (), None, "en", NOTHING, "q1", error="Please shorten it."))
    assert page.count('aria-describedby="q1-error') == 2
    assert "Please shorten it." in page


def test_a_locked_question_cannot_be_changed() -> None:
    asked = question_of("## Which? {#q}\n\n- ( ) A\n- (x) B\n")
    assert render(quiz.view(asked, (0, 1), ["1"], "en", NOTHING, "q1", locked=True)).count(" disabled") == 2
