"""A scan: nothing of a key is in any byte that a learner gets before the rules release it, on whatever page or reply.

Every key that is typed, the id of every choice, row and step (ids would tell), all specific and general feedback, in
all question types and languages, is a random word. All is found after the release, or the scan would prove nothing.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from course.catalogue import actions as catalogue
from course.db import db, transaction
from tests.learning.assessment.canaries import BODIES, LANGUAGES, TYPED, Planted, plant
from tests.learning.assessment.conftest import Desk
from tests.learning.assessment.pages import Browser

QUIZ = "/en/courses/demo/quizzes/basics/"
LAST = "{during: [], submitted: [], closed: [marks, correctness, feedback, key]}"


@pytest.fixture
def planted() -> dict[str, Planted]:
    return {}


@pytest.fixture
def demo(app: Flask, planted: dict[str, Planted]) -> Iterator[Flask]:
    pack, planted["all"] = plant(LAST)
    with app.app_context():
        with transaction():
            catalogue.publish(pack, by=None, note="", origin="files")
        yield app
        db.session.remove()


def addresses(app: Flask) -> list[str]:
    """Every GET route there is, in all languages, for this learner's course, quiz, lessons and attempts."""
    found: set[str] = set()
    for language in LANGUAGES:
        course = f"/{language}/courses/demo/"
        values = {"lang": language, "course": "demo", "quiz": "basics", "lesson": "one", "question": "check"}
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()):
                found.add("".join(values.get(part, "1") if is_value else part for is_value, part in _parts(rule.rule)))
        found |= {course + "two/", course + "search?q=question", f"/{language}/search?q=guess"}
        for attempt in (f"{course}quizzes/basics/attempts/{number}/" for number in (1, 2)):
            found |= {attempt + page for page in ("", "submission", "result", "?question=1", "?question=all")}
    return sorted(found)


def _parts(rule: str) -> Iterator[tuple[bool, str]]:
    """A route's text and the names in it: `/<lang>/x` is `/`, then the value `lang`, then `/x`."""
    for at, part in enumerate(re.split(r"<(?:[^:>]+:)?([^>]+)>", rule)):
        yield at % 2 == 1, part


def look_everywhere(app: Flask, browser: Browser) -> str:
    """All that arrived, headers included."""
    browser.seen.clear()
    for address in addresses(app):
        reply = browser.get(address)
        browser.seen.append(f"{address}\n{reply.status}\n{reply.headers}\n{reply.get_data(as_text=True)}")
    return "\n".join(browser.seen)


def attempt(browser: Browser, desk: Desk, number: int, planted: Planted) -> str:
    """Take an attempt with wrong answers, by the form and by the enhancement; all that arrived meanwhile."""
    browser.seen.clear()
    browser.open(QUIZ)
    browser.press("Start the quiz" if number == 1 else "Start another attempt")
    at = desk.attempt(number)
    token = browser.form("responses").fields["csrf_token"][0]
    for language in LANGUAGES:
        page = f"/{language}/courses/demo/quizzes/basics/attempts/{number}/"
        form = desk.form(at, planted.answers, language) | {
            "csrf_token": [token],
            "key": [f"{language}{number}"],
        }
        for headers in ({"Accept": "application/json"}, {}):
            reply = browser.post(page + "responses", form, headers=headers)
            browser.seen.append(f"{reply.status}\n{reply.headers}\n{reply.get_data(as_text=True)}")
            assert reply.status_code in (200, 303), browser.seen[-1]
        for wrong in ({"q1": ["99"]}, {"base-1": ["77"], "q1": ["0"]}, {"key": [""]}, {"csrf_token": ["no"]}):
            reply = browser.post(page + "responses", form | wrong)
            browser.seen.append(f"{reply.status}\n{reply.headers}\n{reply.get_data(as_text=True)}")
        browser.open(page)
    browser.go(f"{QUIZ}attempts/{number}/submission", {"csrf_token": token})
    browser.go(f"{QUIZ}attempts/{number}/submission", {"csrf_token": token, "confirmed": "1"})
    browser.open(f"{QUIZ}attempts/{number}/result")
    return "\n".join(browser.seen)


def test_no_canary_leaves_before_its_release_and_all_do_after(
    demo: Flask, desk: Desk, sign_in: Callable[[Desk], Browser], planted: dict[str, Planted]
) -> None:
    all_of, browser = planted["all"], sign_in(desk)
    assert not all_of.found_in(look_everywhere(demo, browser)), "before the first attempt"
    assert not all_of.found_in(look_everywhere(demo, Browser(demo.test_client()))), "for a visitor"
    seen = attempt(browser, desk, 1, all_of)
    assert "200 OK" in seen
    assert not all_of.found_in(seen), "in the first attempt"
    assert not all_of.found_in(look_everywhere(demo, browser)), "after it"
    last = attempt(browser, desk, 2, all_of)
    result = browser.html
    assert not all_of.found_in(last.replace(result, "")), "in the last attempt"
    for language in LANGUAGES:
        page = browser.open(f"/{language}/courses/demo/quizzes/basics/attempts/2/result").get_data(as_text=True)
        for name in BODIES:
            shown = all_of.later[name, LANGUAGES[-1] if name in TYPED else language]
            assert shown <= all_of.found_in(page), f"{name} after the release, in {language}"
        assert not all_of.never & all_of.found_in(page), "ids of choices, rows and steps are never sent"


def test_a_question_in_a_lesson_is_told_when_it_is_answered_and_not_before(
    demo: Flask, desk: Desk, sign_in: Callable[[Desk], Browser], planted: dict[str, Planted]
) -> None:
    browser = sign_in(desk)
    page = "/en/courses/demo/one/"
    assert not planted["all"].found_in(browser.open(page).get_data(as_text=True))
    assert planted["all"].found_in(browser.open(page + "?answer_to=check&check=x").get_data(as_text=True))
