"""Starting an attempt: under the enrolment's lock, so that numbers have no gaps and at most one is open."""

import json

from flask_babel import gettext as _

from course.catalogue.published import Published
from course.db import db
from course.errors import Conflict, NotAllowed
from course.learning import events
from course.learning.assessment import banks, queries, rules
from course.learning.assessment.actions.close import close
from course.learning.assessment.actions.hold import hold_enrolment
from course.learning.assessment.allowances import rules_for
from course.learning.assessment.models import Attempt, AttemptQuestion
from course.learning.assessment.resets import counted
from course.learning.assessment.words import refused
from course.learning.models import Enrolment
from course.quiz import arrange, draw
from course.quiz.model import Question, Rules
from course.quiz.starting import deadline


def start(enrolment: Enrolment, published: Published, quiz_id: str, at: int, seed: int) -> Attempt:
    """The enrolment's open attempt at a quiz: the one it has, else a new one drawn by `seed`.

    Raises Conflict where none may be started now, NotAllowed after leaving the course.
    """
    item = published.item("quiz", quiz_id)
    enrolment = hold_enrolment(enrolment.id)
    made = queries.attempts(enrolment, item)
    for attempt in made:
        if rules.is_open(attempt, at):
            return attempt
        if rules.overdue(attempt, at):
            close(attempt, at, rules.OVERDUE)
    if enrolment.ended is not None:
        raise NotAllowed(_("You have left this course. Enrol again to take its quizzes."))
    own = rules_for(published.quiz(quiz_id).rules, enrolment.id, item)
    barred = rules.bar(published, quiz_id, own, counted(made, enrolment.id, item), enrolment, at)
    if barred is not None:
        raise Conflict(refused(barred))
    return _begin(enrolment, published, quiz_id, own, len(made) + 1, at, seed)


def _begin(
    enrolment: Enrolment, published: Published, quiz_id: str, own: Rules, number: int, at: int, seed: int
) -> Attempt:
    item = published.item("quiz", quiz_id)
    attempt = Attempt(
        enrolment_id=enrolment.id,
        item_id=item,
        number=number,
        revision_id=published.revision_id,
        started=at,
        deadline=deadline(own, at),
        responses=0,
    )
    db.session.add(attempt)
    db.session.flush()
    _draw(attempt, published, quiz_id, own, seed)
    events.record(enrolment, "started", item=item, revision=published.revision_id, at=at, attempt=number)
    return attempt


def _draw(attempt: Attempt, published: Published, quiz_id: str, own: Rules, seed: int) -> None:
    drawn = {banks.called(quiz_id, one): one for one in draw(own, quiz_id, banks.bank(published, quiz_id), seed)}
    questions = banks.questions(published, quiz_id, drawn, published.outline.source_language)
    for position, (name, one) in enumerate(drawn.items(), start=1):
        item = published.item("question", f"{one.quiz}/{one.question}")
        db.session.add(_drawn(attempt, item, name, questions[name], position, seed))
    db.session.flush()


def _drawn(attempt: Attempt, item: int, name: str, question: Question, position: int, seed: int) -> AttemptQuestion:
    return AttemptQuestion(
        attempt_id=attempt.id,
        position=position,
        item_id=item,
        question=name,
        arrangement=json.dumps(arrange(question, seed)),
        points=question.points,
    )
