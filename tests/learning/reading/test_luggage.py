"""What a course weighs for a device, and answers that come twice because a reply was lost."""

from collections.abc import Callable

from sqlalchemy import select

from course.db import db as database
from course.learning.models import Event
from tests.catalogue.draft import Draft
from tests.learning.assessment.pages import Browser
from tests.learning.reading.conftest import Learner

LUGGAGE = "/en/courses/demo/offline"


def test_the_list_has_every_page_to_read_and_their_weight(ada: Learner) -> None:
    ada.enrol()
    found = ada.browser.get(LUGGAGE).json
    assert found is not None
    lessons = [f"/en/courses/demo/{name}/" for name in ("one", "two", "three")]
    assert found["pages"] == ["/en/courses/demo/", *lessons]
    assert 3 * 1500 < found["bytes"] < 3 * 8000
    assert found["revision"] == ada.published.revision


def test_another_revision_is_weighed_again(ada: Learner, publish: Callable[[Draft], None]) -> None:
    ada.enrol()
    before = ada.browser.get(LUGGAGE).json
    publish(Draft(languages=("en", "fr"), texts={"one": " ".join(f"word{n * 7919}" for n in range(2000))}))
    after = ada.browser.get(LUGGAGE).json
    assert before is not None
    assert after is not None
    assert after["bytes"] > before["bytes"] + 4000


def test_a_course_for_the_enrolled_is_packed_for_them_alone(
    publish: Callable[[Draft], None], person: Callable[[str], Learner], visitor: Browser
) -> None:
    publish(Draft(access="enrolled"))
    bob = person("bob")
    assert bob.browser.get(LUGGAGE).status_code == 403
    assert visitor.get(LUGGAGE).status_code in (302, 303)
    bob.enrol()
    assert bob.browser.get(LUGGAGE).status_code == 200


def answer(learner: Learner, key: str, choice: str = "0") -> None:
    learner.browser.open("/en/courses/demo/one/")
    form = learner.browser.form("answers/one-check")
    reply = learner.browser.post(form.action, {**form.fields, "one-check": choice, "key": key})
    assert reply.status_code == 303


def answered(learner: Learner) -> list[str]:
    database.session.rollback()
    query = select(Event.detail).where(Event.person_id == learner.person, Event.verb == "answered").order_by(Event.id)
    return list(database.session.scalars(query))


def test_an_answer_with_a_key_is_logged_once_however_often_it_comes(
    ada: Learner, person: Callable[[str], Learner]
) -> None:
    ada.enrol()
    for key in ("first", "first", "second", "first"):
        answer(ada, key)
    rest = '"language":"en","practice":"met"'
    assert answered(ada) == [f'{{"fraction":1000000,"key":"{key}",{rest}}}' for key in ("first", "second")]
    bob = person("bob")
    bob.enrol()
    answer(bob, "first")
    assert len(answered(bob)) == 1


def test_a_key_that_no_page_makes_counts_as_none(ada: Learner) -> None:
    ada.enrol()
    for key in ('x","fraction":0,"y":"', "%", "k" * 65, ""):
        answer(ada, key)
    assert answered(ada) == ['{"fraction":1000000,"language":"en","practice":"met"}'] * 4
