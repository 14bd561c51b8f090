"""Without a connection, in a real browser: reading goes on, and what is answered is sent later, in order and once."""

import json
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Route, expect

from tests import steps
from tests.live import Installation
from tests.web import offline_course

pytestmark = pytest.mark.browser
COURSE = "/en/courses/demo/"
ONE = COURSE + "one/"
BASICS = COURSE + "quizzes/basics/"
STRIP = ".offline-state"
KEPT = "Kept on this device, will be sent"
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation of its own, with the demo course and two learners, Ana and Ben, who are enrolled."""
    root = offline_course.write(tmp_path_factory.mktemp("offline"))
    with Installation(root / "instance", COURSE_ROOT=str(root), COURSE_WORKERS="1") as running:
        running.add("ana@example.org")
        running.add("ben@example.org")
        yield running


@pytest.fixture
def context(chromium: Browser, hall: Installation) -> Iterator[BrowserContext]:
    """A phone. Fails the test on an error that a page or its console reports."""
    context = chromium.new_context(base_url=hall.url, locale="en", viewport=PHONE, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    problems: list[str] = []
    context.on("console", lambda message: problems.append(message.text) if is_problem(message) else None)
    context.on("weberror", lambda error: problems.append(str(error.error)))
    yield context
    context.close()
    assert not problems


def is_problem(message: ConsoleMessage) -> bool:
    """That there is no connection, the browser says itself where no copy can stand in."""
    return message.type == "error" and "Failed to load resource: net::ERR_" not in message.text


def sign_in(page: Page, name: str) -> None:
    page.goto("/en/sign-in")
    page.fill("[name=who]", f"{name}@example.org")
    page.fill("[name=password]", "a long enough pass phrase")
    page.locator("main form button").last.click()
    expect(page.locator(".menu")).to_be_visible()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Ana, signed in and enrolled, with the service worker at work."""
    page = context.new_page()
    sign_in(page, "ana")
    page.goto(COURSE)
    enrol = page.locator('main form[action$="/enrolment"] button')
    if enrol.count():
        steps.press(enrol)
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    page.goto(ONE)
    has_kept(page, ONE)
    return page


def kept(page: Page) -> dict[str, list[str]]:
    """The paths in each cache of the device."""
    return page.evaluate(
        """async () => Object.fromEntries(await Promise.all((await caches.keys()).map(async name =>
          [name, (await (await caches.open(name)).keys()).map(one => new URL(one.url).pathname)])))"""
    )


def has_kept(page: Page, path: str) -> None:
    for _ in range(100):
        if any(path in paths for paths in kept(page).values()):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{path} is not among {kept(page)}")


def waiting(page: Page) -> list[Any]:
    """What stands in the queue, in its order."""
    return page.evaluate(
        """() => new Promise(done => { const open = indexedDB.open("course", 1)
          open.onupgradeneeded = () => open.result.createObjectStore("queue", { keyPath: "id", autoIncrement: true })
          open.onsuccess = () => open.result.transaction("queue").objectStore("queue").getAll().onsuccess =
            ({ target }) => { open.result.close(); done(target.result) } })"""
    )


def asked(hall: Installation, query: str, *values: object) -> list[tuple[Any, ...]]:
    with sqlite3.connect(hall.instance / "course.sqlite") as store:
        return store.execute(query, values).fetchall()


def events(hall: Installation) -> list[tuple[str, str]]:
    return asked(hall, "SELECT verb, detail FROM event WHERE verb IN ('answered', 'read') ORDER BY id")


def answer(page: Page, choice: str) -> None:
    page.locator(".lesson-question").get_by_label(choice).check()
    page.locator(".lesson-question button").click()


def test_a_lesson_that_was_opened_can_be_read_without_a_connection_with_its_picture(page: Page) -> None:
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(STRIP)).to_contain_text("No connection: this is the copy")
    expect(page.locator("h1")).to_have_text("Lesson one (en)")
    loaf = page.locator(".prose img")
    loaf.scroll_into_view_if_needed()
    assert loaf.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert page.evaluate("getComputedStyle(document.querySelector('.lesson-tools')).display") == "flex"


def test_it_can_be_read_when_the_server_is_away(page: Page, hall: Installation) -> None:
    hall.stop()
    try:
        page.goto(ONE)
        expect(page.locator("h1")).to_have_text("Lesson one (en)")
    finally:
        hall.start()


def test_a_page_that_was_never_opened_says_what_is_possible_in_its_language(page: Page) -> None:
    page.goto("/fr/courses/demo/")
    has_kept(page, "/fr/offline")
    page.context.set_offline(True)
    page.goto("/fr/courses/demo/three/")
    expect(page.locator("h1")).to_have_text("Cette page n’est pas sur votre appareil")
    expect(page.locator("[data-kept-pages] a")).to_have_text(["Lesson one (en)"])
    page.context.set_offline(False)
    page.locator("main a.button").click()
    expect(page.locator("h1")).to_have_text("Lesson three (fr)")


def test_answers_are_kept_without_feedback_and_sent_once_and_in_order(page: Page, hall: Installation) -> None:
    before = len(events(hall))
    page.context.set_offline(True)
    answer(page, "False")
    expect(page.locator(".lesson-question")).to_contain_text(KEPT)
    answer(page, "True")
    expect(page.locator(STRIP)).to_contain_text("2 things are kept on this device")
    page.locator('form[action$="/completion"] button').click()
    expect(page.locator("h1")).to_have_text("This page is not on your device")
    page.goto(ONE)
    expect(page.locator(".lesson-done")).to_contain_text(KEPT)
    assert page.locator(".lesson-question").get_by_label("True").is_checked()
    assert "Indeed it is." not in page.content()
    assert len(waiting(page)) == 3
    assert len(events(hall)) == before
    page.context.set_offline(False)
    expect(page.locator(STRIP)).to_have_text("What was kept on this device has been sent.")
    expect(page.locator(".lesson-question")).to_contain_text("Indeed it is.")
    expect(page.locator(".lesson-done")).to_contain_text("You have read this lesson.")
    assert not waiting(page)
    found = [(verb, re.sub(r',"key":"[^"]*"', "", detail)) for verb, detail in events(hall)[before:]]
    assert found == [
        ("answered", '{"fraction":0,"language":"en","practice":"met"}'),
        ("answered", '{"fraction":1000000,"language":"en","practice":"met"}'),
        ("read", "{}"),
    ]


def test_an_answer_whose_reply_was_lost_is_not_given_twice(page: Page, hall: Installation) -> None:
    before = len(events(hall))

    def lose(route: Route) -> None:
        if route.request.service_worker:
            route.fetch(max_redirects=0)
            with suppress(Error):  # the worker may have given the request up first: its reply is lost all the same
                route.abort()
        else:
            route.continue_()

    page.context.route("**/answers/*", lose)
    answer(page, "False")
    expect(page.locator(".lesson-question")).to_contain_text(KEPT)
    assert len(events(hall)) == before + 1
    page.context.unroute_all()
    page.goto(COURSE)
    end = time.monotonic() + 10
    while waiting(page) and time.monotonic() < end:
        page.wait_for_timeout(100)
    assert not waiting(page)
    assert len(events(hall)) == before + 1


def begin(page: Page, quiz: str) -> None:
    page.goto(quiz)
    page.get_by_role("button", name=re.compile("^Start ")).or_(page.get_by_role("link", name="Continue")).first.click()
    expect(page.locator(".attempt-question")).not_to_have_count(0)


def given(page: Page, question: int = 0) -> Any:
    return page.locator(".attempt-question").nth(question)


def test_an_attempt_goes_on_offline_over_a_reload_and_is_saved_in_order(page: Page, hall: Installation) -> None:
    begin(page, BASICS)
    has_kept(page, page.url.removeprefix(hall.url))
    last = asked(hall, "SELECT coalesce(max(id), 0) FROM response")[0][0]
    page.context.set_offline(True)
    given(page).get_by_label("True").check()
    expect(given(page).locator("[data-state]")).to_have_text(KEPT)
    given(page).get_by_label("False").check()
    given(page, 1).get_by_label("True").check()
    expect(page.locator(STRIP)).to_contain_text("3 things are kept")
    page.reload()
    expect(given(page).locator("[data-state]")).to_have_text(KEPT)
    assert given(page).get_by_label("False").is_checked()
    given(page, 1).get_by_label("False").check()
    expect(page.locator(STRIP)).to_contain_text("4 things are kept")
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_have_text("Saved.")
    expect(page.locator(STRIP)).to_have_text("What was kept on this device has been sent.")
    assert not waiting(page)
    with page.expect_response("**/responses"):
        given(page).get_by_label("True").check()
    query = "SELECT q.position, r.value FROM response r JOIN attempt_question q ON q.id = r.attempt_question_id"
    saved = asked(hall, query + " WHERE r.id > ? ORDER BY r.number", last)
    first = page.locator(".attempt-question").first.get_attribute("data-position")
    assert [str(position) == first for position, _ in saved] == [True, True, False, False, True]
    assert [json.loads(value) for _, value in saved] == [["true"], ["false"], ["true"], ["false"], ["true"]]
    replaced = "SELECT count(*) FROM save WHERE outcome NOT LIKE '%\"replaced\":[]%'"
    assert asked(hall, replaced) == [(0,)]


def test_a_quiz_with_a_time_limit_needs_a_connection_and_says_so(page: Page) -> None:
    page.goto(COURSE + "quizzes/timed/")
    expect(page.locator("main")).to_contain_text("You need a connection until you have handed in.")
    begin(page, COURSE + "quizzes/timed/")
    page.context.set_offline(True)
    given(page).get_by_label("True").check()
    expect(page.locator("[data-saved]")).to_contain_text("a quiz with a time limit needs one")
    assert not waiting(page)
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_have_text("Saved.", timeout=30_000)


def test_a_note_written_offline_is_sent_later(page: Page, hall: Installation) -> None:
    page.context.set_offline(True)
    page.locator(".my-note summary").click()
    page.locator(".my-note textarea").fill("first thought")
    expect(page.locator(".my-note [role=status]")).to_have_text(KEPT)
    page.locator(".my-note textarea").fill("second thought")
    expect(page.locator(STRIP)).to_contain_text("1 thing is kept")
    page.reload()
    expect(page.locator(".my-note textarea")).to_have_value("second thought")
    page.context.set_offline(False)
    expect(page.locator(".my-note [role=status]")).to_have_text("Saved.")
    assert asked(hall, "SELECT text FROM note") == [("second thought",)]


def test_signing_out_leaves_nothing_on_the_device(page: Page) -> None:
    page.context.set_offline(True)
    answer(page, "False")
    expect(page.locator(".lesson-question")).to_contain_text(KEPT)
    page.context.set_offline(False)
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".notices")).to_contain_text("You are signed out.")
    assert not waiting(page)
    mine = [name for name in kept(page) if name.startswith("pages-") and name != "pages-"]
    assert not mine
    assert ONE not in [path for paths in kept(page).values() for path in paths]


def test_signing_out_with_something_unsent_asks_first(page: Page) -> None:
    page.context.set_offline(True)
    answer(page, "False")
    expect(page.locator(".lesson-question")).to_contain_text(KEPT)
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(STRIP)).to_contain_text("1 thing is kept")
    page.wait_for_timeout(200)
    assert "Not everything on this device has been sent yet" in said[0]
    assert len(waiting(page)) == 1


def test_another_person_on_the_same_phone_finds_nothing_and_sends_nothing(page: Page, hall: Installation) -> None:
    before = len(events(hall))
    page.context.set_offline(True)
    answer(page, "False")
    expect(page.locator(".lesson-question")).to_contain_text(KEPT)
    page.context.clear_cookies()  # the sign-in has ended without a word, and before there was a connection again
    page.context.set_offline(False)
    sign_in(page, "ben")
    page.goto(COURSE)
    has_kept(page, COURSE)
    assert not waiting(page)
    assert len([name for name in kept(page) if name.startswith("pages-")]) == 1
    page.context.set_offline(True)
    page.goto(ONE)
    expect(page.locator("h1")).to_have_text("This page is not on your device")
    assert len(events(hall)) == before


def test_what_waits_is_sent_when_the_same_person_signs_in_again(page: Page, hall: Installation) -> None:
    before = len(events(hall))
    page.context.set_offline(True)
    answer(page, "False")
    expect(page.locator(".lesson-question")).to_contain_text(KEPT)
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.goto(COURSE)
    expect(page.locator(STRIP)).to_contain_text("Sign in again to send what is kept")
    assert len(events(hall)) == before
    sign_in(page, "ana")
    # Which page says so depends on how fast the way through signing in is; what counts is that it arrives, once.
    end = time.monotonic() + 10
    while len(events(hall)) == before and time.monotonic() < end:
        page.wait_for_timeout(100)
    assert len(events(hall)) == before + 1
    assert not waiting(page)


def test_a_course_can_be_kept_and_removed_and_its_size_is_said_first(page: Page) -> None:
    page.goto(COURSE)
    shelf = page.locator("[data-keep-course]")
    shelf.locator("summary").click()
    expect(shelf.locator("[role=status]")).to_contain_text(re.compile(r"are [\d.]+ kB to load"))
    shelf.get_by_role("button", name="Keep it here").click()
    expect(shelf.locator("[role=status]")).to_contain_text("All lessons are on this device")
    page.context.set_offline(True)
    for lesson in ("two", "three"):
        page.goto(f"{COURSE}{lesson}/")
        expect(page.locator("h1")).to_have_text(f"Lesson {lesson} (en)")
    page.context.set_offline(False)
    page.goto(COURSE)
    expect(shelf.locator("[role=status]")).to_contain_text("All lessons are on this device")
    shelf.locator("summary").click()
    shelf.get_by_role("button", name="Remove it").click()
    expect(shelf.get_by_role("button", name="Keep it here")).to_be_visible()
    page.context.set_offline(True)
    page.goto(COURSE + "three/")
    expect(page.locator("h1")).to_have_text("This page is not on your device")


def test_a_visitor_reads_what_was_opened_offline_too(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(ONE)
    has_kept(page, ONE)
    context.set_offline(True)
    page.goto(ONE)
    expect(page.locator(STRIP)).to_contain_text("No connection")
    expect(page.locator("h1")).to_have_text("Lesson one (en)")


def test_a_new_text_of_a_lesson_replaces_the_copy(page: Page, hall: Installation) -> None:
    root = Path(hall.environment["COURSE_ROOT"])
    offline_course.write(root, two="These words are new.")
    page.goto(COURSE + "two/")
    expect(page.locator(".prose")).to_contain_text("Words of two.")
    hall.command("publish")
    page.goto(COURSE + "two/")
    expect(page.locator(".prose")).to_contain_text("These words are new.")
    page.wait_for_timeout(300)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(".prose")).to_contain_text("These words are new.")
