"""An attempt in a real browser with JavaScript: answers save themselves, and nothing is said that is not so."""

import os
import re
import signal
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests import steps
from tests.learning.assessment.pack import pack
from tests.live import Installation

pytestmark = pytest.mark.browser
QUIZ = "/en/courses/demo/quizzes/basics/"
NAME = "learner@example.org"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation of its own, with the demo course."""
    root = tmp_path_factory.mktemp("hall")
    for path, body in pack(**{"attempts: 3": "attempts: unlimited"}).files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(body)
    with Installation(root / "instance", COURSE_ROOT=str(root), COURSE_WORKERS="1") as running:
        yield running


@pytest.fixture(scope="module")
def cookies(chromium: Browser, hall: Installation) -> Any:
    """What a browser keeps after a learner signed in and enrolled."""
    password = hall.add(NAME)
    context = chromium.new_context(base_url=hall.url)
    page = context.new_page()
    steps.sign_in(page, NAME, password)
    steps.enrol(page, "demo")
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture
def page(chromium: Browser, hall: Installation, cookies: Any) -> Iterator[Page]:
    """A phone with a new attempt on it. Fails the test on an error that a page threw.

    What the page does by itself; what the service worker adds, tests/web/test_offline_browser.py tells.
    """
    phone = {"width": 360, "height": 740}
    context = chromium.new_context(
        base_url=hall.url, locale="en", viewport=phone, storage_state=cookies, service_workers="block"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(QUIZ)
    steps.press(page.get_by_role("button", name=re.compile("^Start ")))
    expect(page.locator(".attempt-question")).to_have_count(5)
    number = page.url.rstrip("/").split("/")[-1]
    yield page
    page.unroute_all(behavior="ignoreErrors")
    page.context.set_offline(False)
    page.goto(f"{QUIZ}attempts/{number}/submission")
    if "/submission" in page.url:
        steps.press(page.get_by_role("button", name="Submit"))
    context.close()
    assert not problems


def saved(page: Page) -> None:
    """Waits as long as the page may: it tries again after two, four, eight ... seconds."""
    expect(page.locator("[data-saved]")).to_have_text("Saved.", timeout=40_000)


def typed(page: Page) -> str:
    return 'section:has-text("What is it called") input[type=text]'


def responses(hall: Installation, text: str) -> int:
    with sqlite3.connect(hall.instance / "course.sqlite") as store:
        return store.execute("SELECT count(*) FROM response WHERE text = ?", (text,)).fetchone()[0]


def test_each_answer_saves_itself_and_is_there_after_a_reload(page: Page) -> None:
    page.get_by_label("The second").check()
    saved(page)
    page.fill(typed(page), "a word")
    expect(page.locator(".attempt-stop.is-answered")).to_have_count(2)
    expect(page.locator("main")).to_contain_text("Answered: 2 of 5.")
    page.reload()
    assert page.get_by_label("The second").is_checked()
    expect(page.locator(typed(page))).to_have_value("a word")
    expect(page.locator("[data-state]", has_text=re.compile("^answered"))).to_have_count(2)


def test_an_answer_taken_back_is_saved_as_that(page: Page) -> None:
    page.fill(typed(page), "a word")
    saved(page)
    page.fill(typed(page), "")
    expect(page.locator(".attempt-stop.is-answered")).to_have_count(0)
    page.reload()
    expect(page.locator(typed(page))).to_have_value("")


def test_a_lost_connection_is_said_and_the_answer_is_saved_when_it_is_back(page: Page, hall: Installation) -> None:
    page.context.set_offline(True)
    page.fill(typed(page), "typed on a train")
    expect(page.locator("[data-saved]")).to_contain_text("Not saved yet")
    page.get_by_label("The first").check()
    assert responses(hall, "typed on a train") == 0
    page.context.set_offline(False)
    saved(page)
    expect(page.locator(".attempt-stop.is-answered")).to_have_count(2)
    assert responses(hall, "typed on a train") == 1


def test_a_lost_reply_leads_to_a_second_request_and_no_second_answer(page: Page, hall: Installation) -> None:
    keys: list[str] = []

    def lose_the_first_reply(route: Route) -> None:
        keys.append(re.search("key=([^&]+)", route.request.post_data or "")[1])
        if len(keys) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/responses", lose_the_first_reply)
    page.fill(typed(page), "said twice")
    expect(page.locator("[data-saved]")).to_contain_text("Not saved yet")
    saved(page)
    assert len(keys) == 2
    assert keys[0] == keys[1]
    assert responses(hall, "said twice") == 1


def test_saved_is_not_said_before_the_server_said_so(page: Page) -> None:
    held: list[Route] = []
    page.route("**/responses", lambda route: held.append(route))
    page.get_by_label("The first").check()
    expect(page.locator("[data-saved]")).to_have_text("Saving…")
    held[0].continue_()
    saved(page)


def test_a_server_that_was_killed_comes_back_with_every_answer_that_was_acknowledged(
    page: Page, hall: Installation
) -> None:
    page.fill(typed(page), "before the cut")
    saved(page)
    os.killpg(hall.process.pid, signal.SIGKILL)
    hall.process.wait()
    page.get_by_label("The first").check()
    expect(page.locator("[data-saved]")).to_contain_text("Not saved yet")
    hall.start()
    saved(page)
    page.reload()
    expect(page.locator(typed(page))).to_have_value("before the cut")
    assert page.get_by_label("The first").is_checked()


def test_another_tab_s_newer_answer_is_named_when_this_one_overwrites_it(page: Page) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    other.fill(typed(other), "from the other tab")
    saved(other)
    page.fill(typed(page), "from this tab")
    expect(page.locator("[data-saved]")).to_contain_text("had been saved from elsewhere")


def test_leaving_with_something_unsaved_asks_and_with_everything_saved_does_not(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("The first").check()
    saved(page)
    page.goto(QUIZ)
    assert not asked
    page.go_back()
    # before anything is typed: a page that comes online again saves at once, before a route could stop it
    page.route("**/responses", lambda route: route.abort())
    page.get_by_label("The second").check()
    expect(page.locator("[data-saved]")).to_contain_text("Not saved yet")
    page.goto(QUIZ)
    assert asked == ["beforeunload"]


def test_finishing_goes_on_at_once_with_what_was_typed_last(page: Page) -> None:
    page.fill(typed(page), "kanari word")
    page.get_by_role("button", name="Finish…").click()
    expect(page.locator("main")).to_contain_text("4 questions are not answered yet")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator("main")).to_contain_text("28 %, not passed")


def test_signing_out_elsewhere_leaves_the_answer_on_the_page_and_says_that_it_is_not_saved(page: Page) -> None:
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.fill(typed(page), "still here")
    expect(page.locator("[data-saved]")).to_contain_text("Not saved. Press")
    expect(page.locator(typed(page))).to_have_value("still here")
    page.context.add_cookies(cookies)
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator(".notices")).to_contain_text("Saved.")
    expect(page.locator(typed(page))).to_have_value("still here")
