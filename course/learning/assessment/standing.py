"""Where a learner stands at a quiz, as they may see it: what is not released yet is not in here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sqlalchemy import select

from course.catalogue.published import Published
from course.db import db
from course.learning.assessment import queries, rules
from course.learning.assessment.allowances import allowances, extra, rules_for
from course.learning.assessment.models import MILLION, Attempt
from course.learning.assessment.resets import aside, behind, counted, last_aside, resets
from course.learning.models import Enrolment
from course.quiz import final_grade, passed, phase, released
from course.quiz.model import Release, Rules
from course.quiz.starting import Bar, allowed


@dataclass(frozen=True, slots=True)
class AttemptSummary:
    """An attempt as it reads at a moment. One whose deadline has passed reads as closed, whatever its row says.

    `grade` (0 to 1) and `passed` are None while the attempt is open and until marks are released.
    Nobody passes practice. `waits`: the grade is not there yet, because a person is still to mark an answer; whoever
    has passed without it has passed. `aside`: it was set aside, and counts no more.
    """

    number: int
    started: int
    deadline: int | None
    closed: int | None
    why: str | None
    grade: Fraction | None = None
    passed: bool | None = None
    waits: bool = False
    aside: bool = False

    @property
    def is_open(self) -> bool:
        return self.closed is None


@dataclass(frozen=True, slots=True)
class Standing:
    """`rules`: the quiz's, as they hold for this learner. `bar`: why no attempt may be started now.

    `left`: attempts that may still be started, None for no limit. `grade` and `passed` are the quiz's, over all
    attempts, by its grade method; None until marks are released. Who has passed has, whatever the pass mark is now.
    """

    attempts: tuple[AttemptSummary, ...]
    rules: Rules
    left: int | None
    bar: Bar | None
    grade: Fraction | None
    passed: bool | None

    @property
    def open(self) -> AttemptSummary | None:
        return next((attempt for attempt in self.attempts if attempt.is_open), None)


def standing(enrolment: Enrolment, published: Published, quiz_id: str, at: int) -> Standing:
    """Where the learner stands at a quiz of the current publication. Raises NotFound for one that it has not."""
    item = published.item("quiz", quiz_id)
    quiz_rules = rules_for(published.quiz(quiz_id).rules, enrolment.id, item)
    made, last = queries.attempts(enrolment, item), aside(resets(enrolment.id), item)
    live = behind(made, last)
    again = rules.may_answer_again(quiz_rules, live, at)
    summaries = tuple(replace(_summary(one, at, again), aside=one.number <= last) for one in made)
    grade = _grade([one for one in summaries if not one.aside], quiz_rules)
    return Standing(
        attempts=summaries,
        rules=quiz_rules,
        left=rules.attempts_left(quiz_rules, len(live)),
        bar=rules.bar(published, quiz_id, quiz_rules, live, enrolment, at),
        grade=grade,
        passed=None if grade is None else item in rules.done(enrolment) or passed(quiz_rules, grade),
    )


def grades(enrolment_id: int, published: Published, at: int) -> dict[int, Fraction]:
    """The grades (0 to 1) that the learner may see, by quiz item, over the quizzes of this publication."""
    query = select(Attempt).where(Attempt.enrolment_id == enrolment_id, Attempt.number > last_aside())
    made = db.session.scalars(query.order_by(Attempt.number)).all()
    granted = allowances(enrolment_id) if made else ()
    found: dict[int, Fraction] = {}
    for quiz_id, outline in published.outline.quizzes.items():
        item = published.item("quiz", quiz_id)
        of_quiz = [attempt for attempt in made if attempt.item_id == item]
        again = rules.may_answer_again(allowed(outline.rules, extra(granted, item)), of_quiz, at)
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
    made = counted(queries.attempts(enrolment, attempt.item_id), enrolment.id, attempt.item_id)
    return _may_answer_again(enrolment, published, attempt.item_id, made, at)


def _may_answer_again(enrolment: Enrolment, published: Published, item: int, made: Sequence[Attempt], at: int) -> bool:
    current = published.names.get(item)
    outline = published.outline.quizzes.get(current[1]) if current else None
    return rules.may_answer_again(rules_for(outline.rules, enrolment.id, item), made, at) if outline else False


def closes(enrolment: Enrolment, published: Published, item: int, at: int) -> int | None:
    """When a quiz will close for the learner, by the current publication; None where it does not, or has closed."""
    current = published.names.get(item)
    outline = published.outline.quizzes.get(current[1]) if current else None
    end = rules_for(outline.rules, enrolment.id, item).closes if outline else None
    return end if end is not None and at < end else None


def is_told(enrolment: Enrolment, published: Published, item: int, at: int) -> bool:
    """Whether the learner may know if they have passed a quiz: all their attempts show their marks, or none can follow.

    Until then it is not done, either: whatever follows from having passed would tell. `published` is the current
    publication. Where the rules never release marks, having passed is told at the end.
    """
    made = counted(queries.attempts(enrolment, item), enrolment.id, item)
    again = _may_answer_again(enrolment, published, item, made, at)
    return not again or all("marks" in _release(one, at, again) for one in made if not rules.is_open(one, at))


def _summary(attempt: Attempt, at: int, again: bool) -> AttemptSummary:
    overdue, closed = rules.overdue(attempt, at), rules.closed(attempt, at)
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
    own = queries.rules(attempt)
    if own.practice:
        return replace(seen, grade=grade)
    if not passed(own, grade) and queries.waits_for_marking(attempt):
        return replace(seen, waits=True)
    return replace(seen, grade=grade, passed=passed(own, grade))


def _release(attempt: Attempt, at: int, again: bool) -> Release:
    return released(queries.rules(attempt), phase(attempt_open=rules.is_open(attempt, at), more_attempts=again))


def _grade(attempts: Sequence[AttemptSummary], quiz_rules: Rules) -> Fraction | None:
    """None unless every closed attempt shows its marks, or the rest could be worked out; and for practice."""
    if quiz_rules.practice:
        return None
    closed = [attempt.grade for attempt in attempts if not attempt.is_open]
    if None in closed:
        return None
    return final_grade(quiz_rules.grade, closed)
