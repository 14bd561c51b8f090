"""Practice, as a learner meets it and as the log keeps it."""

import json
import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from course import clock
from course.db import db as database
from course.db import transaction
from course.errors import NotFound
from course.learning.assessment.actions import grant
from course.learning.models import Event
from course.learning.practice import actions, queries, rules
from course.learning.practice.models import Card
from course.people.actions import add_person
from tests.learning.assessment.conftest import Desk
from tests.learning.assessment.pack import CANARY
from tests.learning.assessment.pages import Browser

HOME = "/en/courses/demo/practice/"
DAY = 24 * 3600 * 1_000_000


@pytest.fixture(autouse=True)
def desk_clock(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages live at the desk's moment."""
    monkeypatch.setattr(clock, "now", lambda: desk.at)


def use_up(desk: Desk, attempts: int = 3) -> None:
    """Hand in attempts at `basics`: `which` right, the others left empty."""
    for _ in range(attempts):
        attempt = desk.start()
        desk.submit(attempt, {"which": ["yes"]}, key=f"end{attempt.number}")


def cards(desk: Desk) -> list[Card]:
    database.session.rollback()
    return list(queries.cards(desk.enrolment))


def name(desk: Desk, card: Card) -> str:
    return desk.published.names[card.item_id][1]


def of(desk: Desk, question: str) -> Card:
    return next(card for card in cards(desk) if name(desk, card) == f"basics/{question}")


def state(desk: Desk) -> list[tuple[object, ...]]:
    return [
        (one.item_id, one.quiz_item_id, one.stability, one.difficulty, one.met, one.due, one.turn, one.reviewed)
        for one in sorted(cards(desk), key=lambda card: card.item_id)
    ]


def test_nothing_enters_practice_before_its_quiz_has_told_all(desk: Desk) -> None:
    use_up(desk, 2)
    assert cards(desk) == []
    use_up(desk, 1)
    assert sorted(name(desk, card) for card in cards(desk)) == [
        "basics/called", "basics/many", "basics/several", "basics/so", "basics/which",
    ]  # fmt: skip


def test_what_was_missed_comes_back_the_next_day_and_what_was_right_later(desk: Desk) -> None:
    use_up(desk)
    assert queries.due(desk.enrolment, desk.published, desk.at) == []
    missed = queries.due(desk.enrolment, desk.published, desk.at + DAY)
    assert sorted(name(desk, card) for card in missed) == [
        "basics/called", "basics/many", "basics/several", "basics/so",
    ]  # fmt: skip
    assert of(desk, "which").due > desk.at + DAY


def test_a_question_tells_nothing_before_it_is_answered_and_all_after(desk: Desk, browser: Browser) -> None:
    use_up(desk)
    desk.at += DAY
    browser.seen.clear()
    browser.open(HOME)
    assert "4 questions today" in browser.html
    assert "about 3 minutes" in browser.html
    assert CANARY not in "".join(browser.seen)
    answer_wrong(desk, browser)
    assert CANARY in browser.html
    assert "It comes back on" in browser.html
    assert "3 questions left" in browser.html
    browser.open(HOME)
    assert "3 questions today" in browser.html


def answer_wrong(desk: Desk, browser: Browser) -> Card:
    """Give a wrong answer to the question on the page."""
    form = browser.form("reviews")
    card = database.session.get_one(Card, int(form.fields["card"][0]))
    asked = name(desk, card)
    field = {"basics/so": "1", "basics/many": "1", "basics/called": "not at all", "basics/several": "0"}[asked]
    fields = {**form.fields, "answer": field}
    if asked == "basics/several":
        fields["answer"] = [value for value in "0123" if f'value="{value}"' in browser.html]
    browser.go(form.action, fields)
    return card


def test_an_answer_counts_once_however_often_it_is_sent(desk: Desk, browser: Browser) -> None:
    use_up(desk)
    desk.at += DAY
    browser.open(HOME)
    form = browser.form("reviews")
    card = answer_wrong(desk, browser)
    after = state(desk)
    browser.go(form.action, {**form.fields, "answer": "1"})
    assert state(desk) == after
    assert of(desk, name(desk, card).partition("/")[2]).turn == 1


def test_no_address_tells_the_key_of_a_question_that_is_not_answered(desk: Desk, browser: Browser) -> None:
    use_up(desk)
    desk.at += DAY
    browser.open(HOME)
    browser.seen.clear()
    for card in cards(desk):
        for turn in (0, 1, 7):
            browser.open(f"{HOME}?card={card.id}&turn={turn}&answer=0")
            browser.open(f"{HOME}reviews?card={card.id}&turn={turn}&answer=0")
    assert CANARY not in "".join(browser.seen)


def test_an_empty_answer_is_asked_for_again_and_counts_for_nothing(desk: Desk, browser: Browser) -> None:
    use_up(desk)
    desk.at += DAY
    before = state(desk)
    browser.open(HOME)
    browser.press("Check")
    assert "Choose or type an answer first." in browser.html
    assert state(desk) == before


def test_anothers_card_is_not_found(desk: Desk, enrol: Callable[[], Desk], sign_in: Callable[[Desk], Browser]) -> None:
    use_up(desk)
    other = sign_in(enrol())
    assert other.open(f"{HOME}?card={cards(desk)[0].id}&turn=0").status_code == 404
    assert other.go(f"{HOME}reviews", {"card": str(cards(desk)[0].id), "turn": "0", "answer": "0"}).status_code in (
        400,
        404,
    )


def test_one_practice_in_all_languages(desk: Desk, browser: Browser) -> None:
    use_up(desk)
    desk.at += DAY
    browser.open(HOME)
    first = browser.form("reviews").fields["card"]
    browser.open(HOME.replace("/en/", "/fr/"))
    assert browser.form("reviews").fields["card"] == first
    assert CANARY not in browser.html


def test_practice_rests_and_goes_on(desk: Desk, browser: Browser) -> None:
    use_up(desk)
    desk.at += DAY
    browser.open(HOME)
    browser.press("Let practice rest")
    assert "Your practice rests." in browser.html
    assert "are due for review" not in home(browser)
    browser.open(HOME)
    browser.press("Go on with practice")
    assert "4 questions today" in browser.html
    assert "4 questions are due for review" in home(browser)


def test_a_question_that_left_the_course_is_due_no_more(
    desk: Desk, browser: Browser, republish: Callable[..., None]
) -> None:
    use_up(desk)
    desk.at += DAY
    browser.open(HOME)
    gone, token = of(desk, "many"), browser.form("reviews").fields["csrf_token"]
    republish(
        **{
            "attempts: 3": "attempts: 3\nretired: [many]",
            "## How many? {#many}\n\n= 4321\n\n> kanari-many\n": "",
            "## Combien ? {#many}\n\n= 4321\n\n> kanari-fr-many\n": "",
        }
    )
    assert "3 questions are due for review" in home(browser)
    for turn in ("0", "1"):
        form = {"csrf_token": token, "card": [str(gone.id)], "turn": [turn], "answer": ["1"]}
        assert browser.post(HOME + "reviews", form).status_code == 404


def home(browser: Browser) -> str:
    page = browser.open("/en/")
    assert page.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", page.get_data(as_text=True)).split())


def test_the_log_alone_gives_the_same_cards(desk: Desk, browser: Browser) -> None:
    use_up(desk)
    for _ in range(3):
        desk.at += DAY
        browser.open(HOME)
        answer_wrong(desk, browser)
    before = state(desk)
    with transaction():
        actions.rebuild(desk.enrolment)
    assert state(desk) == before


def test_no_grade_is_touched_and_the_log_holds_no_words(desk: Desk, browser: Browser) -> None:
    use_up(desk)
    grades = [desk.attempt(number).grade for number in (1, 2, 3)]
    desk.at += DAY
    for _ in range(4):
        browser.open(HOME)
        answer_wrong(desk, browser)
    assert "Nothing is due" in browser.open(HOME).get_data(as_text=True)
    assert [desk.attempt(number).grade for number in (1, 2, 3)] == grades
    details = [json.loads(detail) for detail in database.session.scalars(select(Event.detail))]
    assert not [one for one in details if "not at all" in str(one)]


def test_a_quiz_that_grants_more_attempts_takes_its_questions_back(desk: Desk, republish: Callable[..., None]) -> None:
    use_up(desk)
    at = desk.at + DAY
    assert len(queries.due(desk.enrolment, desk.published, at)) == 4
    republish(**{"attempts: 3": "attempts: 4"})
    assert queries.due(desk.enrolment, desk.published, at) == []


def test_home_counts_what_the_page_asks_when_more_attempts_are_granted(
    desk: Desk, browser: Browser, republish: Callable[..., None]
) -> None:
    use_up(desk)
    desk.at += DAY
    assert "4 questions are due for review" in home(browser)
    republish(**{"attempts: 3": "attempts: 4"})
    assert "due for review" not in home(browser)
    republish()
    assert "4 questions are due for review" in home(browser)
    with transaction():
        item = desk.published.item("quiz", "basics")
        grant(desk.enrolment, item, attempts=1, by=add_person("eva", None).person_id, reason="Ill.", at=desk.at)
    assert "due for review" not in home(browser)


def test_a_day_has_an_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    use_up(desk)
    monkeypatch.setattr(rules, "A_DAY", 3)
    assert len(queries.due(desk.enrolment, desk.published, desk.at + DAY)) == 3


def test_what_is_gone_from_the_course_is_not_asked(desk: Desk) -> None:
    with pytest.raises(NotFound):
        queries.card(desk.enrolment, 12345)


def test_who_is_not_enrolled_is_sent_to_the_course(desk: Desk, browser: Browser) -> None:
    with transaction():
        desk.enrolment.ended = desk.at
    browser.open(HOME)
    assert browser.path == "/en/courses/demo/"
