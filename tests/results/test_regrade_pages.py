"""Regrading, as a trainer does it, and what the learner is told of it."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from course.db import db, transaction
from course.learning.assessment.models import Marking
from course.learning.models import Enrolment
from course.results import views
from tests.learning.assessment.conftest import Desk
from tests.learning.assessment.marking.test_regrading import KIND, OTHER_KIND, publish
from tests.learning.assessment.pages import Browser

REGRADE = "/en/courses/demo/results/regrade/basics/"
RESULT = "/en/courses/demo/quizzes/basics/attempts/1/result"


def regraded() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Marking.revision_id.is_not(None))) or 0


def test_the_dry_run_says_whom_it_changes_and_by_how_much(
    handed_in: Callable[..., Desk], sign_in: Callable[[Desk], Browser], trainer: Browser
) -> None:
    sign_in(handed_in())
    handed_in(match={"1": "2", "2": "1"})
    trainer.open(REGRADE)
    assert "By the keys that are published now, no mark would change." in trainer.html
    publish(**{KIND: OTHER_KIND})
    trainer.open(REGRADE)
    assert "2 attempts would get other marks." in trainer.html
    for words in (
        "Ada",
        "2 of 2 points",
        "0 of 2 points",
        "60 % → 40 %",
        "below the pass mark",
        "40 % → 60 %",
        "now passed",
    ):
        assert words in trainer.html, words
    assert regraded() == 0


def test_applying_it_needs_a_reason_and_tells_the_learner(
    handed_in: Callable[..., Desk], sign_in: Callable[[Desk], Browser], trainer: Browser
) -> None:
    learner = sign_in(handed_in())
    publish(**{KIND: OTHER_KIND})
    trainer.open(REGRADE)
    assert trainer.press("Regrade 1 attempt").status_code == 422
    assert regraded() == 0
    trainer.press("Regrade 1 attempt", reason="The two kinds were interchanged.")
    assert "1 attempt was regraded." in trainer.html
    assert "no mark would change" in trainer.html
    assert regraded() == 1
    learner.open(RESULT)
    for words in ("This attempt was regraded on", "The two kinds were interchanged.", "2 of 2 points", "0 of 2 points"):
        assert words in learner.html, words
    assert "You will see your grade here once it is marked" in learner.html, "its written answer waits"
    match = learner.html.partition("Match them")[2].partition("</section>")[0]
    assert "question-wrong" in learner.html
    assert match.count("Not right") == 3, "what is shown as right is what the corrected key says"


def test_a_press_holds_the_worker_for_a_moment_only_and_the_next_one_goes_on_with_the_same_reason(
    handed_in: Callable[..., Desk], trainer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "REGRADING_SECONDS", 0)
    for _ in range(3):
        handed_in()
    publish(**{KIND: OTHER_KIND})
    trainer.open(REGRADE)
    trainer.press("Regrade 3 attempts", reason="The <kinds> were interchanged.")
    assert regraded() == 1
    assert "1 attempt was regraded." in trainer.html
    assert "2 are left: press again." in trainer.html
    assert "The &lt;kinds&gt; were interchanged.</textarea>" in trainer.html
    trainer.press("Regrade 2 attempts", reason="The kinds.")
    assert "1 is left: press again." in trainer.html
    trainer.press("Regrade 1 attempt", reason="The kinds.")
    assert "press again" not in trainer.html
    assert regraded() == 3


def test_a_course_that_was_published_again_meanwhile_is_looked_at_again(
    handed_in: Callable[..., Desk], trainer: Browser
) -> None:
    handed_in()
    publish(**{KIND: OTHER_KIND})
    trainer.open(REGRADE)
    publish(**{"## Why?": "## Why so?"})
    trainer.press("Regrade 1 attempt", reason="The kinds.")
    assert "published again meanwhile" in trainer.html
    assert regraded() == 0


def test_one_s_own_attempt_is_left_to_somebody_else(handed_in: Callable[..., Desk], trainer: Browser) -> None:
    desk = handed_in()
    handed_in()
    with transaction():
        db.session.get_one(Enrolment, desk.enrolment_id).person_id = trainer.person
    publish(**{KIND: OTHER_KIND})
    trainer.open(REGRADE)
    assert "1 attempt is your own; somebody else regrades it." in trainer.html
    trainer.press("Regrade 1 attempt", reason="The kinds.")
    assert regraded() == 1
    assert desk.attempt().grade == 600_000


def test_marks_that_are_not_released_are_not_told_by_a_regrade_either(
    handed_in: Callable[..., Desk], sign_in: Callable[[Desk], Browser], trainer: Browser
) -> None:
    publish(**{"submitted: [marks, correctness, feedback, key]": "submitted: []"})
    learner = sign_in(handed_in())
    changes = {KIND: OTHER_KIND, "submitted: [marks, correctness, feedback, key]": "submitted: []"}
    publish(**changes)
    trainer.open(REGRADE)
    trainer.press("Regrade 1 attempt", reason="The two kinds were interchanged.")
    learner.open(RESULT)
    assert not re.search("regraded|interchanged|of 2 points|Marked", learner.html)
