"""Starting an attempt: under the enrolment's lock, so that numbers have no gaps and at most one is open."""

import json

from flask_babel import gettext as _

from course.catalogue import queries as catalogue
from course.catalogue.published import Published
from course.db import db
from course.errors import Conflict, NotAllowed
from course.learning import events
from course.learning.assessment import queries, rules
from course.learning.assessment.actions.close import close
from course.learning.assessment.actions.hold import hold_enrolment
from course.learning.assessment.models import Attempt, AttemptQuestion
from course.learning.models import Enrolment
from course.quiz import arrange, draw
from course.quiz.model import Question, Quiz


def start(enrolment: Enrolment, published: Published, quiz_id: str, at: int, seed: int) -> Attempt:
    """The enrolment's open attempt at a quiz: the one it has, else a new one drawn by `seed`.

    Raises Conflict where none is left or other modules come first, NotAllowed after leaving the course.
    """
    item = published.item("quiz", quiz_id)
    enrolment = hold_enrolment(enrolment.id)
    made = queries.attempts(enrolment, item)
    for attempt in made:
        if rules.is_open(attempt, at):
            return attempt
        if rules.overdue(attempt, at):
            close(attempt, at, rules.OVERDUE)
    _check(enrolment, published, quiz_id, len(made))
    return _begin(enrolment, published, quiz_id, item, len(made) + 1, at, seed)


def _check(enrolment: Enrolment, published: Published, quiz_id: str, used: int) -> None:
    if enrolment.ended is not None:
        raise NotAllowed(_("You have left this course. Enrol again to take its quizzes."))
    before = rules.modules_before(published, quiz_id, rules.done(enrolment))
    match rules.refusal(published.quiz(quiz_id).rules, used, before):
        case rules.Refusal.NONE_LEFT:
            raise Conflict(_("You have used all your attempts at this quiz. Your grade stays as it is."))
        case rules.Refusal.MODULES_FIRST:
            raise Conflict(_("Complete the modules that come before this quiz, then start it."))


def _begin(
    enrolment: Enrolment, published: Published, quiz_id: str, item: int, number: int, at: int, seed: int
) -> Attempt:
    quiz = catalogue.quiz(published, quiz_id, published.outline.source_language)
    attempt = Attempt(
        enrolment_id=enrolment.id,
        item_id=item,
        number=number,
        revision_id=published.revision_id,
        started=at,
        deadline=rules.deadline(quiz.rules, at),
        responses=0,
    )
    db.session.add(attempt)
    db.session.flush()
    _draw(attempt, published, quiz, seed)
    events.record(enrolment, "started", item=item, revision=published.revision_id, at=at, attempt=number)
    return attempt


def _draw(attempt: Attempt, published: Published, quiz: Quiz, seed: int) -> None:
    questions = {question.id: question for question in quiz.questions}
    for position, name in enumerate(draw(quiz.rules, list(questions), seed), start=1):
        db.session.add(_drawn(attempt, published, quiz, questions[name], position, seed))
    db.session.flush()


def _drawn(
    attempt: Attempt, published: Published, quiz: Quiz, question: Question, position: int, seed: int
) -> AttemptQuestion:
    return AttemptQuestion(
        attempt_id=attempt.id,
        position=position,
        item_id=published.item("question", f"{quiz.id}/{question.id}"),
        question=question.id,
        arrangement=json.dumps(arrange(question, seed)),
        points=question.points,
    )
