"""A person marks written answers: appended, counted, completed in the same transaction, and never one's own."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from sqlalchemy import func, select

from course.db import db
from course.errors import Invalid, NotAllowed, NotFound
from course.learning.assessment import standing
from course.learning.assessment.actions import recompute
from course.learning.assessment.marking import actions, queries, rules
from course.learning.assessment.models import Marking, Waiting
from course.learning.reading import rules as reading
from course.people.audit.models import AuditEntry
from course.quiz.model import Question
from tests.learning.assessment.conftest import NOON, Desk
from tests.learning.assessment.marking.conftest import Marker
from tests.learning.assessment.test_types import HALF, right
from tests.quiz.reading import question_of

ALL_BUT_WHY = 600_000
RUBRIC = (
    "## Why? {#why type=written}\n\n| Row | 0 | 1 | 3 |\n|---|---|---|---|\n| A | no | so | yes |\n| B | | so | |\n"
)


def handed_in(desk: Desk) -> None:
    attempt = desk.start()
    desk.submit(attempt, {**right(attempt), "why": "Because."})


def waiting() -> list[int]:
    return list(db.session.scalars(select(Waiting.response_id).order_by(Waiting.response_id)))


def rubric() -> Question:
    return question_of(RUBRIC)


def test_levels_sum_to_the_fraction() -> None:
    assert rules.read(rubric(), 4, {"level-0": "1", "level-1": "1"}, "en").fraction == Fraction(1, 2)
    assert rules.read(rubric(), 4, {"level-0": "3", "level-1": "1"}, "en").levels == (3, 1)


@pytest.mark.parametrize(
    ("form", "missing"),
    [
        ({}, ("level-0", "level-1")),
        ({"level-0": "2", "level-1": "1"}, ("level-0",)),
        ({"level-0": "1", "level-1": "0"}, ("level-1",)),
        ({"level-0": "1e0", "level-1": "1"}, ("level-0",)),
    ],
)
def test_each_row_of_the_rubric_needs_one_of_its_own_levels(form: dict[str, str], missing: tuple[str, ...]) -> None:
    with pytest.raises(rules.Unmarked) as refused:
        rules.read(rubric(), 4, form, "en")
    assert refused.value.fields == missing


@pytest.mark.parametrize(("typed", "worth"), [("2.5", "1/2"), ("5", "1"), ("0", "0"), ("1,25", "1/4")])
def test_without_a_rubric_the_mark_is_typed_in_points(typed: str, worth: str) -> None:
    plain = question_of("## Why? {#why type=written points=5}\n")
    assert rules.read(plain, 5, {"mark": typed}, "en").fraction == Fraction(worth)


@pytest.mark.parametrize("typed", ["", "5.1", "-1", "many", "NaN", "1e3"])
def test_what_is_no_mark_is_refused(typed: str) -> None:
    with pytest.raises(rules.Unmarked):
        rules.read(question_of("## Why? {#why type=written points=5}\n"), 5, {"mark": typed}, "en")


def test_an_answer_waits_from_when_it_is_handed_in_until_it_is_marked(desk: Desk, tom: Marker) -> None:
    attempt = desk.start()
    desk.save(attempt, HALF, "a")
    assert waiting() == []
    desk.submit(attempt)
    course = desk.published.course_id
    assert queries.waiting([course], tom.person) == {course: 1}
    item = desk.published.item("quiz", "basics")
    assert queries.queues(course, tom.person)[item] == (1, NOON, 0)
    assert queries.queues(course, desk.person)[item] == (0, None, 1)
    tom.mark(desk)
    assert waiting() == []


def test_an_answer_that_was_left_empty_does_not_wait(desk: Desk) -> None:
    desk.submit(desk.start(), {"well": ["5"]})
    assert waiting() == []


def test_nobody_is_told_to_have_failed_while_an_answer_waits(desk: Desk, tom: Marker) -> None:
    desk.submit(desk.start(), HALF)
    stands = standing.standing(desk.enrolment, desk.published, "basics", NOON)
    (attempt,) = stands.attempts
    assert (attempt.waits, attempt.grade, attempt.passed) == (True, None, None)
    assert (stands.grade, stands.passed) == (None, None)
    tom.mark(desk, level=0)
    stands = standing.standing(desk.enrolment, desk.published, "basics", NOON)
    (attempt,) = stands.attempts
    assert (attempt.waits, attempt.passed, stands.passed) == (False, False, False)
    assert attempt.grade == stands.grade is not None


def test_the_mark_counts_in_the_grade_and_completes_the_quiz_in_the_same_transaction(desk: Desk, tom: Marker) -> None:
    attempt = desk.start()
    desk.submit(attempt, HALF)
    assert desk.published.item("quiz", "basics") not in reading.read_done(desk.enrolment.done_items)
    marking = tom.mark(desk, level=4, comment="Well argued.")
    assert (marking.fraction, marking.by, marking.levels, marking.comment) == (
        1_000_000,
        tom.person,
        "[4]",
        "Well argued.",
    )
    assert desk.attempt().grade == recompute(desk.attempt()) == round(1_000_000 * (1 + 1 + 1 / 3 + 1 / 3 + 4) / 10)
    assert desk.published.item("quiz", "basics") in reading.read_done(desk.enrolment.done_items)
    done = [event for event in desk.events() if event.verb == "completed"]
    assert {event.at for event in done} == {tom.at}


def test_a_second_marking_needs_a_reason_is_appended_and_takes_no_completion_back(desk: Desk, tom: Marker) -> None:
    handed_in(desk)
    first = tom.mark(desk, level=4)
    with pytest.raises(Invalid, match="Say why"):
        tom.mark(desk, level=0, base=first.id)
    tom.mark(desk, level=0, base=first.id, reason="I had read another answer.")
    answer = tom.answer(desk)
    assert [marking.fraction for marking in answer.markings] == [1_000_000, 0]
    assert desk.attempt().grade == ALL_BUT_WHY
    assert desk.published.item("quiz", "basics") in reading.read_done(desk.enrolment.done_items)


def test_of_two_who_mark_at_once_the_second_is_told_and_nothing_is_lost(
    desk: Desk, tom: Marker, marker: Callable[[str], Marker]
) -> None:
    handed_in(desk)
    ann = marker("ann")
    first = tom.mark(desk, level=4)
    with pytest.raises(actions.Clash) as clash:
        ann.mark(desk, level=2)
    assert clash.value.latest.id == first.id
    assert desk.attempt().grade == 1_000_000
    ann.mark(desk, level=2, base=first.id, reason="No evidence is named.")
    assert desk.attempt().grade == 800_000


def test_a_double_click_marks_once(desk: Desk, tom: Marker) -> None:
    handed_in(desk)
    assert tom.mark(desk, comment="Good.").id == tom.mark(desk, comment="Good.").id
    assert len(tom.answer(desk).markings) == 1


def test_nobody_marks_their_own_answer(desk: Desk) -> None:
    handed_in(desk)
    with pytest.raises(NotAllowed, match="your own answer"):
        Marker(desk.person).mark(desk, level=4)
    assert desk.attempt().grade == ALL_BUT_WHY
    assert len(waiting()) == 1


def test_only_an_answer_that_counts_and_that_people_mark_can_be_marked(desk: Desk, tom: Marker) -> None:
    attempt = desk.start()
    desk.save(attempt, HALF, "a")
    item = desk.published.item("quiz", "basics")
    for response in (1, 2, 3, 4, 5, 6, 99):
        with pytest.raises(NotFound):
            queries.answer(item, response)
    desk.submit(attempt)
    open_to_markers = []
    for response in range(1, 7):
        try:
            open_to_markers.append(queries.answer(item, response).question.id)
        except NotFound:
            continue
    assert open_to_markers == ["why"]
    with pytest.raises(NotFound):
        queries.answer(desk.published.item("quiz", "timed"), tom.answer(desk).response.id)


def test_the_queue_gives_the_oldest_first_and_comes_round(enrol: Callable[[], Desk], tom: Marker) -> None:
    desks = [enrol() for _ in range(3)]
    for minute, desk in enumerate(desks):
        desk.at += minute
        handed_in(desk)
    course, item = desks[0].published.course_id, desks[0].published.item("quiz", "basics")
    listed = queries.listed(course, item, tom.person, (0, 0), 10)
    assert [one.person for one in listed] == [desk.person for desk in desks]
    assert queries.listed(course, item, tom.person, (listed[0].at, listed[0].response), 1) == listed[1:2]
    assert queries.following(course, item, tom.person, (listed[0].at, listed[0].response)) == listed[1].response
    assert queries.following(course, item, tom.person, (listed[2].at, listed[2].response)) == listed[0].response
    assert [one.person for one in queries.listed(course, item, desks[0].person, (0, 0), 10)] == [
        desk.person for desk in desks[1:]
    ]
    tom.mark(desks[1], level=4)
    assert [(one.person, one.fraction, one.by) for one in queries.marked(item, None, 10)] == [
        (desks[1].person, 1_000_000, tom.person)
    ]


def test_who_marked_and_what_it_did_to_the_grade_is_in_the_audit_log(desk: Desk, tom: Marker) -> None:
    handed_in(desk)
    tom.mark(desk, level=4)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "marked")).one()
    assert (entry.actor, entry.person_id) == (tom.person, desk.person)
    assert entry.subject.endswith(f"{ALL_BUT_WHY} to 1000000")
    assert db.session.scalar(select(func.count()).select_from(Marking).where(Marking.by == tom.person)) == 1
