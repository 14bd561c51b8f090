"""Warnings about questions that work, but could be better."""

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
