"""From fractions to grades: exact arithmetic, and the integer millionths in which results are stored."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from course.quiz.model import GradeMethod, Rules

SCORING_VERSION = "1"
"""Named by every marking. Raise it whenever equal responses could get another fraction than before."""

MILLION = 1_000_000


class Mark(NamedTuple):
    """What one question brought: the fraction earned (0 to 1) and the points it weighs."""

    fraction: Fraction
    points: int


def millionths(fraction: Fraction) -> int:
    """A fraction as it is stored; halves are rounded up, so that every database holds the same number."""
    return (fraction.numerator * 2 * MILLION + fraction.denominator) // (2 * fraction.denominator)


def from_millionths(stored: int) -> Fraction:
    return Fraction(stored, MILLION)


def attempt_grade(marks: Sequence[tuple[Fraction, int]]) -> Fraction:
    """The grade of an attempt, 0 to 1, from (fraction, points) of each question drawn; 0 where nothing has points."""
    total = sum(points for _, points in marks)
    if not total:
        return Fraction(0)
    return sum((fraction * points for fraction, points in marks), Fraction(0)) / total


def after_tries(fractions: Sequence[Fraction], penalty: Fraction) -> Fraction:
    """What a question is worth after several tries, first try first: the best of them, each less `penalty` for each
    try before it, and never below 0 (the field's adaptive behaviour).
    """
    worth = (fraction - penalty * earlier for earlier, fraction in enumerate(fractions))
    return max((Fraction(0), *worth))


def final_grade(method: GradeMethod, grades: Sequence[Fraction | None]) -> Fraction | None:
    """The grade of a quiz from those of its closed attempts, first attempt first; None where there is none yet.

    An attempt that still waits for its marking is None and is left out.
    """
    marked = [grade for grade in grades if grade is not None]
    if not marked:
        return None
    match method:
        case "best":
            return max(marked)
        case "last":
            return marked[-1]
        case "first":
            return marked[0]
        case "average":
            return sum(marked, Fraction(0)) / len(marked)


def passed(rules: Rules, grade: Fraction) -> bool:
    """Whether a grade reaches the pass mark. Compared as stored, so that a grade read back decides the same."""
    return millionths(grade) >= millionths(rules.pass_mark)
