"""What a learner's attempts come to in the gradebook, worked out by hand."""

from fractions import Fraction

import pytest

from course.quiz.model import Rules
from course.results.gradebook.rules import NOTHING, Cell, Made, cell, total

HALF, NINE = Fraction(1, 2), Fraction(9, 10)
OPEN, WAITS = Made(None, False), Made(Fraction(0), True)
RULES = Rules(pass_mark=Fraction(7, 10))


@pytest.mark.parametrize(
    ("made", "found"),
    [
        ([], NOTHING),
        ([OPEN], Cell("open")),
        ([WAITS], Cell("waits")),
        ([WAITS, OPEN], Cell("waits")),
        ([Made(HALF, False)], Cell("graded", HALF, False)),
        ([Made(HALF, False), Made(NINE, False), OPEN], Cell("graded", NINE, True)),
        ([Made(HALF, False), Made(NINE, True)], Cell("graded", HALF, False)),
    ],
)
def test_a_quiz_is_graded_over_what_is_marked(made: list[Made], found: Cell) -> None:
    assert cell(RULES, made) == found


def test_the_quiz_says_which_attempt_counts_and_practice_has_no_grade() -> None:
    made = [Made(HALF, False), Made(NINE, False), Made(HALF, False)]
    assert cell(Rules(grade="last"), made).grade == HALF
    assert cell(Rules(grade="average"), made).grade == Fraction(19, 30)
    assert cell(Rules(practice=True), made) == NOTHING


def test_the_grade_for_the_course_is_the_mean_by_weight_of_what_there_is() -> None:
    graded = Cell("graded", HALF), Cell("graded", NINE)
    assert total(zip((1, 1), graded, strict=True)) == Fraction(7, 10)
    assert total(zip((1, 3), graded, strict=True)) == Fraction(8, 10)
    assert total(zip((1, 0), graded, strict=True)) == HALF
    assert total([(1, graded[0]), (100, NOTHING), (100, Cell("waits"))]) == HALF
    assert total([(0, graded[0])]) is None
    assert total([]) is None
