"""Closing, grading and completing: once, from markings that only grow."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from course.db import db, transaction
from course.learning.assessment import actions, queries, standing
from course.learning.assessment.models import Marking
from course.learning.reading import rules as reading
from course.quiz import SCORING_VERSION
from tests.learning.assessment.conftest import MINUTE, Desk

ALL_RIGHT = {
    "which": ["yes"],
    "several": ["one", "two"],
    "so": ["true"],
    "many": {"number": "4321"},
    "called": "kanari word",
}


def done(desk: Desk, quiz: str) -> bool:
    return desk.published.item("quiz", quiz) in reading.read_done(desk.enrolment.done_items)


def markings() -> list[Marking]:
    return list(db.session.scalars(select(Marking).order_by(Marking.id)))


def test_everything_right_is_the_whole_grade_and_completes_the_quiz(desk: Desk) -> None:
    attempt = desk.start()
    desk.submit(attempt, ALL_RIGHT)
    assert attempt.grade == 1_000_000
    assert done(desk, "basics")


def test_below_the_pass_mark_nothing_is_completed(desk: Desk) -> None:
    desk.submit(desk.start(), {"which": ["yes"], "called": "kanari word"})
    assert not done(desk, "basics")


def test_nothing_answered_is_a_grade_of_nought_without_markings(desk: Desk) -> None:
    attempt = desk.start()
    desk.submit(attempt)
    assert attempt.grade == 0
    assert not markings()


def test_an_overdue_attempt_that_passes_completes_its_quiz_when_it_is_swept(desk: Desk) -> None:
    desk.complete_first_module()
    attempt = desk.start("timed")
    right = {row.question: f"kanari {row.question}" for row in queries.drawn(attempt)}
    desk.save(attempt, right, "k")
    desk.at += 60 * MINUTE
    assert not done(desk, "timed")
    desk.sweep()
    assert done(desk, "timed")


def test_only_the_answer_that_counts_is_marked_by_the_scoring_in_force(desk: Desk) -> None:
    attempt = desk.start()
    desk.save(attempt, {"which": ["yes"]}, "k1")
    desk.save(attempt, {"which": ["no"]}, "k2", which=1)
    desk.submit(attempt)
    desk.save(attempt, {"which": ["yes"]}, "k3", which=2)
    assert [(one.fraction, one.version, one.by) for one in markings()] == [(0, SCORING_VERSION, None)]


def test_an_answer_taken_back_earns_nothing(desk: Desk) -> None:
    attempt = desk.start()
    desk.save(attempt, {"called": "kanari word"}, "k1")
    desk.save(attempt, {"called": None}, "k2", called=1)
    desk.submit(attempt)
    assert attempt.grade == 0


def test_partial_credit_is_kept_exactly_and_recomputes_to_the_same(desk: Desk) -> None:
    attempt = desk.start()
    desk.submit(attempt, {"several": ["one"], "so": ["true"]})
    assert attempt.grade == 285_714
    assert actions.recompute(attempt) == attempt.grade


def test_a_marking_that_was_appended_counts_and_the_earlier_one_stays(desk: Desk) -> None:
    attempt = desk.start()
    desk.submit(attempt, {"called": "nearly"})
    first = markings()[0]
    with transaction():
        db.session.add(
            Marking(
                response_id=first.response_id,
                fraction=500_000,
                by=desk.person,
                version=SCORING_VERSION,
                reason="nearly",
                at=1,
            )
        )
    assert actions.recompute(attempt) == 142_857
    assert len(markings()) == 2


def test_before_and_after_the_sweep_an_overdue_attempt_reads_the_same(desk: Desk) -> None:
    desk.complete_first_module()
    attempt = desk.start("timed")
    name = queries.drawn(attempt)[0].question
    desk.save(attempt, {name: f"kanari {name}"}, "k")
    assert standing.standing(desk.enrolment, desk.published, "timed", desk.at).open is not None
    desk.at += 10 * MINUTE + 1
    before = standing.standing(desk.enrolment, desk.published, "timed", desk.at)
    assert (before.open, before.grade, before.attempts[0].why) == (None, 0.5, "overdue")
    desk.sweep()
    assert standing.standing(desk.enrolment, desk.published, "timed", desk.at) == before


@pytest.mark.parametrize(("method", "grade"), [("best", 1), ("last", 0), ("first", 0), ("average", 1 / 3)])
def test_the_grade_of_the_quiz_is_by_its_method(
    enrol: Callable[[], Desk], republish: Callable[..., None], method: str, grade: float
) -> None:
    republish(**{"pass: 60%": f"grade: {method}\npass: 60%"})
    desk = enrol()
    for answers in ({}, ALL_RIGHT, {}):
        desk.submit(desk.start(), answers)
    item = desk.published.item("quiz", "basics")
    assert float(standing.grades(desk.enrolment_id, desk.published, desk.at)[item]) == pytest.approx(grade)
    assert done(desk, "basics") == (method in ("best", "last")), "what was completed once is not taken back"


def test_grades_that_are_not_released_are_not_in_what_a_learner_may_see(
    enrol: Callable[[], Desk], republish: Callable[..., None]
) -> None:
    republish(**{"submitted: [marks]": "submitted: []", "closed: [correctness": "closed: [marks, correctness"})
    desk = enrol()
    for _ in range(2):
        desk.submit(desk.start(), ALL_RIGHT)
        assert standing.grades(desk.enrolment_id, desk.published, desk.at) == {}
    desk.submit(desk.start(), ALL_RIGHT)
    assert len(standing.grades(desk.enrolment_id, desk.published, desk.at)) == 1


def test_a_quiz_that_was_passed_is_done_only_when_its_marks_are_released(
    enrol: Callable[[], Desk], republish: Callable[..., None]
) -> None:
    """What is done shows on the course line, opens modules and moves the percentage: all that would tell."""
    republish(**{"submitted: [marks]": "submitted: []", "closed: [correctness": "closed: [marks, correctness"})
    desk = enrol()
    for _ in range(2):
        desk.submit(desk.start(), ALL_RIGHT)
        assert not done(desk, "basics")
        assert "completed" not in {event.verb for event in desk.events()}
    desk.submit(desk.start(), {})
    assert done(desk, "basics"), "the best attempt counts, and no other can follow"


def test_a_quiz_whose_marks_are_never_released_is_done_when_no_attempt_is_left(
    enrol: Callable[[], Desk], republish: Callable[..., None]
) -> None:
    republish(**{"submitted: [marks]": "submitted: []", "attempts: 3": "attempts: 2"})
    desk = enrol()
    desk.submit(desk.start(), ALL_RIGHT)
    assert not done(desk, "basics")
    desk.submit(desk.start(), ALL_RIGHT)
    assert done(desk, "basics")
