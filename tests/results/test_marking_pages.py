"""The queue of written answers and the page on which one is marked, as a trainer meets them."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from course.catalogue import actions as catalogue
from course.db import db, transaction
from course.learning.assessment.models import Marking
from tests.learning.assessment.conftest import Desk
from tests.learning.assessment.marking.conftest import Marker
from tests.learning.assessment.pack import packed
from tests.learning.assessment.pages import Browser
from tests.learning.assessment.test_types import course

RESULTS = "/en/courses/demo/results/"
QUEUE = RESULTS + "marking/basics/"
PAGES = (RESULTS, QUEUE, QUEUE + "?show=marked", RESULTS + "regrade/basics/")


def marked() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Marking.by.is_not(None))) or 0


def to_the_oldest(browser: Browser) -> None:
    browser.open(QUEUE)
    found = re.search(r'class="button" href="([^"]+)">Mark the oldest', browser.html)
    assert found, browser.html
    browser.open(found[1])


def test_what_waits_is_said_first(handed_in: Callable[..., Desk], trainer: Browser) -> None:
    trainer.open(RESULTS)
    assert "No written answer waits for marking." in trainer.html
    handed_in()
    handed_in()
    trainer.open(RESULTS)
    assert "2 written answers wait for marking, the oldest since January 1, 2026" in trainer.html
    trainer.open(QUEUE)
    assert "2 answers wait" in trainer.html


def test_one_after_the_other_is_marked_until_none_waits(handed_in: Callable[..., Desk], trainer: Browser) -> None:
    handed_in("The first answer.")
    handed_in("The second answer.")
    to_the_oldest(trainer)
    assert "The first answer." in trainer.html
    trainer.press("Save and go on to the next", **{"level-0": "2", "comment": "Good."})
    assert "Saved: 2 of 4 points." in trainer.html
    assert "The second answer." in trainer.html
    trainer.press("Save", **{"level-0": "4"})
    assert trainer.path == QUEUE
    assert "No answer waits for marking." in trainer.html
    assert "Nothing waits in the other quizzes of this course either." in trainer.html
    assert marked() == 2
    trainer.open(QUEUE + "?show=marked")
    assert trainer.html.count("of 4 points") == 2


def test_marking_is_blind_until_names_are_asked_for(
    handed_in: Callable[..., Desk], sign_in: Callable[[Desk], Browser], trainer: Browser
) -> None:
    desk = handed_in()
    sign_in(desk)
    for page in (QUEUE, QUEUE + "?show=marked"):
        assert "Ada" not in trainer.open(page).text
    to_the_oldest(trainer)
    assert "Ada" not in trainer.html
    trainer.open(trainer.path + "?names=1")
    assert "Learner: Ada." in trainer.html
    trainer.press("Save", **{"level-0": "2"})
    trainer.open(QUEUE + "?show=marked&names=1")
    assert "Ada" in trainer.html


def test_a_row_without_a_level_is_named_and_what_was_written_is_still_there(
    handed_in: Callable[..., Desk], trainer: Browser
) -> None:
    handed_in()
    to_the_oldest(trainer)
    reply = trainer.press("Save", comment="So far so good.")
    assert reply.status_code == 422
    assert "Pick a level: Reason" in trainer.html
    assert "So far so good." in trainer.html
    assert marked() == 0


def test_who_was_too_late_sees_both_markings_and_overwrites_nothing(
    handed_in: Callable[..., Desk], trainer: Browser, staff: Callable[..., Browser]
) -> None:
    handed_in()
    other = staff("ben", role="admin")
    to_the_oldest(trainer)
    to_the_oldest(other)
    other.press("Save", **{"level-0": "4", "comment": "Ben likes it."})
    reply = trainer.press("Save", **{"level-0": "0", "comment": "Ann does not."})
    assert reply.status_code == 409
    for words in ("Somebody else has marked this answer meanwhile.", "Ben likes it.", "Ann does not.", "4 of 4 points"):
        assert words in trainer.html, words
    assert marked() == 1
    assert trainer.press("Set theirs aside and save yours", **{"level-0": "0"}).status_code == 422
    assert "Say why the earlier marking is to be set aside." in trainer.html
    assert marked() == 1
    trainer.press("Save", **{"level-0": "0", "reason": "It names no reason."})
    assert marked() == 2


def test_the_learner_is_told_the_mark_the_level_and_the_comment_and_by_whom(
    handed_in: Callable[..., Desk], sign_in: Callable[[Desk], Browser], trainer: Browser
) -> None:
    desk = handed_in()
    learner = sign_in(desk)
    result = "/en/courses/demo/quizzes/basics/attempts/1/result"
    assert "Waits for marking" in learner.open(result).text
    to_the_oldest(trainer)
    trainer.press("Save", **{"level-0": "2", "comment": "Where is <the> evidence?"})
    learner.open(result)
    for words in ("Waits for marking",):
        assert words not in learner.html
    for words in ("2 of 4 points", "Where is &lt;the&gt; evidence?", "Marked by Ann", "80 %"):
        assert words in learner.html, words
    assert re.search(r'class="level-reached"[^>]*>\s*<span class="rubric-points">2</span>', learner.html)


def test_one_s_own_answer_is_not_offered_and_cannot_be_marked(
    handed_in: Callable[..., Desk], demo: object, open_as: Callable[[int], Browser], trainer: Browser
) -> None:
    from course.db import transaction
    from course.learning.models import Enrolment

    desk = handed_in()
    with transaction():
        db.session.get_one(Enrolment, desk.enrolment_id).person_id = trainer.person
    trainer.open(QUEUE)
    assert "No answer waits for marking." in trainer.html
    assert "1 more is your own; somebody else marks it." in trainer.html
    response = db.session.scalar(select(func.max(Marking.response_id))) or 0
    answer = next(n for n in range(1, response + 9) if trainer.open(f"{QUEUE}{n}/").status_code == 200)
    assert "This is your own answer." in trainer.html
    assert "level-0" not in trainer.html
    token = trainer.form("sign-out").fields["csrf_token"]
    reply = trainer.go(f"{QUEUE}{answer}/markings", {"csrf_token": token, "base": "0", "level-0": "4"})
    assert reply.status_code == 403
    assert marked() == 0


@pytest.mark.parametrize("role", ["learner", "other"])
def test_to_learners_and_other_courses_trainers_there_are_no_such_pages(
    handed_in: Callable[..., Desk], staff: Callable[..., Browser], tom: Marker, role: str
) -> None:
    desk = handed_in()
    answer = f"{QUEUE}{tom.answer(desk).response.id}/"
    browser = staff("eve", **({} if role == "learner" else {"role": "trainer", "course": "another"}))
    for page in (*PAGES, answer):
        assert browser.open(page).status_code == 404, page
        assert "Because." not in browser.html
    browser.open("/en/settings")
    token = browser.form("sign-out").fields["csrf_token"]
    for page in (answer + "markings", RESULTS + "regrade/basics/markings"):
        data = {"csrf_token": token, "base": "0", "level-0": "4", "reason": "x"}
        assert browser.go(page, data).status_code == 404
    assert marked() == 0


def test_visitors_are_asked_to_sign_in(demo: object, client: object) -> None:
    for page in PAGES:
        reply = client.get(page)
        assert (reply.status_code, reply.location.partition("?")[0]) == (303, "/en/sign-in")


def test_trainers_see_on_their_pages_what_waits(handed_in: Callable[..., Desk], trainer: Browser) -> None:
    handed_in()
    for page in ("/en/", "/en/courses/demo/"):
        trainer.open(page)
        assert "1 written answer waits for marking" in trainer.html, page
        assert f'href="{RESULTS}"' in trainer.html


@pytest.mark.parametrize("number", ["0", "9223372036854775807", "99999999999999999999", "x"])
def test_an_address_of_no_answer_is_not_found(trainer: Browser, number: str) -> None:
    assert trainer.open(f"{QUEUE}{number}/").status_code == 404


def test_answers_to_a_quiz_that_left_the_course_are_listed_by_its_name_and_can_be_marked(
    handed_in: Callable[..., Desk], trainer: Browser
) -> None:
    handed_in("Still here.")
    files = {path: body.decode() for path, body in course().files.items() if "1-basics" not in path}
    for path, find, put in (
        ("course.yaml", "quizzes: [basics, timed]}", "quizzes: [timed]}\nretired: [basics]"),
        ("1-first/module.yaml", "quiz: basics\n", ""),
    ):
        assert find in files[f"lessons/demo/{path}"]
        files[f"lessons/demo/{path}"] = files[f"lessons/demo/{path}"].replace(find, put)
    with transaction():
        catalogue.publish(packed(files), by=None, note="", origin="files")
    trainer.open(RESULTS)
    assert "1 written answer waits for marking" in trainer.html
    assert "It is no longer in the course" in trainer.html
    assert QUEUE in trainer.html
    to_the_oldest(trainer)
    assert "Still here." in trainer.html
    trainer.press("Save", **{"level-0": "4"})
    assert "No answer waits for marking." in trainer.html
    assert marked() == 1
    assert trainer.open(RESULTS + "regrade/basics/").status_code == 404
    trainer.open(RESULTS)
    assert "No written answer waits for marking." in trainer.html
