"""A pack becomes a revision, as a whole or not at all, and what was earned on older ones stays what it was."""

import hashlib
import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import DBAPIError

from course import create_app
from course.catalogue import actions, queries, store
from course.catalogue.models import Blob, Compiled, Course, Item, Publication, Revision, RevisionFile
from course.config import Config
from course.content.pack import read_pack
from course.db import db as database
from course.db import transaction
from course.errors import Conflict, PackRefused
from course.markup.findings import Finding
from tests.catalogue.conftest import Publish
from tests.catalogue.draft import Draft

TINY = Path(__file__).parent.parent / "packs" / "tiny"


def count(model: type) -> int:
    return database.session.scalar(select(func.count()).select_from(model)) or 0


def errors(refused: pytest.ExceptionInfo[PackRefused]) -> list[Finding]:
    findings = refused.value.findings
    assert isinstance(findings, tuple)
    return [finding for finding in findings if finding.severity == "error"]


def rules(refused: pytest.ExceptionInfo[PackRefused]) -> set[str]:
    return {finding.rule for finding in errors(refused)}


def test_the_stored_sources_are_the_files_bytes(publish: Publish) -> None:
    pack = read_pack(TINY, "tiny")
    publish(pack)
    kept = store.files_of(queries.published("tiny").revision_id)
    assert {path: kept[path] for path in kept} == dict(pack.files)
    for digest, body in database.session.execute(select(Blob.hash, Blob.body)):
        assert hashlib.sha256(body).hexdigest() == digest


def test_publishing_twice_without_a_change_makes_nothing_new(publish: Publish) -> None:
    assert publish(Draft()) == 1
    before = [count(model) for model in (Publication, Revision, Blob, Compiled, Item)]
    assert publish(Draft()) is None
    assert [count(model) for model in (Publication, Revision, Blob, Compiled, Item)] == before


def test_one_changed_lesson_compiles_one_lesson(publish: Publish) -> None:
    publish(Draft(languages=("en", "fr")))
    draft = Draft(languages=("en", "fr"), texts={"two": "Other words."})
    changed = set(draft.pack().hashes.values()) - set(database.session.scalars(select(Blob.hash)))
    made = actions.prepare(draft.pack()).compiled
    assert {key.source for key in made} == changed
    database.session.rollback()
    assert publish(draft) == 2


def test_a_pack_with_an_error_leaves_everything_as_it_was(publish: Publish) -> None:
    publish(Draft())
    broken = Draft(texts={"one": "See [nowhere](nowhere.md)."})
    before = [count(model) for model in (Publication, Revision, Blob, Compiled, Item)]
    with pytest.raises(PackRefused) as refused:
        publish(broken)
    assert rules(refused) == {"broken-link"}
    assert [count(model) for model in (Publication, Revision, Blob, Compiled, Item)] == before
    assert queries.published("demo").number == 1


def test_what_fails_at_the_end_leaves_nothing_behind(publish: Publish) -> None:
    with pytest.raises(Conflict), transaction():
        actions.publish(Draft().pack(), by=404, note="", origin="files")  # nobody has this id
    assert [count(model) for model in (Course, Publication, Revision, RevisionFile, Blob, Item)] == [0] * 6


def test_an_older_state_that_comes_back_is_a_new_publication_of_its_revision(publish: Publish) -> None:
    publish(Draft())
    first = queries.published("demo")
    publish(Draft(texts={"one": "Other words."}))
    assert publish(Draft()) == 3
    again = queries.published("demo")
    assert (again.revision_id, again.number) == (first.revision_id, 3)


def test_of_two_publishers_at_once_one_wins_and_the_other_is_told(app: Flask, publish: Publish) -> None:
    publish(Draft())
    ready, told = threading.Barrier(2), []

    def publisher(words: str) -> None:
        with app.app_context():
            prepared = actions.prepare(Draft(texts={"one": words}).pack())
            database.session.rollback()
            ready.wait(20)
            try:
                with transaction():
                    actions.put(prepared, by=None, note=words, origin="files")
                told.append(words)
            except Conflict as conflict:
                told.append(str(conflict))
            database.session.remove()

    threads = [threading.Thread(target=publisher, args=(words,)) for words in ("Mine.", "Yours.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    won = [words for words in told if words in ("Mine.", "Yours.")]
    assert len(told) == 2
    assert len(won) == 1
    database.session.rollback()
    notes = database.session.scalars(select(Publication.note).order_by(Publication.number)).all()
    assert notes == ["", won[0]]


def test_a_lost_id_is_refused_and_says_how_to_mend_it(publish: Publish) -> None:
    publish(Draft())
    with pytest.raises(PackRefused) as refused:
        publish(Draft().without("two"))
    (finding,) = errors(refused)
    assert finding.rule == "lost-id"
    assert str(finding.place) == "lessons/demo/course.yaml:1:1"
    assert "`two`" in finding.message
    assert "renamed-from: two" in finding.remedy
    assert "retired: [two]" in finding.remedy


@pytest.mark.parametrize(
    ("lost", "name"),
    [
        (Draft(questions={"basics": ["basics-q1"]}), "basics/basics-q2"),
        (Draft(modules={"first": ["one", "two", "three"]}), "second"),
        (Draft(quizzes={}), "basics"),
    ],
    ids=["question", "module", "quiz"],
)
def test_every_kind_of_lost_id_is_refused_once(publish: Publish, lost: Draft, name: str) -> None:
    publish(Draft())
    with pytest.raises(PackRefused) as refused:
        publish(lost)
    (finding,) = errors(refused)
    assert f"`{name}`" in finding.message


def test_a_retired_id_may_go_and_its_item_stays(publish: Publish) -> None:
    publish(Draft())
    item = queries.published("demo").item("lesson", "two")
    publish(Draft(retired=["two"]).without("two"))
    published = queries.published("demo")
    assert published.item("lesson", "two") == item
    assert item not in published.names


def test_a_retired_lesson_that_comes_back_is_the_same_item(publish: Publish) -> None:
    publish(Draft())
    item = queries.published("demo").item("lesson", "two")
    publish(Draft(retired=["two"]).without("two"))
    publish(Draft(texts={"two": "Back again."}))
    assert queries.published("demo").item("lesson", "two") == item


def test_a_renamed_lesson_is_the_same_item_with_two_names(publish: Publish) -> None:
    publish(Draft())
    before = queries.published("demo")
    publish(
        Draft(modules={"first": ["one", "deux"], "second": ["three"]}, was={"deux": "two"}, retired=["two/two-check"])
    )
    after = queries.published("demo")
    assert after.item("lesson", "deux") == after.item("lesson", "two") == before.item("lesson", "two")
    assert after.names[after.item("lesson", "deux")] == ("lesson", "deux")


def test_a_renamed_quiz_keeps_the_items_of_its_questions(publish: Publish) -> None:
    publish(Draft(questions={"basics": ["q1", "q2"]}))
    before = queries.published("demo")
    renamed = Draft(quizzes={"first": "base"}, questions={"base": ["q1", "two"]}, was={"base": "basics", "two": "q2"})
    publish(renamed)
    after = queries.published("demo")
    assert after.item("quiz", "base") == before.item("quiz", "basics")
    assert after.item("question", "base/q1") == before.item("question", "basics/q1")
    assert after.item("question", "base/two") == before.item("question", "basics/q2")


def test_a_course_may_be_renamed(publish: Publish) -> None:
    publish(Draft())
    before = queries.published("demo")
    publish(Draft(course="demonstration", was={"demonstration": "demo"}))
    after = queries.published("demonstration")
    assert (after.course_id, after.number) == (before.course_id, 2)
    assert after.items.items() >= before.items.items()


def test_an_id_that_belonged_to_something_else_is_refused(publish: Publish) -> None:
    publish(Draft())
    modules = {"first": ["one", "deux"], "second": ["three"]}
    publish(Draft(modules=modules, was={"deux": "two"}, retired=["two/two-check"]))
    modules["second"].append("two")
    with pytest.raises(PackRefused) as refused:
        publish(Draft(modules=modules))
    assert rules(refused) == {"id-taken"}


def test_two_pasts_in_one_id_are_refused(publish: Publish) -> None:
    publish(Draft())
    with pytest.raises(PackRefused) as refused:
        publish(Draft(was={"one": "two"}, retired=["two/two-check"]).without("two"))
    assert rules(refused) == {"two-pasts"}


def test_a_revision_never_changes(publish: Publish) -> None:
    publish(Draft())
    for statement in (
        "UPDATE revision SET hash = 'other'",
        "DELETE FROM revision",
        "UPDATE revision_file SET path = 'other'",
        "DELETE FROM revision_file",
        "UPDATE blob SET body = ''",
        "DELETE FROM blob",
        "UPDATE publication SET note = 'other'",
        "DELETE FROM publication",
    ):
        with pytest.raises(DBAPIError), transaction():
            database.session.execute(text(statement))


def test_every_worker_serves_a_publication_from_the_next_request_on(
    app: Flask, config: Config, publish: Publish
) -> None:
    publish(Draft())
    other = create_app(config)
    seen = other.test_client()
    assert "Words of one." in seen.get("/en/courses/demo/one/").text
    publish(Draft(texts={"one": "Brand new words."}))
    assert "Brand new words." in seen.get("/en/courses/demo/one/").text
    with other.app_context():
        for engine in database.engines.values():
            engine.dispose()


def test_what_is_compiled_can_be_thrown_away(config: Config, publish: Publish) -> None:
    publish(read_pack(TINY, "tiny"))
    published = queries.published("tiny")
    lesson = queries.lesson(published, "water", "fr")
    quiz = queries.quiz(published, "basics", "fr")
    with transaction():
        database.session.execute(delete(Compiled))
    other = create_app(config)
    with other.app_context():
        again = queries.published("tiny")
        assert again.outline == published.outline
        assert queries.lesson(again, "water", "fr") == lesson
        assert queries.quiz(again, "basics", "fr") == quiz
        database.session.remove()
        for engine in database.engines.values():
            engine.dispose()


def test_an_attempts_revision_is_there_after_the_course_moved_on(publish: Publish) -> None:
    publish(Draft())
    old = queries.published("demo")
    publish(Draft(texts={"one": "Other words."}))
    found = queries.of_revision(old.revision_id)
    assert found.outline == old.outline
    assert "Words of one." in queries.lesson(found, "one", "en").text


def test_a_translation_that_is_missing_shows_the_source(publish: Publish) -> None:
    publish(read_pack(TINY, "tiny"))
    published = queries.published("tiny")
    assert queries.lesson(published, "salt", "ar").language == "ar"
    assert queries.lesson(published, "water", "ar").language == "en"
    assert queries.quiz(published, "basics", "ar").language == "en"
