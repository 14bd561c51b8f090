"""What is done is kept as facts; the percentage follows what the course asks for now."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from course import clock, create_app
from course.catalogue import actions as catalogue
from course.catalogue import queries as published_courses
from course.db import db as database
from course.db import transaction
from course.errors import Conflict
from course.learning.models import Event
from course.learning.reading import actions, log, receivers, rules
from course.learning.reading.models import Completion
from tests.catalogue.draft import Draft
from tests.learning.reading.conftest import Learner


def verbs(learner: Learner) -> list[str]:
    query = select(Event.verb).where(Event.person_id == learner.person).order_by(Event.id)
    return list(database.session.scalars(query))


def completions(learner: Learner) -> set[str]:
    """What is completed, by name; `course` for the course."""
    query = select(Completion.item_id).where(Completion.enrolment_id == learner.enrolment.id)
    names = {item: name for (_kind, name), item in learner.published.items.items()}
    return {"course" if item is None else names[item] for item in database.session.scalars(query)}


def test_reading_a_lesson_is_an_event_and_a_completion_once(ada: Learner) -> None:
    ada.enrol()
    ada.read("one", "one")
    assert verbs(ada) == ["enrolled", "read"]
    assert completions(ada) == {"one"}
    assert ada.standing.percent == 25


def test_several_lessons_in_one_transaction_are_all_kept(ada: Learner) -> None:
    """As when somebody signs in who read as a visitor."""
    ada.enrol()
    items = [ada.published.item("lesson", name) for name in ("one", "two", "three")]
    with transaction():
        actions.read_before(ada.enrolment, ada.published, items, clock.now())
    assert log.replay(database.session.scalars(select(Event).order_by(Event.id))) == log.stored(ada.enrolment)
    ada.read("one", "two", "three")
    assert completions(ada) == {"one", "two", "three", "second"}


def test_enrolling_twice_is_enrolling_once(ada: Learner) -> None:
    ada.enrol()
    ada.enrol()
    assert verbs(ada) == ["enrolled"]


def test_who_comes_back_finds_everything(ada: Learner) -> None:
    ada.enrol()
    ada.read("one")
    first = ada.enrolment.id
    ada.leave()
    assert ada.standing.enrolment is None
    ada.enrol()
    assert ada.enrolment.id == first
    assert ada.standing.percent == 25
    assert verbs(ada) == ["enrolled", "read", "left", "enrolled"]


def test_the_last_item_completes_the_module_and_the_course(ada: Learner) -> None:
    ada.enrol()
    ada.take("basics")
    ada.read("three", "one")
    assert completions(ada) == {"basics", "three", "second", "one"}
    assert ada.standing.completed is None
    ada.read("two")
    assert completions(ada) == {"basics", "three", "second", "one", "two", "first", "course"}
    assert ada.standing.percent == 100
    assert ada.standing.completed is not None


def test_a_quiz_completes_its_item_only_when_it_is_passed(ada: Learner) -> None:
    ada.enrol()
    ada.take("basics", right=False)
    assert completions(ada) == set()
    ada.take("basics")
    assert completions(ada) == {"basics"}
    ada.take("basics", right=False)
    assert completions(ada) == {"basics"}


def test_new_lessons_lower_the_percentage_and_take_nothing_back(ada: Learner, publish: Callable[[Draft], None]) -> None:
    ada.enrol()
    ada.take("basics")
    ada.read("one", "two", "three")
    completed = ada.standing.completed
    publish(Draft(modules={"first": ["one", "two"], "second": ["three", "four"]}))
    assert ada.standing.percent == 80
    assert ada.standing.completed == completed
    assert [lesson.id for lesson in rules.lessons_left(ada.published, ada.standing.done)] == ["four"]
    assert "second" in completions(ada)


def test_a_publication_that_removes_the_last_open_item_completes_the_course(
    ada: Learner, publish: Callable[[Draft], None]
) -> None:
    ada.enrol()
    ada.take("basics")
    ada.read("one", "two")
    assert ada.standing.completed is None
    publish(Draft(modules={"first": ["one", "two"]}, retired=["three", "second"]))
    assert ada.standing.completed is not None
    assert ada.standing.percent == 100
    by = database.session.scalar(
        select(Completion.by).where(Completion.enrolment_id == ada.enrolment.id, Completion.item_id.is_(None))
    )
    assert by is None
    assert log.rebuild(ada.enrolment) == log.stored(ada.enrolment)


def test_a_renamed_lesson_keeps_everyones_progress(ada: Learner, publish: Callable[[Draft], None]) -> None:
    ada.enrol()
    ada.read("one", "two")
    before = ada.standing.done
    publish(
        Draft(modules={"first": ["one", "deux"], "second": ["three"]}, was={"deux": "two"}, retired=["two/two-check"])
    )
    assert ada.standing.done == before
    assert ada.standing.is_done("lesson", "deux")
    assert ada.standing.percent == 50


def test_an_open_module_gates_the_next_quiz_and_never_reading(
    person: Callable[[str], Learner], publish: Callable[[Draft], None]
) -> None:
    publish(Draft(quizzes={"first": "basics", "second": "more"}, requires={"second": ["first"]}))
    bob = person("bob")
    bob.enrol()
    bob.read("three")
    with pytest.raises(Conflict):
        bob.take("more")
    bob.read("one", "two")
    bob.take("basics")
    bob.take("more")
    assert bob.standing.is_done("quiz", "more")


def test_a_lesson_added_to_a_completed_module_does_not_shut_the_next_quiz_again(
    person: Callable[[str], Learner], publish: Callable[[Draft], None]
) -> None:
    draft = Draft(quizzes={"first": "basics", "second": "more"}, requires={"second": ["first"]})
    publish(draft)
    bob = person("bob")
    bob.enrol()
    bob.read("one", "two")
    bob.take("basics")
    draft.modules["first"].append("new")
    publish(draft)
    bob.take("more")
    assert bob.standing.is_done("quiz", "more")


def test_progress_made_again_from_the_log_is_the_stored_progress(ada: Learner) -> None:
    ada.enrol()
    ada.read("one", "two", "three")
    ada.leave()
    ada.enrol()
    ada.take("basics")
    kept = log.stored(ada.enrolment)
    with transaction():
        ada.enrolment.done_items = ""
    with transaction():
        assert log.rebuild(ada.enrolment) == kept
    assert log.stored(ada.enrolment) == kept


@pytest.mark.parametrize("table", ["event", "response", "marking"])
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_the_database_itself_refuses_to_change_what_only_grows(ada: Learner, table: str, verb: str) -> None:
    ada.enrol()
    ada.take("basics")
    statement = f"UPDATE {table} SET id = id" if verb == "UPDATE" else f"DELETE FROM {table}"
    with pytest.raises(DBAPIError), transaction():
        database.session.execute(text(statement))


def test_a_completion_is_never_taken_back(ada: Learner) -> None:
    ada.enrol()
    ada.read("one")
    with pytest.raises(DBAPIError), transaction():
        database.session.execute(text("DELETE FROM completion"))


def test_resuming_goes_to_the_section_where_reading_stopped_else_to_what_is_not_done(ada: Learner) -> None:
    ada.enrol()
    ada.read("one")
    page = ada.browser.open("/en/").text
    assert 'href="/en/courses/demo/two/"' in page
    with transaction():
        actions.stop_at(ada.enrolment, ada.published, "three", "three-part", clock.now())
    assert 'href="/en/courses/demo/three/#three-part"' in ada.browser.open("/en/").text
    ada.read("three")
    assert 'href="/en/courses/demo/two/"' in ada.browser.open("/en/").text


def test_a_section_that_is_not_there_is_kept_as_the_lessons_beginning(ada: Learner) -> None:
    ada.enrol()
    with transaction():
        actions.stop_at(ada.enrolment, ada.published, "three", "nonsense" * 99, clock.now())
    item = published_courses.published("demo").item("lesson", "three")
    assert ada.standing.stopped_at == (item, "")


def at_once(app: Flask, *deeds: Callable[[], None]) -> None:
    """Do these at the same time, each in a thread with its own connection."""
    ready = threading.Barrier(len(deeds))

    def run(deed: Callable[[], None]) -> None:
        with app.app_context():
            ready.wait(20)
            deed()
            database.session.remove()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    database.session.rollback()


def test_pressing_enrol_in_two_tabs_at_once_enrols_once(reading: Flask, ada: Learner) -> None:
    at_once(reading, ada.enrol, ada.enrol, ada.enrol)
    assert verbs(ada) == ["enrolled"]


def test_lessons_marked_as_read_at_once_are_all_kept(reading: Flask, ada: Learner) -> None:
    ada.enrol()
    at_once(reading, *(lambda lesson=lesson: ada.read(lesson) for lesson in ("one", "two", "three", "three")))  # type: ignore[misc]
    assert completions(ada) == {"one", "two", "three", "second"}
    assert ada.standing.percent == 75
    assert verbs(ada).count("read") == 3
    assert log.rebuild(ada.enrolment) == log.stored(ada.enrolment)


def to_be_settled(learner: Learner) -> None:
    """All is read and the quiz passed, but nobody has said that the course is complete."""
    published, enrolment = learner.published, learner.enrolment
    with transaction():
        enrolment.done_items = rules.write_done(rules.required(published))


def after_a_restart(app: Flask) -> None:
    """What a process that has just begun does in its first round."""
    again = create_app(app.config["COURSE"])
    with again.app_context():
        receivers.settle_published()
        database.session.remove()
        database.engine.dispose()
    database.session.rollback()


def test_a_publication_is_gone_through_once_whatever_restarts(reading: Flask, ada: Learner) -> None:
    ada.enrol()
    to_be_settled(ada)
    before = verbs(ada)
    after_a_restart(reading)
    assert verbs(ada) == before


def test_going_through_that_was_interrupted_begins_again_after_a_restart(reading: Flask, ada: Learner) -> None:
    ada.enrol()
    to_be_settled(ada)
    with transaction():
        catalogue.publish(Draft(texts={"one": "Other words."}).pack(), by=None, note="", origin="files")
    after_a_restart(reading)
    assert "course" in completions(ada)


def test_who_comes_back_gets_what_a_publication_would_have_completed_meanwhile(
    publish: Callable[[Draft], None], ada: Learner
) -> None:
    ada.enrol()
    ada.read("one", "two")
    ada.take("basics")
    ada.leave()
    publish(Draft(modules={"first": ["one", "two"], "second": []}, retired=["three"], languages=("en", "fr")))
    ada.enrol()
    assert "course" in completions(ada)
    assert log.rebuild(ada.enrolment) == log.stored(ada.enrolment)
