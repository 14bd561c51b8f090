"""Where a learner stands at a quiz, as they may see it: what is not released yet is not in here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sqlalchemy import select

from course.catalogue.published import Published
from course.db import db
from course.learning.assessment import queries, rules
from course.learning.assessment.models import MILLION, Attempt
from course.learning.models import Enrolment
from course.quiz import final_grade, passed, phase, released
from course.quiz.model import Release, Rules


@dataclass(frozen=True, slots=True)
class AttemptSummary:
    """An attempt as it reads at a moment. One whose deadline has passed reads as closed, whatever its row says.

    `grade` (0 to 1) and `passed` are None while the attempt is open and until marks are released.
    """

    number: int
    started: int
    deadline: int | None
    closed: int | None
    why: str | None
    grade: Fraction | None = None
    passed: bool | None = None

    @property
    def is_open(self) -> bool:
        return self.closed is None


@dataclass(frozen=True, slots=True)
class Standing:
    """`left`: attempts that may still be started, None for no limit. `modules_first`: ids of modules to complete.

    `grade` and `passed` are the quiz's, over all attempts, by its grade method; None until marks are released.
    """

    attempts: tuple[AttemptSummary, ...]
    left: int | None
    refusal: rules.Refusal | None
    modules_first: tuple[str, ...]
    grade: Fraction | None
    passed: bool | None

    @property
    def open(self) -> AttemptSummary | None:
        return next((attempt for attempt in self.attempts if attempt.is_open), None)


def standing(enrolment: Enrolment, published: Published, quiz_id: str, at: int) -> Standing:
    """Where the learner stands at a quiz of the current publication. Raises NotFound for one that it has not."""
    quiz_rules = published.quiz(quiz_id).rules
    made = queries.attempts(enrolment, published.item("quiz", quiz_id))
    before = rules.modules_before(published, quiz_id, rules.done(enrolment))
    summaries = tuple(_summary(attempt, at, rules.may_answer_again(quiz_rules, made, at)) for attempt in made)
    grade = _grade(summaries, quiz_rules)
    return Standing(
        attempts=summaries,
        left=rules.attempts_left(quiz_rules, len(made)),
        refusal=rules.refusal(quiz_rules, len(made), before),
        modules_first=before,
        grade=grade,
        passed=None if grade is None else passed(quiz_rules, grade),
    )


def grades(enrolment: Enrolment, published: Published, at: int) -> dict[int, Fraction]:
    """The grades (0 to 1) that the learner may see, by quiz item, over the quizzes of this publication."""
    query = select(Attempt).where(Attempt.enrolment_id == enrolment.id).order_by(Attempt.number)
    made = db.session.scalars(query).all()
    found: dict[int, Fraction] = {}
    for quiz_id, outline in published.outline.quizzes.items():
        item = published.item("quiz", quiz_id)
        of_quiz = [attempt for attempt in made if attempt.item_id == item]
        again = rules.may_answer_again(outline.rules, of_quiz, at)
        grade = _grade([_summary(attempt, at, again) for attempt in of_quiz], outline.rules)
        if grade is not None:
            found[item] = grade
    return found


def summary(enrolment: Enrolment, published: Published, attempt: Attempt, at: int) -> AttemptSummary:
    """One attempt as the learner may see it. `published` is the current publication."""
    return _summary(attempt, at, may_answer_again(enrolment, published, attempt, at))


def release(enrolment: Enrolment, published: Published, attempt: Attempt, at: int) -> Release:
    """What the learner may see of an attempt as a whole. `published` is the current publication."""
    return _release(attempt, at, may_answer_again(enrolment, published, attempt, at))


def may_answer_again(enrolment: Enrolment, published: Published, attempt: Attempt, at: int) -> bool:
    """Whether the learner will still answer this attempt's quiz.

    Attempts are allowed by the current publication, which may grant more than the attempt's own revision did.
    """
    current = published.names.get(attempt.item_id)
    outline = published.outline.quizzes.get(current[1]) if current else None
    made = queries.attempts(enrolment, attempt.item_id)
    return rules.may_answer_again(outline.rules, made, at) if outline else False


def _summary(attempt: Attempt, at: int, again: bool) -> AttemptSummary:
    overdue = rules.overdue(attempt, at)
    closed = attempt.deadline if overdue else attempt.closed
    seen = AttemptSummary(
        number=attempt.number,
        started=attempt.started,
        deadline=attempt.deadline,
        closed=closed,
        why=rules.OVERDUE if overdue else attempt.why,
    )
    if closed is None or "marks" not in _release(attempt, at, again):
        return seen
    grade = Fraction(queries.grade(attempt, queries.fractions(attempt)) if overdue else attempt.grade or 0, MILLION)
    return replace(seen, grade=grade, passed=passed(_rules(attempt), grade))


def _release(attempt: Attempt, at: int, again: bool) -> Release:
    return released(_rules(attempt), phase(attempt_open=rules.is_open(attempt, at), more_attempts=again))


def _rules(attempt: Attempt) -> Rules:
    published = queries.revision(attempt)
    return published.quiz(published.names[attempt.item_id][1]).rules


def _grade(attempts: Sequence[AttemptSummary], quiz_rules: Rules) -> Fraction | None:
    """None unless every closed attempt shows its marks, or the rest could be worked out."""
    closed = [attempt.grade for attempt in attempts if not attempt.is_open]
    if None in closed:
        return None
    return final_grade(quiz_rules.grade, closed)
