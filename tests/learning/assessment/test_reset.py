"""Setting attempts aside: nothing is deleted, nothing counts, and the learner is told."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from course.db import db, transaction
from course.errors import Conflict, Invalid, NotAllowed
from course.learning.assessment import actions, queries
from course.learning.assessment.models import Attempt, Marking, Response
from course.learning.assessment.standing import grades, standing
from course.learning.reading.verify import differences
from course.people.audit.models import AuditEntry
from tests.learning.assessment.conftest import MINUTE, Desk
from tests.learning.assessment.test_types import right


def reset(desk: Desk, by: int, reason: str = "The power went out.") -> None:
    item = desk.published.item("quiz", "basics")
    with transaction():
        actions.reset(desk.enrolment, item, by=by, reason=reason, at=desk.at)


def stands(desk: Desk) -> object:
    return standing(desk.enrolment, desk.published, "basics", desk.at)


@pytest.fixture
def tried(enrol: Callable[[], Desk]) -> Desk:
    """Somebody who handed in an empty attempt."""
    desk = enrol()
    desk.submit(desk.start(), {})
    desk.at += MINUTE
    return desk


@pytest.fixture
def trainer(enrol: Callable[[], Desk]) -> int:
    return enrol().person


def test_what_was_set_aside_counts_neither_as_a_try_nor_for_the_grade(tried: Desk, trainer: int) -> None:
    before = stands(tried)
    assert before.grade == 0
    reset(tried, trainer)
    after = stands(tried)
    assert [one.aside for one in after.attempts] == [True]
    assert after.grade is None
    assert after.left is None or after.left == before.left + 1
    assert grades(tried.enrolment.id, tried.published, tried.at) == {}


def test_the_next_attempt_goes_on_counting_and_counts_alone(tried: Desk, trainer: int) -> None:
    reset(tried, trainer)
    second = tried.start()
    assert second.number == 2
    tried.submit(second, {})
    assert [one.aside for one in stands(tried).attempts] == [True, False]
    assert stands(tried).grade == 0


def test_nothing_is_deleted_and_everything_still_adds_up(tried: Desk, trainer: int) -> None:
    def kept() -> list[int]:
        return [len(db.session.scalars(select(table.id)).all()) for table in (Attempt, Response, Marking)]

    before = kept()
    reset(tried, trainer)
    assert kept() == before
    assert [sentence for found in differences() for sentence in found] == []


def test_it_is_in_the_audit_log_with_its_reason(tried: Desk, trainer: int) -> None:
    reset(tried, trainer, "  The power went out. ")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "reset")).one()
    assert (entry.actor, entry.person_id, entry.detail) == (trainer, tried.person, "The power went out.")
    assert entry.course == tried.published.slug


def test_it_needs_a_reason_somebody_else_and_something_to_set_aside(tried: Desk, trainer: int) -> None:
    with pytest.raises(Invalid):
        reset(tried, trainer, "  ")
    with pytest.raises(NotAllowed):
        reset(tried, tried.person)
    reset(tried, trainer)
    with pytest.raises(Conflict, match="no attempt"):
        reset(tried, trainer)
    tried.start()
    with pytest.raises(Conflict, match="under way"):
        reset(tried, trainer)


def test_a_pass_is_worked_out_from_what_counts(tried: Desk, trainer: int) -> None:
    second = tried.start()
    tried.submit(second, right(second))
    item = tried.published.item("quiz", "basics")
    assert queries.is_passed(tried.enrolment, tried.published, item)
    reset(tried, trainer)
    assert not queries.is_passed(tried.enrolment, tried.published, item)
