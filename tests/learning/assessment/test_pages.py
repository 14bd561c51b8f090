"""A learner takes a quiz with plain forms: no JavaScript anywhere."""

import re

import pytest

from course.people.rules import HOUR, MINUTE, Limit
from tests.learning.assessment.conftest import Desk
from tests.learning.assessment.pages import Browser

QUIZ = "/en/courses/demo/quizzes/basics/"


def field_of(browser: Browser, label: str) -> tuple[str, str]:
    """The name and value of the choice with these words."""
    found = re.search(rf'name="(q\d+)" value="(\d+)"[^<]*>\s*<span[^>]*>{label}', browser.html)
    assert found, label
    return found[1], found[2]


def typed_field(browser: Browser, prompt: str) -> str:
    found = re.search(rf'{prompt}.*?name="(q\d+)"', browser.html, re.DOTALL)
    assert found, prompt
    return found[1]


def test_the_quiz_page_says_what_the_quiz_is(desk: Desk, browser: Browser) -> None:
    assert browser.open(QUIZ).status_code == 200
    for words in ("Basics", "60 %", "3 of 3 left", "the best one counts", "your marks", "the right answers"):
        assert words in browser.html, words


def test_a_quiz_is_taken_from_start_to_result_with_plain_forms(desk: Desk, browser: Browser) -> None:
    browser.open(QUIZ)
    browser.press("Start the quiz")
    assert browser.path == QUIZ + "attempts/1/"
    name, value = field_of(browser, "The first")
    browser.press("Save", "responses", **{name: value})
    assert "Saved." in browser.html
    assert ">1</span> of 5." in browser.html
    browser.press("Finish…", **{typed_field(browser, "What is it called"): "kanari word"})
    assert browser.path.endswith("/submission")
    assert "3 questions are not answered yet" in browser.html
    browser.press("Submit")
    assert browser.path == QUIZ + "attempts/1/result"
    assert "42 %, not passed" in browser.html
    browser.open(QUIZ)
    assert "2 of 3 left" in browser.html
    assert "Attempt 1" in browser.html


def test_an_open_attempt_is_gone_on_with_and_shows_what_was_saved(desk: Desk, browser: Browser) -> None:
    browser.open(QUIZ)
    browser.press("Start the quiz")
    name, value = field_of(browser, "The second")
    browser.press("Save", "responses", **{name: value})
    browser.open(QUIZ)
    assert "Continue attempt 1" in browser.html
    browser.open(QUIZ + "attempts/1/")
    assert browser.form("responses").fields[name] == [value]


def test_who_starts_attempts_without_end_is_asked_to_wait(
    desk: Desk, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = Limit(tries=2, window=HOUR, rest=10 * MINUTE)
    monkeypatch.setattr("course.learning.assessment.views.STARTS", limit)
    browser.open(QUIZ)
    start = browser.form("attempts")
    assert [browser.send(start, "Start the quiz").status_code for _ in range(3)] == [200, 200, 429]
    assert "Wait ten minutes" in browser.html
    assert browser.open(QUIZ + "attempts/1/").status_code == 200  # what is under way goes on


def test_a_double_click_on_start_gives_the_same_attempt(desk: Desk, browser: Browser) -> None:
    browser.open(QUIZ)
    form = browser.form("attempts")
    browser.send(form, "Start the quiz")
    browser.send(form, "Start the quiz")
    assert browser.path == QUIZ + "attempts/1/"


def test_switching_language_saves_first_and_keeps_the_place(desk: Desk, browser: Browser) -> None:
    browser.open(QUIZ)
    browser.press("Start the quiz")
    browser.press("One question at a time")
    browser.open(QUIZ + "attempts/1/?question=2")
    form = browser.form("responses")
    name = next(name for name in form.fields if re.fullmatch(r"q\d+", name))
    value = "0" if name in form.checks else "12"
    browser.press("Français", **{name: value})
    assert browser.path == "/fr/courses/demo/quizzes/basics/attempts/1/"
    assert browser.form("responses").fields[name] == [value]
    assert browser.form("responses").fields["here"] == ["2"]
    assert "Enregistré." in browser.html
    assert "Saved." not in browser.html


def test_one_question_at_a_time_goes_through_all_of_them_saving_each(desk: Desk, browser: Browser) -> None:
    desk.complete_first_module()
    browser.open("/en/courses/demo/quizzes/timed/")
    browser.press("Start the quiz")
    assert "Question 1 of 2" in browser.html
    assert "Question 2 of 2" not in browser.html
    browser.press("Save and go on", q1="one")
    assert "Question 2 of 2" in browser.html
    browser.press("Finish…", q2="two")
    assert "All 2 questions are answered." in browser.html


def test_a_page_made_in_one_tab_is_told_what_another_tab_saved(desk: Desk, browser: Browser) -> None:
    browser.open(QUIZ)
    browser.press("Start the quiz")
    stale = browser.form("responses")
    name = typed_field(browser, "What is it called")
    browser.open(QUIZ + "attempts/1/")
    browser.press("Save", "responses", **{name: "from the phone"})
    browser.send(stale, "Save", **{name: "from the desk"})
    assert "had been saved from elsewhere" in browser.html
    assert browser.form("responses").fields[name] == ["from the desk"]


def test_going_back_and_saving_something_else_is_saved_without_more_words(desk: Desk, browser: Browser) -> None:
    browser.open(QUIZ)
    browser.press("Start the quiz")
    page = browser.form("responses")
    name = typed_field(browser, "What is it called")
    browser.send(page, "Save", **{name: "first thought"})
    browser.send(page, "Save", **{name: "second thought"})
    assert "from elsewhere" not in browser.html
    assert browser.form("responses").fields[name] == ["second thought"]


def test_the_enhancement_gets_its_reply_as_data_from_the_same_address(desk: Desk, browser: Browser) -> None:
    browser.open(QUIZ)
    browser.press("Start the quiz")
    form = browser.form("responses")
    name = typed_field(browser, "What is it called")
    data = {**form.fields, name: "x"}
    reply = browser.post(form.action, data=data, headers={"Accept": "application/json"})
    assert reply.json == {"bases": {name[1:]: 1}, "replaced": [], "late": False, "message": "Saved.", "understood": {}}
    again = browser.post(form.action, data=data, headers={"Accept": "application/json"})
    assert again.json == reply.json


def test_the_result_shows_what_counted_when_a_save_came_late(desk: Desk, browser: Browser) -> None:
    browser.open(QUIZ)
    browser.press("Start the quiz")
    stale = browser.form("responses")
    name = typed_field(browser, "What is it called")
    browser.press("Finish…", **{name: "in time"})
    browser.press("Submit")
    browser.send(stale, "Save", **{name: "too late"})
    assert browser.path.endswith("/result")
    assert "It is kept, but it does not count." in browser.html
    assert "in time" in browser.html
    assert "too late" not in browser.html


def test_pages_of_an_attempt_are_kept_by_no_cache(desk: Desk, browser: Browser) -> None:
    browser.open(QUIZ)
    for page in (browser.press("Start the quiz"), browser.press("Finish…"), browser.press("Submit")):
        assert "no-store" in page.headers["Cache-Control"]


def test_a_retyped_number_is_read_by_the_language_of_its_page(desk: Desk, browser: Browser) -> None:
    browser.open(QUIZ)
    browser.press("Start the quiz")
    name = typed_field(browser, "How many")
    browser.press("Français", **{name: "4,321"})
    assert browser.form("responses").fields[name] == ["4321"]


def test_time_left_is_said_in_words_with_the_moment_at_which_it_is_over(desk: Desk, browser: Browser) -> None:
    desk.complete_first_module()
    browser.open("/en/courses/demo/quizzes/timed/")
    assert "10 minutes" in browser.html
    browser.press("Start the quiz")
    assert re.search(r"You have <span data-left>(10|9) minutes</span> left: until ", browser.html)
    assert re.search(r'data-seconds-left="(600|599)"', browser.html)


def test_moments_are_to_the_minute_and_name_the_zone_only_where_nobody_chose_it(desk: Desk, browser: Browser) -> None:
    browser.open(QUIZ)
    browser.press("Start the quiz")
    browser.open("/fr/courses/demo/quizzes/basics/")
    said = re.search(r"commencée le ([^<]*?)\s*<", browser.html)
    assert said
    assert re.fullmatch(r"\d{1,2} \S+ \d{4}, \d\d:\d\d UTC", said[1]), said[1]


def test_the_enhancement_is_told_how_a_number_was_read(desk: Desk, browser: Browser) -> None:
    browser.open(QUIZ)
    browser.press("Start the quiz")
    form = browser.form("responses")
    name = typed_field(browser, "How many")

    def told(typed: str, language: str = "en") -> str | None:
        address = form.action.replace("/en/", f"/{language}/")
        fields = {**form.fields, "key": f"key-{typed[:5]}-{language}".replace(",", "-").replace(" ", "-"), name: typed}
        reply = browser.post(address, data=fields, headers={"Accept": "application/json"})
        said: str | None = reply.json["understood"].get(name[1:])
        return said

    assert "Read as 4321" in (told("4,321") or "")
    assert "Lu comme 4,321" in (told("4,321", "fr") or "")
    unread = told("a lot") or ""
    assert 'class="error"' in unread
    assert f'id="{name}-read"' in unread
    assert told("") is None
