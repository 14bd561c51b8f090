"""Many requests at once: each through the application, as a browser sends it, on real databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from time import sleep
from typing import TypeVar

from sqlalchemy import func, select

from course import clock
from course.db import db, transaction
from course.learning.assessment import actions, queries
from course.learning.assessment.actions.hold import hold_enrolment
from course.learning.assessment.answers import answer
from course.learning.assessment.models import Attempt, Save
from tests.learning.assessment.conftest import MINUTE, Desk
from tests.learning.assessment.pages import Browser

T = TypeVar("T")
QUIZ = "/en/courses/demo/quizzes/basics/"
JSON = {"Accept": "application/json"}


def at_once(deeds: list[Callable[[], T]]) -> list[T]:
    """All deeds, each in a thread of its own, none before all are ready."""
    ready = Barrier(len(deeds))

    def one(deed: Callable[[], T]) -> T:
        ready.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(one, deeds))


def twin(browser: Browser) -> Browser:
    """Another window of the same person."""
    client = browser.client.application.test_client()
    client._cookies.update(browser.client._cookies)
    return Browser(client)


def test_64_racing_starts_give_one_attempt(desk: Desk, browser: Browser) -> None:
    browser.open(QUIZ)
    form = browser.form("attempts")

    def start(window: Browser) -> str:
        return window.post(form.action, form.fields).headers["Location"]

    windows = [twin(browser) for _ in range(64)]
    places = at_once([partial(start, window) for window in windows])
    assert set(places) == {QUIZ + "attempts/1/"}
    assert [attempt.number for attempt in db.session.scalars(select(Attempt))] == [1]
    assert len(queries.drawn(desk.attempt())) == 5
    assert [event.verb for event in desk.events()] == ["started"]


def test_racing_starts_and_submissions_never_leave_gaps_or_exceed_the_limit(desk: Desk, browser: Browser) -> None:
    browser.open(QUIZ)
    token = {"csrf_token": browser.form().fields["csrf_token"]}

    def start(window: Browser) -> int:
        return window.post(QUIZ + "attempts", token).status_code

    def submit(window: Browser, number: int) -> int:
        return window.post(f"{QUIZ}attempts/{number}/submission", token | {"confirmed": ["1"]}).status_code

    deeds: list[Callable[[], int]] = []
    for _ in range(8):
        deeds.append(partial(start, twin(browser)))
        deeds += [partial(submit, twin(browser), n) for n in (1, 2, 3)]
    for _ in range(3):
        assert set(at_once(deeds)) <= {303, 404, 409}
        rows = queries.attempts(desk.enrolment, desk.published.item("quiz", "basics"))
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        assert len(rows) <= 3
        assert sum(row.closed is None for row in rows) <= 1
        assert all(row.grade == actions.recompute(row) for row in rows if row.closed is not None)
    submitted = [event for event in desk.events() if event.verb == "submitted"]
    assert len(submitted) == sum(row.closed is not None for row in rows)


def test_the_same_save_sent_many_times_at_once_has_one_effect_and_one_reply(desk: Desk, browser: Browser) -> None:
    attempt = desk.start()
    browser.open(QUIZ + "attempts/1/")
    fields = browser.form("responses").fields | desk.form(attempt, {"called": "once"})

    def save(window: Browser) -> object:
        return window.post(QUIZ + "attempts/1/responses", fields, headers=JSON).json

    replies = at_once([partial(save, twin(browser)) for _ in range(24)])
    assert all(reply == replies[0] for reply in replies)
    assert [answer(one) for one in queries.responses(desk.attempt())] == ["once"]
    assert db.session.scalar(select(func.count()).select_from(Save)) == 1


def test_every_save_acknowledged_while_submissions_race_is_kept_and_counts_or_says_that_it_is_late(
    desk: Desk, browser: Browser
) -> None:
    attempt = desk.start()
    browser.open(QUIZ + "attempts/1/")
    token = {"csrf_token": browser.form("responses").fields["csrf_token"]}

    def save(window: Browser, number: int) -> tuple[int, bool, str]:
        typed = f"answer {number}"
        form = token | forms[number] | {"key": [f"key-{number}"]}
        reply = window.post(QUIZ + "attempts/1/responses", form, headers=JSON).json
        return next(iter(reply["bases"].values())), reply["late"], typed

    def submit(window: Browser) -> tuple[int, bool, str]:
        assert window.post(QUIZ + "attempts/1/submission", token | {"confirmed": ["1"]}).status_code == 303
        return 0, False, ""

    forms = [desk.form(attempt, {"called": f"answer {number}"}) for number in range(20)]
    deeds: list[Callable[[], tuple[int, bool, str]]] = [partial(save, twin(browser), number) for number in range(20)]
    deeds[8:8] = [partial(submit, twin(browser)) for _ in range(4)]
    replies = {number: (late, typed) for number, late, typed in at_once(deeds) if number}
    kept = {one.number: (one.late, one.text) for one in queries.responses(desk.attempt())}
    assert kept == replies
    assert sorted(kept) == list(range(1, 21))
    assert desk.attempt().grade == actions.recompute(desk.attempt())
    assert [event.verb for event in desk.events()].count("submitted") == 1


def test_sweepers_and_late_savers_close_an_overdue_attempt_once(desk: Desk, browser: Browser) -> None:
    desk.complete_first_module()
    desk.at = clock.now() - 60 * MINUTE
    attempt = desk.start("timed")
    name = queries.drawn(attempt)[0].question
    desk.save(attempt, {name: f"kanari {name}"}, "in-time")
    browser.open(QUIZ)
    token = {"csrf_token": browser.form().fields["csrf_token"]}
    form = token | desk.form(attempt, {name: "late"})
    address = "/en/courses/demo/quizzes/timed/attempts/1/responses"

    def sweep() -> None:
        with desk.app.app_context(), transaction():
            actions.sweep(clock.now())

    def late(window: Browser, number: int) -> int:
        return 0 if window.post(address, form | {"key": [f"late-{number}"]}, headers=JSON).json["late"] else 1

    deeds: list[Callable[[], object]] = [partial(late, twin(browser), n) for n in range(8)]
    at_once([*deeds, *[sweep] * 4])
    attempt = desk.attempt(1, "timed")
    assert (attempt.closed, attempt.why, attempt.grade) == (attempt.deadline, "overdue", 500_000)
    assert [event.verb for event in desk.events()].count("submitted") == 1


def test_an_answer_that_came_in_time_counts_however_long_it_waited_for_its_turn(
    desk: Desk, browser: Browser, at: Callable[[int], None]
) -> None:
    desk.complete_first_module()
    attempt = desk.start("timed")
    deadline = attempt.deadline or 0
    db.session.rollback()
    at(deadline - MINUTE)
    address = "/en/courses/demo/quizzes/timed/attempts/1/"
    browser.open(address)
    form = browser.form("responses")
    form.fields["q1"] = ["0"]
    at(deadline)
    with ThreadPoolExecutor(1) as thread:
        with transaction():
            hold_enrolment(desk.enrolment_id)
            sent = thread.submit(browser.post, form.action, form.fields, headers=JSON)
            sleep(0.5)
            at(deadline + MINUTE)
        assert sent.result().json["late"] is False
