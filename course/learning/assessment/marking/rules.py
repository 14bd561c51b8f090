"""What a person's marking is worth. Pure: a question and what was picked or typed in, a fraction out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from course.errors import Invalid
from course.quiz.model import Question
from course.quiz.numbers import read_number
from course.quiz.types.written import Criterion, WrittenBody

LONGEST = 5000
"""Characters of a comment or a reason."""


@dataclass(frozen=True, slots=True)
class Given:
    """A marking as a person gives it. `levels`: the points picked in each row of the rubric, in its order.

    `comment` is for the learner; `reason` says why an earlier marking is set aside.
    """

    fraction: Fraction
    levels: tuple[int, ...] | None = None
    comment: str = ""
    reason: str = ""


class Unmarked(Invalid):
    """Something of a marking is missing or cannot be read. `fields` names the form's fields that are to be mended."""

    def __init__(self, *fields: str) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


def criteria(question: Question) -> tuple[Criterion, ...]:
    """The rows of a question's rubric; none where it has no rubric."""
    return question.body.criteria if isinstance(question.body, WrittenBody) else ()


def read(question: Question, points: int, form: Mapping[str, str], language: str) -> Given:
    """A marking from its form: `level-0` ... for the rubric's rows, else `mark`, in points (of `points`).

    Raises Unmarked where a row has no level, or the mark is no number from 0 to the points.
    """
    comment, reason = form.get("comment", "").strip()[:LONGEST], form.get("reason", "").strip()[:LONGEST]
    rows = criteria(question)
    if not rows:
        return Given(_fraction(form.get("mark", ""), points, language), None, comment, reason)
    sent = [form.get(f"level-{at}", "") for at in range(len(rows))]
    missing = [
        f"level-{at}"
        for at, (row, level) in enumerate(zip(rows, sent, strict=True))
        if level not in {str(one.points) for one in row.levels}
    ]
    if missing:
        raise Unmarked(*missing)
    levels = tuple(int(level) for level in sent)
    return Given(by_levels(rows, levels), levels, comment, reason)


def by_levels(rows: tuple[Criterion, ...], levels: tuple[int, ...]) -> Fraction:
    """The fraction that these levels earn: their points by those of the top levels."""
    return Fraction(sum(levels), sum(row.top for row in rows))


def write_levels(levels: tuple[int, ...] | None) -> str | None:
    return None if levels is None else json.dumps(levels, separators=(",", ":"))


def read_levels(stored: str | None) -> tuple[int, ...] | None:
    return None if stored is None else tuple(json.loads(stored))


def _fraction(typed: str, points: int, language: str) -> Fraction:
    number = read_number(typed.strip(), language)
    if number is None or not 0 <= number <= points:
        raise Unmarked("mark")
    return Fraction(number) / points if points else Fraction(0)
