"""The rows of long tables, some at a time, by the last one seen (keyset)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeVar

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from course.db import db
from course.learning.assessment.models import MILLION, Attempt, AttemptQuestion, Marking, Reset, Response
from course.learning.models import Enrolment
from course.people.models import Account
from course.results.exports.writing import Value
from course.results.overview.queries import waits
from course.results.scope import Scope

AT_ONCE, ATTEMPTS_AT_ONCE = 500, 100
Row = TypeVar("Row")


def parts(read: Callable[[int], Sequence[Row]], key: Callable[[Row], int]) -> Iterator[list[Row]]:
    """What `read` gives behind 0, then behind the key of the last one, and so on until it gives nothing.

    Each part is read in a transaction of its own.
    """
    after = 0
    while True:
        db.session.rollback()
        found = list(read(after))
        if not found:
            return
        yield found
        after = key(found[-1])


def attempts(scope: Scope, titles: Mapping[int, tuple[str, str]]) -> Iterator[Sequence[Value]]:
    """Every attempt of these learners. `titles`: id and title by quiz item."""
    aside = select(Reset.id).where(
        Reset.enrolment_id == Attempt.enrolment_id, Reset.item_id == Attempt.item_id, Reset.number >= Attempt.number
    )
    name = func.coalesce(func.nullif(Account.name, ""), Account.username, "")
    query = (
        select(Attempt, Enrolment.person_id, name, waits(), aside.exists())
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .outerjoin(Account, Account.person_id == Enrolment.person_id)
        .where(*scope.conditions)
        .order_by(Attempt.id)
        .limit(AT_ONCE)
    )

    def read(after: int) -> Sequence[Any]:
        return db.session.execute(query.where(Attempt.id > after)).all()

    for part in parts(read, lambda row: int(row[0].id)):
        for one, person, called, waiting, is_aside in part:
            quiz, title = titles.get(one.item_id, ("", ""))
            took = None if one.closed is None else (one.closed - one.started) // MILLION
            grade = None if one.grade is None else Fraction(one.grade, MILLION)
            yield (
                one.id, person, called, quiz, title, one.number, one.started, one.closed, took, one.why or "", grade,
                int(bool(waiting)), int(bool(is_aside)),
            )  # fmt: skip


def answers(scope: Scope, quizzes: Mapping[int, str]) -> Iterator[Sequence[Value]]:
    """Every question of every attempt of these learners, with the answer that counts. `quizzes`: id by item."""
    query = (
        select(Attempt.id, Attempt.item_id, Enrolment.person_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(*scope.conditions)
        .order_by(Attempt.id)
        .limit(ATTEMPTS_AT_ONCE)
    )

    def read(after: int) -> Sequence[Any]:
        return db.session.execute(query.where(Attempt.id > after)).all()

    for part in parts(read, lambda row: int(row[0])):
        of = {attempt: (quizzes.get(item, ""), person) for attempt, item, person in part}
        for row in db.session.execute(_answered(list(of))):
            quiz, person = of[row.attempt_id]
            mark = None if row.fraction is None else Fraction(row.fraction * row.points, MILLION)
            unmarked = row.fraction is None and row.text is None
            yield (
                row.attempt_id, person, quiz, row.question, row.position, row.language or "", row.value or "",
                row.text or "", row.received, row.points, Fraction(0) if unmarked else mark, row.by,
            )  # fmt: skip


def _answered(attempts: Sequence[int]) -> Any:
    later, newer = aliased(Response), aliased(Marking)
    last = select(later.id).where(
        later.attempt_question_id == Response.attempt_question_id, later.number > Response.number, ~later.late
    )
    newest = select(newer.id).where(newer.response_id == Marking.response_id, newer.id > Marking.id)
    counts = and_(Response.attempt_question_id == AttemptQuestion.id, ~Response.late, ~last.exists())
    return (
        select(
            AttemptQuestion.attempt_id, AttemptQuestion.question, AttemptQuestion.position, AttemptQuestion.points,
            Response.language, Response.value, Response.text, Response.received, Marking.fraction, Marking.by,
        )
        .select_from(AttemptQuestion)
        .outerjoin(Response, counts)
        .outerjoin(Marking, and_(Marking.response_id == Response.id, ~newest.exists()))
        .where(AttemptQuestion.attempt_id.in_(attempts))
        .order_by(AttemptQuestion.attempt_id, AttemptQuestion.position)
    )  # fmt: skip
