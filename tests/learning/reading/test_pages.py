"""Home, course and lesson, as somebody without JavaScript meets them."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from course.db import db as database
from course.db import transaction
from course.learning.models import Enrolment, Event
from course.people.actions import add_person, give_role
from tests.catalogue.draft import Draft
from tests.learning.assessment.pages import Browser
from tests.learning.reading.conftest import Learner

PASSWORD = "correct horse battery staple"


def rows(model: type) -> int:
    database.session.rollback()
    return database.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_visitor_reaches_lesson_one_in_two_clicks(demo: None, visitor: Browser) -> None:
    home = visitor.open("/en/").text
    assert "A course of tests" in home
    first = re.search(r'class="button" href="([^"]+)"', home)
    assert first is not None
    assert "Words of one." in visitor.open(first[1]).text


@pytest.mark.parametrize("address", ["/en/", "/en/courses/demo/", "/en/courses/demo/one/", "/fr/courses/demo/one/"])
def test_a_visitors_page_sets_no_cookie_and_may_be_kept_by_anybody(demo: None, visitor: Browser, address: str) -> None:
    page = visitor.open(address)
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    assert "private" not in page.headers["Cache-Control"]
    assert "csrf" not in page.text


def test_a_visitors_page_that_has_not_changed_is_not_sent_again(
    demo: None, publish: Callable[[Draft], None], visitor: Browser
) -> None:
    known = {"If-None-Match": visitor.open("/en/courses/demo/one/").headers["ETag"]}
    again = visitor.client.get("/en/courses/demo/one/", headers=known)
    assert (again.status_code, again.data) == (304, b"")
    publish(Draft(languages=("en", "fr"), texts={"one": "Other words."}))
    assert "Other words." in visitor.client.get("/en/courses/demo/one/", headers=known).text


def test_the_course_page_shows_modules_lessons_with_minutes_and_quizzes(demo: None, visitor: Browser) -> None:
    page = visitor.open("/en/courses/demo/").text
    for words in ("Module first", "Module second", "Lesson one (en)", "Quiz basics (en)", "3 min"):
        assert words in page
    assert 'href="/en/courses/demo/quizzes/basics/"' in page


def test_a_lesson_has_its_place_and_what_is_before_and_after_it(demo: None, visitor: Browser) -> None:
    page = visitor.open("/en/courses/demo/two/").text
    assert 'href="/en/courses/demo/#module-first"' in page
    assert 'rel="prev" href="/en/courses/demo/one/"' in page
    assert 'rel="next" href="/en/courses/demo/quizzes/basics/"' in page
    assert 'aria-current="page"' in page
    assert "know two" in page  # its objective
    assert '<section class="flow" id="two-part">' in page


def test_the_language_switch_keeps_the_place(demo: None, visitor: Browser) -> None:
    page = visitor.open("/en/courses/demo/two/").text
    assert 'href="/fr/courses/demo/two/"' in page
    assert "Lesson two (fr)" in visitor.open("/fr/courses/demo/two/").text


def test_a_visitors_answer_is_shown_with_its_feedback_and_stored_nowhere(demo: None, visitor: Browser) -> None:
    page = visitor.open("/en/courses/demo/one/").text
    assert "Indeed it is." not in page
    form = visitor.form("#answer-one-check")
    assert "csrf_token" not in form.fields
    right = visitor.send(form, "Check", **{"one-check": "0"})
    assert "Indeed it is." in right.text
    assert "question-right" in right.text
    wrong = visitor.send(form, "Check", **{"one-check": "1"})
    assert "question-wrong" in wrong.text
    assert all("Set-Cookie" not in seen for seen in visitor.seen)
    assert right.headers["Cache-Control"] == "private, no-store"
    assert rows(Event) == rows(Enrolment) == 0


def test_what_a_visitor_types_stands_in_no_address(publish: Callable[[Draft], None], visitor: Browser) -> None:
    short = "Words.\n\n### What is it? {#typed type=short}\n\n= a thing\n\n> Indeed a thing."
    publish(Draft(texts={"one": short}))
    visitor.open("/en/courses/demo/one/")
    page = visitor.press("Check", "answers/typed", typed="kanari")
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "private, no-store")
    assert 'value="kanari"' in page.text
    assert "Indeed a thing." in page.text
    assert "kanari" not in page.request.url
    assert all("Location" not in seen and "Set-Cookie" not in seen for seen in visitor.seen)


def test_another_site_cannot_have_a_visitors_question_answered(demo: None, visitor: Browser) -> None:
    visitor.client.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"
    assert visitor.post("/en/courses/demo/one/answers/one-check", {"one-check": "0"}).status_code == 400


@pytest.mark.parametrize(
    "query", ["one-check=7", "one-check=x", "one-check=0&one-check=1", "", "one-check=" + "9" * 4000]
)
def test_an_answer_that_no_form_sends_is_told_at_its_question(demo: None, visitor: Browser, query: str) -> None:
    page = visitor.open(f"/en/courses/demo/one/?answer_to=one-check&{query}")
    assert page.status_code == 200
    assert 'id="one-check-error"' in page.text
    assert "Indeed it is." not in page.text


def test_a_question_that_is_not_there_shows_the_lesson_as_it_is(demo: None, visitor: Browser) -> None:
    page = visitor.open("/en/courses/demo/one/?answer_to=nothing&nothing=1")
    assert page.status_code == 200
    assert page.text == visitor.open("/en/courses/demo/one/?answer_to=nothing&nothing=1").text


def test_a_learners_answer_is_an_event_with_its_fraction_and_is_shown_after_a_redirect(ada: Learner) -> None:
    ada.enrol()
    ada.browser.open("/en/courses/demo/one/")
    page = ada.browser.press("Check", "answers/one-check", **{"one-check": "1"})
    assert page.request.method == "GET"
    assert "question-wrong" in page.text
    assert "Indeed it is." in page.text
    event = database.session.scalars(select(Event).where(Event.verb == "answered")).one()
    assert (event.item_id, event.detail) == (
        ada.published.item("question", "one/one-check"),
        '{"fraction":0,"language":"en","practice":"met"}',
    )
    ada.browser.open(page.request.full_path)  # reloading answers nothing again
    assert rows(Event) == 2
    ada.browser.press("Check again", "answers/one-check", **{"one-check": "0"})
    assert rows(Event) == 3


def test_what_somebody_wrote_is_shown_at_once_and_stands_in_no_address(
    publish: Callable[[Draft], None], person: Callable[[str], Learner]
) -> None:
    text = "### Why? {#why type=short}\n\n= so\n\n> Because.\n\n## More {#more}\n\nWords."
    publish(Draft(texts={"one": text}))
    ada = person("ada")
    ada.enrol()
    ada.browser.open("/en/courses/demo/one/")
    page = ada.browser.press("Check", "answers/why", why="My own words")
    assert page.request.method == "POST"
    assert 'value="My own words"' in page.text
    assert "Because." in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert not any("My+own" in seen or "My%20own" in seen for seen in ada.browser.seen)
    there = ada.browser.get("/fr/courses/demo/one/answers/why")  # where the language switch of that page leads
    assert there.location == "/fr/courses/demo/one/#answer-why"


@pytest.mark.parametrize("name", ["lesson", "course", "lang", "endpoint"])
def test_a_question_may_be_called_as_it_likes(
    name: str, publish: Callable[[Draft], None], person: Callable[[str], Learner]
) -> None:
    text = f"### Really? {{#{name} type=truefalse}}\n\n= true\n\n> So it is.\n\n## More {{#more}}\n\nWords."
    publish(Draft(texts={"one": text}))
    ada = person("ada")
    ada.enrol()
    ada.browser.open("/en/courses/demo/one/")
    page = ada.browser.press("Check", f"answers/{name}", **{name: "0"})
    assert page.status_code == 200
    assert "So it is." in page.text


def test_marking_as_read_goes_on_and_is_kept(ada: Learner) -> None:
    ada.enrol()
    ada.browser.open("/en/courses/demo/one/")
    page = ada.browser.press("Mark as read and go on")
    assert page.request.path == "/en/courses/demo/two/"
    assert ada.standing.is_done("lesson", "one")
    assert "You have read this lesson." in ada.browser.open("/en/courses/demo/one/").text


def test_who_is_not_enrolled_yet_is_enrolled_by_marking_a_lesson_as_read(ada: Learner) -> None:
    ada.browser.open("/en/courses/demo/one/")
    page = ada.browser.press("Mark as read and go on")
    assert "You are enrolled, and your progress is kept." in page.text
    assert ada.standing.is_done("lesson", "one")


def test_enrolling_and_leaving_are_buttons_on_the_course_page(ada: Learner) -> None:
    ada.browser.open("/en/courses/demo/")
    assert "You are enrolled." in ada.browser.press("Enrol", "/enrolment").text
    assert "What is left to complete the course" in ada.browser.html
    assert "You have left the course." in ada.browser.press("Leave the course").text
    assert ada.standing.enrolment is None


def test_the_course_page_says_why_it_is_not_complete_yet(ada: Learner) -> None:
    ada.enrol()
    ada.read("one", "three")
    page = ada.browser.open("/en/courses/demo/").text
    left = page[page.index("What is left") :]
    assert "Lesson two (en)" in left
    assert "Pass the quiz" in left
    assert "Lesson one (en)" not in left
    assert "50 % done" in page


def test_a_completed_course_says_what_is_new_since_then(
    person: Callable[[str], Learner], publish: Callable[[Draft], None]
) -> None:
    publish(Draft(modules={"only": ["one"]}, quizzes={}))
    bob = person("bob")
    bob.enrol()
    bob.browser.open("/en/courses/demo/one/")
    assert "You have completed the course. Well done." in bob.browser.press("Mark as read").text
    publish(Draft(modules={"only": ["one", "two"]}, quizzes={}))
    page = bob.browser.open("/en/courses/demo/").text
    assert "You have completed this course." in page
    assert "1 lesson is new since then." in page


def test_the_grade_of_a_quiz_stands_on_the_course_page(ada: Learner) -> None:
    ada.enrol()
    ada.take("basics")
    assert "100%" in ada.browser.open("/en/courses/demo/").text.replace("\xa0", "")


@pytest.mark.parametrize(("then", "now", "seen"), [("", "marks", False), ("marks", "", True)])
def test_the_grade_on_the_course_page_follows_the_revision_on_which_the_quiz_was_taken(
    publish: Callable[[Draft], None], person: Callable[[str], Learner], then: str, now: str, seen: bool
) -> None:
    def release(things: str) -> Draft:
        return Draft(rules={"basics": f"attempts: 2\nrelease: {{submitted: [{things}], closed: [key]}}\n"})

    publish(release(then))
    eva = person("eva")
    eva.enrol()
    eva.take("basics")
    publish(release(now))
    page = eva.browser.open("/en/courses/demo/").text.replace("\xa0", "")
    assert ('<span class="stop-note">100%' in page) == seen


def test_an_attempt_under_way_is_on_the_home_page(ada: Learner) -> None:
    ada.enrol()
    ada.browser.open("/en/courses/demo/quizzes/basics/")
    ada.browser.press("Start the quiz")
    assert "You have an attempt under way" in ada.browser.open("/en/").text


def test_the_home_of_a_learner_begins_with_what_to_go_on_with(ada: Learner) -> None:
    ada.enrol()
    ada.read("one")
    page = ada.browser.open("/en/").text
    assert "Hello, Ada" in page
    assert page.index("Continue: Lesson two (en)") < page.index("25 % done")


def test_the_place_to_resume_is_kept_when_javascript_sends_it(ada: Learner) -> None:
    ada.enrol()
    ada.browser.open("/en/courses/demo/three/")
    form = ada.browser.form("/position")
    kept = ada.browser.post(form.action, {**form.fields, "section": "three-part"})
    assert kept.status_code == 204
    assert "/en/courses/demo/three/#three-part" in ada.browser.open("/en/").text


def test_what_a_visitor_reads_is_kept_in_their_browser_only(demo: None, visitor: Browser) -> None:
    visitor.open("/en/courses/demo/one/")
    page = visitor.press("Mark as read and go on")
    assert page.request.path == "/en/courses/demo/two/"
    again = visitor.open("/en/courses/demo/one/")
    assert "You have read this lesson." in again.text
    assert again.headers["Cache-Control"] == "private, no-store"
    assert rows(Event) == rows(Enrolment) == 0


def test_another_site_cannot_mark_a_lesson_as_read(demo: None, reading: Flask) -> None:
    client = reading.test_client()
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {}):
        reply = client.post("/en/courses/demo/one/completion", headers=headers)
        assert reply.status_code == 400
        assert "read=" not in reply.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("cookie", ["nonsense", "WzEsMl0.c2ln", "", "." * 3000])
def test_a_cookie_that_we_did_not_sign_is_not_believed(demo: None, visitor: Browser, cookie: str) -> None:
    visitor.client.set_cookie("read", cookie)
    page = visitor.open("/en/courses/demo/one/")
    assert page.status_code == 200
    assert "You have read this lesson." not in page.text


def test_what_was_read_as_a_visitor_is_kept_on_signing_in(demo: None, visitor: Browser) -> None:
    with transaction():
        add_person("grace", PASSWORD, name="Grace", confirmed=True)
    visitor.open("/en/courses/demo/one/")
    visitor.press("Mark as read and go on")
    visitor.open("/en/sign-in")
    visitor.go("/en/sign-in", {**visitor.form().fields, "who": "grace", "password": PASSWORD})
    home = visitor.open("/en/").text
    assert "Hello, Grace" in home
    assert "25 % done" in home
    assert visitor.client.get_cookie("read") is None


def test_a_lesson_that_was_renamed_is_found_under_its_old_address(
    demo: None, publish: Callable[[Draft], None], visitor: Browser
) -> None:
    modules = {"first": ["one", "deux"], "second": ["three"]}
    publish(Draft(modules=modules, was={"deux": "two"}, retired=["two/two-check"]))
    assert visitor.open("/en/courses/demo/two/").request.path == "/en/courses/demo/deux/"


@pytest.mark.parametrize(
    "address",
    ["/en/courses/nothing/", "/en/courses/demo/nothing/", "/en/courses/nothing/one/", "/de/courses/demo/one/"],
)
def test_what_is_not_there_is_not_found(demo: None, visitor: Browser, address: str) -> None:
    assert visitor.open(address).status_code == 404


def test_a_retired_lesson_is_not_found(demo: None, publish: Callable[[Draft], None], visitor: Browser) -> None:
    publish(Draft(retired=["two"]).without("two"))
    assert visitor.open("/en/courses/demo/two/").status_code == 404


def test_lessons_of_a_course_for_the_enrolled_are_for_them_alone(
    publish: Callable[[Draft], None], person: Callable[[str], Learner], visitor: Browser
) -> None:
    publish(Draft(access="enrolled"))
    assert "Words of one." not in visitor.open("/en/courses/demo/one/").text
    assert visitor.path == "/en/sign-in"
    bob = person("bob")
    page = bob.browser.open("/en/courses/demo/one/")
    assert page.request.path == "/en/courses/demo/"
    assert "Enrol in the course to read its lessons." in page.text
    bob.browser.press("Enrol", "/enrolment")
    assert "Words of one." in bob.browser.open("/en/courses/demo/one/").text


@pytest.mark.parametrize("access", ["enrolled", "by edition"])
def test_a_closed_course_shows_its_glossary_quizzes_and_questions_to_its_own_people_alone(
    publish: Callable[[Draft], None], person: Callable[[str], Learner], visitor: Browser, access: str
) -> None:
    publish(Draft(access=access))
    closed = ("glossary/", "quizzes/basics/", "search?q=words")
    bob, ada, tim, ann = (person(name) for name in ("bob", "ada", "tim", "ann"))
    ada.enrol()
    with transaction():
        give_role(tim.person, "trainer", course="demo")
        give_role(ann.person, "trainer", course="another")
    for address in closed:
        visitor.open(f"/en/courses/demo/{address}")
        assert visitor.path == "/en/sign-in"
        for outside in (bob, ann):
            refused = outside.browser.open(f"/en/courses/demo/{address}")
            assert refused.status_code == 403
            assert "Enrol in it first." in refused.text
        for inside in (ada, tim):
            assert inside.browser.open(f"/en/courses/demo/{address}").status_code == 200
    assert "Words of one." in tim.browser.open("/en/courses/demo/one/").text
    token = bob.browser.form("sign-out").fields["csrf_token"]
    answer = {"csrf_token": token, "one-check": "0"}
    assert bob.browser.go("/en/courses/demo/one/answers/one-check", answer).status_code == 403


def test_a_course_that_is_joined_by_edition_cannot_be_joined_by_hand(
    publish: Callable[[Draft], None], person: Callable[[str], Learner]
) -> None:
    publish(Draft(access="by edition"))
    bob = person("bob")
    bob.browser.open("/en/courses/demo/")
    assert "by invitation" in bob.browser.html
    token = bob.browser.form("sign-out").fields["csrf_token"]
    assert bob.browser.go("/en/courses/demo/enrolment", {"csrf_token": token}).status_code == 403
    assert rows(Enrolment) == 0


def test_writes_without_a_token_are_refused(ada: Learner) -> None:
    ada.enrol()
    for address in ("enrolment", "enrolment/end", "one/position", "one/answers/one-check", "one/completion"):
        assert ada.browser.client.post(f"/en/courses/demo/{address}").status_code == 400
    assert rows(Event) == 1


def test_a_visitor_is_sent_to_sign_in_before_enrolling(demo: None, visitor: Browser) -> None:
    page = visitor.open("/en/courses/demo/").text
    assert "/sign-up?next=" in page


def test_pages_of_a_learner_are_theirs_alone(ada: Learner) -> None:
    ada.enrol()
    for address in ("/en/", "/en/courses/demo/", "/en/courses/demo/one/"):
        assert ada.browser.open(address).headers["Cache-Control"] == "private, no-store"
