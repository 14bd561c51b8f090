"""Nothing about the key leaves before the quiz's rules release it: not in a page, a reply or a header."""

import re
from collections.abc import Callable

import pytest

from tests.learning.assessment.conftest import Desk
from tests.learning.assessment.pack import CANARY
from tests.learning.assessment.pages import Browser

QUIZ = "/en/courses/demo/quizzes/basics/"
RIGHT = "Right answer"
TELLING = f"{CANARY}|4321|choice-(right|wrong|key)|question-(right|partial|wrong)|mark-points|{RIGHT}"


def take(browser: Browser, **answers: str) -> None:
    """One attempt with the first choice of everything, looking at every page there is on the way."""
    browser.open(QUIZ)
    browser.press("Start another attempt" if "Start another attempt" in browser.html else "Start the quiz")
    fields = dict.fromkeys(browser.form("responses").checks, "0")
    typed = [name for name in browser.form("responses").fields if re.fullmatch(r"q\d+", name) and name not in fields]
    fields |= dict.fromkeys(typed, "12")
    browser.press("Save", "responses", **fields)
    here = browser.path
    for page in ("?question=1", "?question=2", "?question=5", "submission", "result"):
        browser.open(here + page)
    browser.open(here.replace("/en/", "/fr/"))
    form = browser.form("responses")
    reply = browser.post(form.action, data=form.fields, headers={"Accept": "application/json"})
    browser.seen.append(f"{reply.headers}\n{reply.get_data(as_text=True)}")
    browser.open(here + "submission")
    browser.press("Submit")
    for page in ("result", "", "submission"):
        browser.open(here + page)
    browser.open(here.replace("/en/", "/fr/") + "result")
    browser.open(QUIZ)


def leaks(browser: Browser) -> list[str]:
    """Excerpts around every canary, and every word of right, wrong and points earned, that arrived so far."""
    return [page[max(0, m.start() - 60) : m.end() + 20] for page in browser.seen for m in re.finditer(TELLING, page)]


def test_no_key_feedback_or_correctness_leaves_before_the_last_attempt_is_over(
    republish: Callable[..., None], desk: Desk, browser: Browser
) -> None:
    republish(**{"submitted: [marks]": "submitted: []"})
    take(browser)
    take(browser)
    assert not leaks(browser)
    browser.open(QUIZ)
    browser.press("Start another attempt")
    browser.open(QUIZ + "attempts/1/result")
    browser.open(QUIZ + "attempts/2/result")
    assert not leaks(browser), "while the last attempt is open, the earlier ones must not give its answers away"


def test_after_the_last_attempt_all_is_shown_for_every_attempt(desk: Desk, browser: Browser) -> None:
    for _ in range(3):
        take(browser)
    for number in (1, 2, 3):
        page = browser.open(f"{QUIZ}attempts/{number}/result").get_data(as_text=True)
        for words in ("kanari word", "kanari-which", "kanari-several", "kanari-called", RIGHT):
            assert words in page, words


def test_no_mark_leaves_before_it_is_released(republish: Callable[..., None], desk: Desk, browser: Browser) -> None:
    republish(**{"submitted: [marks]": "submitted: []"})
    take(browser)
    take(browser)
    pages = "".join(page for page in browser.seen)
    assert not re.search(r"not passed|, passed|of 7 points|mark-points", pages)
    assert not re.search(r"[Yy]our grade", pages.replace("Your answers and your grade", ""))


@pytest.mark.parametrize("thing", ["marks", "correctness", "feedback", "key"])
def test_what_is_released_while_answering_is_shown_for_answered_questions_only(
    republish: Callable[..., None], desk: Desk, browser: Browser, thing: str
) -> None:
    republish(**{"during: []": f"during: [{thing}]"})
    browser.open(QUIZ)
    browser.press("Start the quiz")
    assert not leaks(browser)
    name = min(browser.form("responses").checks)
    browser.press("Save", "responses", **{name: "0"})
    questions = browser.html.split('<section class="attempt-question"')[1:]
    telling = [f"q{number}" for number, html in enumerate(questions, start=1) if re.search(TELLING, html)]
    assert telling == [name]


def test_a_publication_that_allows_more_attempts_closes_the_curtain_again(
    republish: Callable[..., None], desk: Desk, browser: Browser
) -> None:
    for _ in range(3):
        take(browser)
    republish(**{"attempts: 3": "attempts: 5"})
    page = browser.open(QUIZ + "attempts/1/result").get_data(as_text=True)
    assert not re.search(f"{CANARY}|4321|{RIGHT}|choice-key", page)
