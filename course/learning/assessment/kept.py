"""What a save reads and writes, as statements and plain rows: what learners do most, and all at once before a deadline.

How many answers were given before must not matter, so nothing here reads an attempt's history.
"""

from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select, text
from sqlalchemy.orm import aliased

from course.db import Statement
from course.errors import NotFound
from course.learning.assessment.answers import Given
from course.learning.assessment.models import Attempt, AttemptQuestion, Response, Save
from course.learning.assessment.rules import State
from course.learning.assessment.shown import Drawn
from course.learning.models import Enrolment


class Mine(NamedTuple):
    """Which attempt it is, and what of it never changes."""

    id: int
    enrolment_id: int
    item_id: int
    number: int
    revision_id: int


def mine(person: int, course_id: int, quiz_item: int, number: int) -> Mine:
    """A person's own attempt in a course in which they are enrolled. Raises NotFound."""
    rows = _MINE.rows(person=person, course=course_id, item=quiz_item, number=number)
    if not rows:
        raise NotFound
    return Mine(*rows[0])


def held(attempt: Attempt | Mine) -> State:
    """The attempt's state, once nobody else writes to it: the enrolment's row is locked first, the attempt's second."""
    _HOLD_ENROLMENT.rows(id=attempt.enrolment_id)
    return State(*_HOLD_ATTEMPT.rows(id=attempt.id)[0])


def acknowledged(attempt: Attempt | Mine, key: str) -> list[tuple[str, str]]:
    """What was sent with this key and what was replied (`Save.fingerprint` and `Save.outcome`), the newest last."""
    return [(fingerprint, outcome) for fingerprint, outcome in _ACKNOWLEDGED.rows(attempt=attempt.id, key=key)]


def saves(attempt: Attempt | Mine) -> int:
    """How many acknowledgements are kept."""
    return int(_SAVES.rows(attempt=attempt.id)[0][0])


def acknowledge(attempt: Attempt | Mine, key: str, fingerprint: str, outcome: str, at: int) -> None:
    _ACKNOWLEDGE.rows(attempt=attempt.id, key=key, fingerprint=fingerprint, outcome=outcome, at=at)


def asked(attempt: Attempt | Mine) -> list[tuple[Drawn, Given | None]]:
    """Each question that was drawn, in order, with the answer that counts."""
    return [(Drawn(*row[:4]), None if row[4] is None else Given(*row[4:])) for row in _ASKED.rows(attempt=attempt.id)]


def given(attempt: Attempt | Mine, number: int) -> tuple[int, Given] | None:
    """The response of this number, and the attempt question that it answers."""
    rows = _GIVEN.rows(attempt=attempt.id, number=number)
    return (rows[0][0], Given(*rows[0][1:])) if rows else None


def respond(attempt: Attempt | Mine, question: int, response: Given, at: int, late: bool) -> None:
    """Add a response."""
    fields = response._asdict()
    _RESPOND.rows(question=question, attempt=attempt.id, at=at, late=late, **fields)
    _COUNT.rows(attempt=attempt.id, number=response.number)


_MINE = Statement(
    lambda: (
        select(Attempt.id, Attempt.enrolment_id, Attempt.item_id, Attempt.number, Attempt.revision_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(
            Enrolment.person_id == bindparam("person", None),
            Enrolment.course_id == bindparam("course", None),
            Enrolment.ended.is_(None),
            Attempt.item_id == bindparam("item", None),
            Attempt.number == bindparam("number", None),
        )
    )
)
_HOLD_ENROLMENT = Statement(lambda: select(Enrolment.id).where(Enrolment.id == bindparam("id", None)).with_for_update())
_HOLD_ATTEMPT = Statement(
    lambda: (
        select(Attempt.deadline, Attempt.closed, Attempt.why, Attempt.responses)
        .where(Attempt.id == bindparam("id", None))
        .with_for_update()
    )
)
_ACKNOWLEDGED = Statement(
    lambda: (
        select(Save.fingerprint, Save.outcome)
        .where(Save.attempt_id == bindparam("attempt", None), Save.key == bindparam("key", None))
        .order_by(Save.id)
    )
)
_ACKNOWLEDGE = Statement(
    lambda: text(
        "INSERT INTO save (attempt_id, key, fingerprint, outcome, received)"
        " VALUES (:attempt, :key, :fingerprint, :outcome, :at)"
    )
)
_SAVES = Statement(lambda: select(func.count()).where(Save.attempt_id == bindparam("attempt", None)))
_GIVEN = Statement(
    lambda: select(
        Response.attempt_question_id, Response.number, Response.language, Response.value, Response.text
    ).where(Response.attempt_id == bindparam("attempt", None), Response.number == bindparam("number", None))
)
_RESPOND = Statement(
    lambda: text(
        "INSERT INTO response (attempt_question_id, attempt_id, number, language, value, text, received, late)"
        " VALUES (:question, :attempt, :number, :language, :value, :text, :at, :late)"
    )
)
_COUNT = Statement(lambda: text("UPDATE attempt SET responses = :number WHERE id = :attempt"))


def _asked() -> Select[*tuple[Any, ...]]:
    # Under the attempt's lock ids grow as numbers do, and the index on the question ends in the id.
    newer = aliased(Response)
    counting = (
        select(newer.id)
        .where(newer.attempt_question_id == AttemptQuestion.id, newer.late.is_(False))
        .order_by(newer.id.desc())
        .limit(1)
        .correlate(AttemptQuestion)
        .scalar_subquery()
    )
    question = (AttemptQuestion.id, AttemptQuestion.position, AttemptQuestion.question, AttemptQuestion.arrangement)
    return (
        select(*question, Response.number, Response.language, Response.value, Response.text)
        .outerjoin(Response, Response.id == counting)
        .where(AttemptQuestion.attempt_id == bindparam("attempt", None))
        .order_by(AttemptQuestion.position)
    )


_ASKED = Statement(_asked)
