"""When a quiz can be taken, what it draws from other quizzes, and what one learner is allowed beyond its rules."""

from collections.abc import Callable
from importlib import import_module

import pytest
from sqlalchemy import select

from course import clock
from course.db import db, transaction
from course.errors import Conflict, Invalid, NotAllowed
from course.learning.assessment import actions, queries, standing, views
from course.learning.assessment.marking import actions as marking
from course.learning.assessment.models import Attempt
from course.people.models import Person
from course.quiz import key
from course.quiz.starting import Why
from tests.learning.assessment.conftest import MINUTE, NOON, Desk, iso
from tests.learning.assessment.pages import Browser

close = import_module("course.learning.assessment.actions.close")  # the package has a function of this name
QUIZ = "/en/courses/demo/quizzes/basics/"
DAY = 24 * 60 * MINUTE


def why(desk: Desk, quiz: str = "basics") -> Why | None:
    bar = standing.standing(desk.enrolment, desk.published, quiz, desk.at).bar
    return None if bar is None else bar.why


# Opening, closing, waiting, others first


def test_a_quiz_cannot_be_started_before_it_opens_nor_once_it_has_closed(
    desk: Desk, republish: Callable[..., None]
) -> None:
    republish(**{"pass: 60%": f"pass: 60%\nopens: {iso(NOON + DAY)}\ncloses: {iso(NOON + 2 * DAY)}"})
    assert why(desk) == Why.NOT_OPEN_YET
    with pytest.raises(Conflict, match="opens on January 2, 2026"):
        desk.start()
    desk.at = NOON + DAY
    assert desk.start().deadline == NOON + 2 * DAY
    desk.at = NOON + 2 * DAY + 1
    assert why(desk) == Why.CLOSED
    with pytest.raises(Conflict, match="closed"):
        desk.start()
    assert desk.attempt().closed is None, "nothing was written, but it reads as closed:"
    assert standing.standing(desk.enrolment, desk.published, "basics", desk.at).attempts[0].closed == NOON + 2 * DAY
    desk.sweep()
    assert (desk.attempt().closed, desk.attempt().why) == (NOON + 2 * DAY, "overdue")


def test_what_waits_for_the_end_is_shown_and_counts_when_the_quiz_has_closed(
    desk: Desk, browser: Browser, republish: Callable[..., None]
) -> None:
    republish(
        **{
            "pass: 60%": f"pass: 10%\ncloses: {iso(NOON + DAY)}",
            "submitted: [marks]": "submitted: []",
            "closed: [correctness": "closed: [marks, correctness",
        }
    )
    desk.submit(desk.start(), {"many": {"number": "4321"}})
    before = clock.use(lambda: desk.at)
    try:
        desk.at = NOON + DAY - 1
        assert "kanari-many" not in browser.open(QUIZ + "attempts/1/result").get_data(as_text=True)
        assert desk.published.item("quiz", "basics") not in done(desk)
        desk.at = NOON + DAY
        assert "kanari-many" in browser.open(QUIZ + "attempts/1/result").get_data(as_text=True)
        views.sweep()
        assert desk.published.item("quiz", "basics") in done(desk)
        with transaction():
            assert actions.tell_closed(desk.at) is None, "once"
    finally:
        clock.use(before)


def test_learners_who_never_pass_keep_nobody_from_being_told(
    enrol: Callable[[], Desk],
    republish: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    at: Callable[[int], None],
) -> None:
    monkeypatch.setattr(close, "SWEPT_AT_ONCE", 1)
    rules = f"pass: 10%\ngrade: last\ncloses: {iso(NOON + DAY)}"
    republish(
        **{"pass: 60%": rules, "submitted: [marks]": "submitted: []", "closed: [correct": "closed: [marks, correct"}
    )
    unlucky, lucky = enrol(), enrol()
    unlucky.submit(unlucky.start(), {"many": {"number": "4321"}})
    unlucky.submit(unlucky.start())
    lucky.submit(lucky.start(), {"many": {"number": "4321"}})
    at(NOON + DAY)
    views.sweep()
    quiz = lucky.published.item("quiz", "basics")
    assert quiz in done(lucky)
    assert quiz not in done(unlucky), "the last attempt counts"


def test_who_has_passed_has_passed_whatever_the_pass_mark_is_later(desk: Desk, republish: Callable[..., None]) -> None:
    republish(**{"pass: 60%": "pass: 10%"})
    desk.submit(desk.start(), {"many": {"number": "4321"}})
    republish(**{"pass: 60%": "pass: 99%"})
    stands = standing.standing(desk.enrolment, desk.published, "basics", desk.at)
    assert (stands.grade is not None and stands.grade < 1, stands.passed) == (True, True)


def test_one_sweep_closes_all_that_is_overdue(
    enrol: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch, at: Callable[[int], None]
) -> None:
    monkeypatch.setattr(close, "SWEPT_AT_ONCE", 1)
    desks = [enrol(), enrol(), enrol()]
    for desk in desks:
        desk.complete_first_module()
        desk.start("timed")
    at(NOON + DAY)
    views.sweep()
    assert {desk.attempt(1, "timed").why for desk in desks} == {"overdue"}


def test_an_attempt_that_cannot_be_closed_keeps_no_other_from_it(
    enrol: Callable[[], Desk], monkeypatch: pytest.MonkeyPatch, at: Callable[[int], None]
) -> None:
    monkeypatch.setattr(close, "SWEPT_AT_ONCE", 2)
    desks = [enrol(), enrol(), enrol(), enrol()]
    for desk in desks:
        desk.complete_first_module()
        desk.start("timed")
    for desk in desks[:2]:  # what an engine finds that cannot read the revision as it was
        attempt, module = desk.attempt(1, "timed"), desk.published.item("module", "first")
        with transaction():
            db.session.get_one(Attempt, attempt.id).item_id = module
    at(NOON + DAY)
    views.sweep()
    assert [desk.attempt(1, "timed").why for desk in desks[2:]] == ["overdue", "overdue"]
    left = db.session.scalars(select(Attempt).where(Attempt.closed.is_(None))).all()
    assert len(left) == 2
    assert [event.verb for event in desks[0].events()].count("submitted") == 2, "what failed is undone as a whole"


def test_a_closing_in_some_days_is_said_without_a_clock_and_on_its_last_day_the_clock_runs(
    desk: Desk, browser: Browser, republish: Callable[..., None]
) -> None:
    republish(**{"pass: 60%": f"pass: 60%\ncloses: {iso(NOON + 3 * DAY)}"})
    desk.start()
    before = clock.use(lambda: desk.at)
    try:
        page = browser.open(QUIZ + "attempts/1/").get_data(as_text=True)
        assert "This quiz closes on January 4, 2026" in page
        assert "data-seconds-left" not in page
        assert "data-keep" in page, "it can be gone on with without a connection"
        desk.at = NOON + 2 * DAY + 30 * MINUTE
        page = browser.open(QUIZ + "attempts/1/").get_data(as_text=True)
        assert 'data-seconds-left="84600"' in page
        assert "23 hours" in page
    finally:
        clock.use(before)


def done(desk: Desk) -> set[int]:
    return {int(item) for item in desk.enrolment.done_items.split(",") if item}


def test_between_two_attempts_the_cool_down_passes(desk: Desk, republish: Callable[..., None]) -> None:
    republish(**{"pass: 60%": "pass: 60%\ncool-down: 30 min"})
    desk.submit(desk.start())
    desk.at += 30 * MINUTE - 1
    assert why(desk) == Why.COOLING_DOWN
    with pytest.raises(Conflict, match="next attempt from"):
        desk.start()
    desk.at += 1
    assert desk.start().number == 2


def test_the_cool_down_after_an_overdue_attempt_runs_from_its_deadline(
    desk: Desk, republish: Callable[..., None]
) -> None:
    republish(**{"time limit: 10 min": "time limit: 10 min\ncool-down: 30 min"})
    desk.complete_first_module()
    desk.start("timed")
    desk.at += 39 * MINUTE
    assert why(desk, "timed") == Why.COOLING_DOWN
    desk.at += MINUTE
    assert desk.start("timed").number == 2


def test_a_quiz_that_requires_another_waits_until_that_is_passed(
    desk: Desk, browser: Browser, republish: Callable[..., None]
) -> None:
    republish(**{"time limit: 10 min": "time limit: 10 min\nrequires: [basics]", "requires: [first]\n": ""})
    assert why(desk, "timed") == Why.OTHERS_FIRST
    page = browser.open("/en/courses/demo/quizzes/timed/").get_data(as_text=True)
    assert "First complete what comes before this quiz" in page
    assert 'href="/en/courses/demo/quizzes/basics/">Basics</a>' in page
    attempt = desk.start()
    desk.submit(attempt, {one.question.id: key(one.question) for one in queries.shown(attempt, "en")})
    assert why(desk, "timed") is None


# Banks of other quizzes

BANKS = {"draw: 2": "draw: {from: [basics], each: 2}"}


@pytest.fixture
def drawing(desk: Desk, republish: Callable[..., None]) -> Desk:
    """`timed` has its own three questions, and two of `basics`."""
    republish(**BANKS)
    desk.complete_first_module()
    return desk


def test_an_attempt_gets_questions_of_other_quizzes_under_their_own_names(drawing: Desk) -> None:
    attempt = drawing.start("timed")
    rows = queries.drawn(attempt)
    others = [row for row in rows if row.question.startswith("basics/")]
    assert (len(rows), len(others)) == (5, 2)
    for row in others:
        assert row.item_id == drawing.published.item("question", row.question)
    points = drawing.published.quiz("basics").points
    assert [row.points for row in others] == [points[row.question.partition("/")[2]] for row in others]


def test_they_are_shown_translated_and_graded_by_their_own_keys(drawing: Desk) -> None:
    attempt = drawing.start("timed")
    french = {one.drawn.question: one.question for one in queries.shown(attempt, "fr")}
    assert {one.language for one in french.values()} == {"fr"}
    answers = {one.question.id: key(one.question) for one in queries.shown(attempt, "en")}
    drawing.submit(attempt, answers)
    assert attempt.grade == actions.recompute(attempt) == 1_000_000


def test_an_attempt_under_way_keeps_the_bank_as_it_was(drawing: Desk, republish: Callable[..., None]) -> None:
    attempt = drawing.start("timed", seed=3)
    republish(**BANKS, **{"= 4321": "= 1", "#yes": "#ja"})
    answers = {one.question.id: key(one.question) for one in queries.shown(attempt, "en")}
    drawing.submit(attempt, answers)
    assert attempt.grade == 1_000_000


def test_the_page_says_what_is_drawn_from_where(drawing: Desk, browser: Browser) -> None:
    page = " ".join(browser.open("/en/courses/demo/quizzes/timed/").get_data(as_text=True).split())
    assert "5 drawn anew for each attempt" in page
    assert '2 of 5: <a href="/en/courses/demo/quizzes/basics/">Basics</a>' in page
    assert "3 of 3: this quiz’s own" in page


ALL_OF_BOTH = {"draw: 2": "draw: {from: [basics], each: 5}"}


def test_a_corrected_key_of_another_quiz_regrades_also_where_its_question_was_renamed(
    desk: Desk, enrol: Callable[[], Desk], browser: Browser, republish: Callable[..., None]
) -> None:
    republish(**ALL_OF_BOTH)
    desk.complete_first_module()
    attempt = desk.start("timed")
    many = next(row.position for row in queries.drawn(attempt) if row.question == "basics/many")
    desk.submit_form(attempt, {f"base-{many}": ["0"], f"q{many}": ["1234"]}, "end")
    assert attempt.grade == 0
    corrected = {"= 4321": "= 1234", "## How many? {#many}": "## How many? {#count renamed-from=many}"}
    republish(**ALL_OF_BOTH, **corrected, **{"## Combien ? {#many}": "## Combien ? {#count}"})
    trainer, published = enrol().person, desk.published
    with transaction():
        assert marking.regrade(desk.attempt(1, "timed"), published, trainer, "the key was wrong", desk.at) == 1
    assert desk.attempt(1, "timed").grade == actions.recompute(desk.attempt(1, "timed")) == 100_000
    page = browser.open("/fr/courses/demo/quizzes/timed/attempts/1/result").get_data(as_text=True)
    assert "Combien" in page


def test_no_key_of_another_quiz_leaves_before_the_rules_release_it(drawing: Desk, browser: Browser) -> None:
    drawing.start("timed")
    before = clock.use(lambda: drawing.at)
    try:
        for address in ("", "attempts/1/?question=all", "attempts/1/submission", "attempts/1/result"):
            page = browser.open(f"/en/courses/demo/quizzes/timed/{address}").get_data(as_text=True)
            assert "kanari" not in page
            assert "4321" not in page
    finally:
        clock.use(before)


# What one learner is allowed


def grant(desk: Desk, quiz: str | None, **what: int) -> None:
    item, enrolment = None if quiz is None else desk.published.item("quiz", quiz), desk.enrolment
    with transaction():
        trainer = Person(created=NOON)
        db.session.add(trainer)
        db.session.flush()
        actions.grant(enrolment, item, by=trainer.id, reason="reads slowly", at=desk.at, **what)


def test_extra_time_lengthens_the_next_attempt_and_the_one_under_way(desk: Desk, browser: Browser) -> None:
    desk.complete_first_module()
    attempt = desk.start("timed")
    desk.at += 5 * MINUTE
    grant(desk, "timed", time=50)
    assert desk.attempt(1, "timed").deadline == NOON + 15 * MINUTE
    desk.at = NOON + 14 * MINUTE
    name = queries.drawn(attempt)[0].question
    assert not desk.save(attempt, {name: f"kanari {name}"}, "k").late
    desk.at = NOON + 16 * MINUTE
    assert desk.start("timed").deadline == desk.at + 15 * MINUTE
    page = browser.open("/en/courses/demo/quizzes/timed/").get_data(as_text=True)
    assert "15 minutes" in page
    assert "extra time that you were granted" in page


def test_extra_time_never_reopens_an_attempt_whose_time_was_over(desk: Desk) -> None:
    desk.complete_first_module()
    desk.start("timed")
    desk.at += 11 * MINUTE
    grant(desk, "timed", time=100)
    assert desk.attempt(1, "timed").deadline == NOON + 10 * MINUTE


def test_extra_attempts_can_be_used_and_close_the_curtain_again(desk: Desk) -> None:
    for _ in range(3):
        desk.submit(desk.start())
    assert why(desk) == Why.NONE_LEFT
    closed = standing.release(desk.enrolment, desk.published, desk.attempt(1), desk.at)
    grant(desk, "basics", attempts=1)
    assert standing.standing(desk.enrolment, desk.published, "basics", desk.at).left == 1
    assert standing.release(desk.enrolment, desk.published, desk.attempt(1), desk.at) < closed
    assert desk.start().number == 4
    desk.submit(desk.attempt(4))
    with pytest.raises(Conflict):
        desk.start()


def test_a_later_closing_holds_for_that_learner_alone(
    desk: Desk, enrol: Callable[[], Desk], republish: Callable[..., None]
) -> None:
    republish(**{"pass: 60%": f"pass: 60%\ncloses: {iso(NOON + DAY)}"})
    other = enrol()
    grant(desk, "basics", closes=NOON + 3 * DAY)
    desk.at = other.at = NOON + 2 * DAY
    assert why(other) == Why.CLOSED
    assert desk.start().deadline == NOON + 3 * DAY


def test_the_latest_grant_counts_and_one_for_every_quiz_holds_beside_it(desk: Desk) -> None:
    desk.complete_first_module()
    grant(desk, None, time=25)
    grant(desk, "timed", time=100, attempts=2)
    grant(desk, "timed", attempts=1)
    stands = standing.standing(desk.enrolment, desk.published, "timed", desk.at)
    assert (stands.rules.time_limit, stands.rules.attempts) == (750, 3)


def test_nobody_grants_to_themselves_without_a_reason_or_without_measure(desk: Desk) -> None:
    item = desk.published.item("quiz", "basics")
    with pytest.raises(NotAllowed):
        actions.grant(desk.enrolment, item, attempts=1, by=desk.person, reason="I want to", at=NOON)
    for wrong in ({"reason": "  "}, {"reason": "x" * 2001}, {"attempts": -1}, {"attempts": 1001}, {"time": 1001}):
        with pytest.raises(Invalid):
            actions.grant(desk.enrolment, item, by=desk.person + 1, at=NOON, **({"reason": "why"} | wrong))  # type: ignore[arg-type]
