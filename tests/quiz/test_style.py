"""Warnings about questions that work, but could be better."""

from fractions import Fraction

import pytest

from course.quiz.model import Rules
from course.quiz.rules import Front
from course.quiz.style import check_quiz
from tests.quiz.reading import quiz_of

GOOD = """\
## Which? {#q objective=o}

- ( ) Bread
  > No.
- (x) Wine
"""


def warnings(body: str) -> list[tuple[str, int]]:
    found = check_quiz(quiz_of(body), "f")
    assert found.errors == []
    return [(finding.rule, finding.place.line) for finding in found]


def test_a_good_question_gets_no_warning() -> None:
    assert warnings(GOOD) == []


def test_a_question_without_an_objective_is_seen() -> None:
    assert warnings(GOOD.replace(" objective=o", "")) == [("no-objective", 1)]


def test_a_wrong_choice_without_feedback_is_seen() -> None:
    assert warnings(GOOD.replace("  > No.\n", "")) == [("no-feedback", 3)]
    assert warnings("## T {#q type=truefalse objective=o}\n\n= true\n") == [("no-feedback", 1)]


def test_a_key_that_its_length_gives_away_is_seen() -> None:
    assert warnings(GOOD.replace("Wine", "Wine that was made by the members together")) == [("length-cue", 5)]


def test_keys_that_always_stand_in_one_place_are_seen() -> None:
    same = "".join(GOOD.replace("{#q ", f"{{#q{number} ") for number in range(4))
    assert warnings(same) == [("key-position", 1)]
    other = "## W {#o objective=o}\n\n- (x) Wine\n- ( ) Bread\n  > No.\n"
    assert warnings(same + other) == []
    assert warnings(other.join(GOOD.replace("{#q ", f"{{#q{number} ") for number in range(2))) == []


def test_keys_that_mostly_stand_in_one_place_are_seen_once_there_are_enough_to_tell() -> None:
    def keys(second: int, first: int) -> str:
        there = [GOOD.replace("{#q ", f"{{#q{number} ") for number in range(second)]
        other = "## W {#o objective=o}\n\n- (x) Wine\n- ( ) Bread\n  > No.\n"
        return "".join(there + [other.replace("{#o ", f"{{#o{number} ") for number in range(first)])

    assert warnings(keys(5, 1)) == [("key-position", 1)]
    assert warnings(keys(7, 3)) == [("key-position", 1)]
    assert warnings(keys(4, 2)) == []
    assert warnings(keys(4, 1)) == []


@pytest.mark.parametrize(
    "body",
    [
        "## T {#q objective=o}\n\nA [[a: b]]\n",
        "## T {#q type=match objective=o}\n\n| a | b |\n|---|---|\n| c | d |\n| e | f |\n",
        "## T {#q type=order objective=o}\n\n1. a\n2. b\n",
    ],
)
def test_an_answer_in_parts_about_which_nothing_is_said_is_seen(body: str) -> None:
    assert warnings(body) == [("no-feedback", 1)]
    assert warnings(body + "\n> Since so it is.\n") == []


def test_a_foreseen_wrong_part_is_feedback_enough() -> None:
    assert warnings("## T {#q objective=o}\n\nA [[a: b]]\n\n= wrong: a: c > No.\n") == []


def test_categories_that_hold_one_thing_each_are_a_match() -> None:
    body = "## T {#q type=categorise objective=o}\n\n| a | b |\n|---|---|\n| c | d |\n| e | f |\n\n> So.\n"
    assert warnings(body) == [("use-match", 1)]


def test_a_written_answer_without_a_rubric_is_seen() -> None:
    assert warnings("## T {#q type=written objective=o}\n\nSay why.\n") == [("no-rubric", 1)]


def test_a_survey_needs_no_objective_but_a_pass_mark_that_can_be_reached() -> None:
    body = "## T {#q type=scale}\n\n- 1: low\n- 2: high\n"
    assert warnings(body) == [("nothing-counts", 1)]
    assert warnings(body + GOOD.replace("#q", "#r")) == []
    free = quiz_of(body, front=Front("x", "X", Rules(pass_mark=Fraction(0))))
    assert check_quiz(free, "f").found == []
