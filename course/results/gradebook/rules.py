"""A learner's grades in a course. Pure: attempts and rules in, what stands in the gradebook out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from course.quiz import final_grade, passed
from course.quiz.model import Rules

State = Literal["", "open", "waits", "graded"]


class Made(NamedTuple):
    """An attempt. `grade`: 0 to 1, None while it is open; `waits`: an answer in it waits for marking."""

    grade: Fraction | None
    waits: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A learner at a quiz. `grade`: the quiz's, over all attempts that are marked (0 to 1).

    `state` is `graded` where there is a grade; else what the attempts wait for: the learner (`open`), a marker
    (`waits`), or "" where there is no attempt.
    """

    state: State = ""
    grade: Fraction | None = None
    passed: bool = False


NOTHING = Cell()


def cell(rules: Rules, made: Sequence[Made]) -> Cell:
    """What a learner's attempts at a quiz, the first one first, come to. Practice has no grade."""
    marked = [None if one.waits else one.grade for one in made]
    grade = None if rules.practice else final_grade(rules.grade, marked)
    if grade is not None:
        return Cell("graded", grade, passed(rules, grade))
    if any(one.waits for one in made):
        return Cell("waits")
    return Cell("open" if any(one.grade is None for one in made) else "")


def total(cells: Iterable[tuple[int, Cell]]) -> Fraction | None:
    """The mean of the grades that there are, each by its quiz's weight; None while there is none that counts.

    A quiz that was not taken yet is left out, so that the figure says how a learner did, not how far they are.
    """
    counted = [(weight, one.grade) for weight, one in cells if one.grade is not None and weight]
    weights = sum(weight for weight, _grade in counted)
    return sum((weight * grade for weight, grade in counted), Fraction(0)) / weights if weights else None
