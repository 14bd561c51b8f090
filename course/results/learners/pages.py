"""What the page of a learner shows, gathered for its template."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from course.catalogue.published import Published
from course.learning.assessment import queries as assessment
from course.learning.assessment import rules as decisions
from course.learning.assessment.allowances import allowances, extra, in_force
from course.learning.assessment.models import MILLION, Allowance, Attempt, Reset
from course.learning.assessment.resets import aside, resets
from course.learning.assessment.words import granted
from course.learning.models import Enrolment
from course.learning.reading import rules as reading
from course.quiz import final_grade, passed
from course.quiz.model import Rules
from course.quiz.starting import allowed
from course.results.learners import queries

Context = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt. `grade`: 0 to 1, None while it is under way; `waits`: an answer in it waits for marking.

    `aside`: it was set aside, and counts no more.
    """

    id: int
    number: int
    grade: Fraction | None
    passed: bool
    waits: bool
    aside: bool


@dataclass(frozen=True, slots=True)
class Quizzed:
    """A quiz of the course. `rules`: as they hold for this learner, with what they were granted.

    `grade` and `passed` are the quiz's, over all attempts that are marked, whatever the learner may see of it yet.
    """

    id: str
    title: str
    rules: Rules
    tried: Sequence[Tried]
    grade: Fraction | None
    passed: bool


@dataclass(frozen=True, slots=True)
class Granted:
    """What was granted once. `at_quiz`: its title, "" for every quiz, None for one that the course has no more.

    `holds`: no later one took its place.
    """

    row: Allowance
    at_quiz: str | None
    what: str
    holds: bool


def learner(published: Published, enrolment: Enrolment, at: int, language: str) -> Context:
    made, given, undone = queries.attempts(enrolment), allowances(enrolment.id), resets(enrolment.id)
    done = decisions.done(enrolment)
    quizzes = [
        _quiz(published, quiz_id, made.get(published.item("quiz", quiz_id), []), (given, undone), done, at, language)
        for quiz_id in published.outline.quizzes
    ]
    called = queries.names({enrolment.person_id, *(row.by for row in given), *(row.by for row in undone)})
    return {
        "person": enrolment.person_id,
        "name": called.get(enrolment.person_id, ""),
        "called": called,
        "enrolment": enrolment,
        "progress": Fraction(reading.percent(done, reading.required(published)), 100),
        "completed": queries.completed(enrolment),
        "quizzes": quizzes,
        "passed": sum(one.passed for one in quizzes if not one.rules.practice),
        "graded": sum(not one.rules.practice for one in quizzes),
        "undone": [(row, _title(published, row.item_id, language)) for row in reversed(undone)],
        "granted": [_granted(published, row, given, language) for row in reversed(given)],
    }


def _quiz(
    published: Published,
    quiz_id: str,
    made: Sequence[queries.Made],
    decided: tuple[Sequence[Allowance], Sequence[Reset]],
    done: frozenset[int],
    at: int,
    language: str,
) -> Quizzed:
    item, outline = published.item("quiz", quiz_id), published.quiz(quiz_id)
    given, last = decided[0], aside(decided[1], item)
    tried = [_tried(outline.rules, one, at, last) for one in made]
    marked = [None if one.waits else one.grade for one in tried if not one.aside]
    grade = None if outline.rules.practice else final_grade(outline.rules.grade, marked)
    return Quizzed(
        id=quiz_id,
        title=published.text(outline.titles, language),
        rules=allowed(outline.rules, extra(given, item)),
        tried=tried,
        grade=grade,
        passed=item in done or (grade is not None and passed(outline.rules, grade)),
    )


def _tried(rules: Rules, made: queries.Made, at: int, last_aside: int) -> Tried:
    grade = _grade(made.attempt, at)
    return Tried(
        id=made.attempt.id,
        number=made.attempt.number,
        grade=grade,
        passed=grade is not None and passed(rules, grade),
        waits=made.waits,
        aside=made.attempt.number <= last_aside,
    )


def _grade(attempt: Attempt, at: int) -> Fraction | None:
    """0 to 1, None while it is open. One whose time was over has the grade with which it will be closed."""
    if decisions.is_open(attempt, at):
        return None
    overdue = decisions.overdue(attempt, at)
    return Fraction(
        assessment.grade(attempt, assessment.fractions(attempt)) if overdue else attempt.grade or 0, MILLION
    )


def _title(published: Published, item: int, language: str) -> str | None:
    """The title of a quiz, None for one that the course has no more."""
    kind_and_name = published.names.get(item)
    outline = published.outline.quizzes.get(kind_and_name[1] if kind_and_name else "")
    return published.text(outline.titles, language) if outline else None


def _granted(published: Published, row: Allowance, given: Sequence[Allowance], language: str) -> Granted:
    title = "" if row.item_id is None else _title(published, row.item_id, language)
    return Granted(row, title, granted(row), holds=in_force(given, row.item_id) is row)
