"""Publishing from the browser, the history, and going back."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from course.authoring import queries
from course.catalogue import queries as catalogue
from course.db import db
from tests.authoring.conftest import BASICS, ONE, WORKSHOP, Trainer, drafted
from tests.catalogue.conftest import Publish
from tests.catalogue.draft import Draft

PUBLICATION = WORKSHOP + "publication"
HISTORY = WORKSHOP + "publications/"
FRENCH = BASICS.replace(".en.", ".fr.")


def send(trainer: Trainer, note: str = "Better words.") -> int:
    """Look at the changes, and publish them. The status."""
    trainer.open(PUBLICATION)
    found = re.search(r'name="revision" value="(\w+)"', trainer.html)
    assert found, trainer.html
    return trainer.send(HISTORY, revision=found[1], note=note).status_code


def number() -> int:
    db.session.rollback()
    return catalogue.published("demo").number


def lesson(trainer: Trainer) -> str:
    trainer.open("/en/courses/demo/one/")
    return trainer.html


def test_what_is_published_is_what_learners_see_and_the_draft_is_over(ann: Trainer) -> None:
    ann.edit(ONE, "Words of one.", "Better words.")
    ann.open(PUBLICATION)
    assert "1 thing changes for learners." in ann.html
    assert "Lesson changed: <strong>Lesson one (en)</strong>" in ann.html
    assert "<mark>Better</mark>" in ann.html
    assert send(ann, "The old words were unclear.") == 200
    assert "Published. Learners see publication 2 from now on." in ann.html
    assert "Learners see everything as it stands here." in ann.html
    assert "Better words." in lesson(ann)
    found = queries.publication(catalogue.published("demo").course_id, 2)
    assert (found.by, found.note, found.origin) == (ann.person, "The old words were unclear.", "browser")


def test_without_a_reason_nothing_is_published(ann: Trainer) -> None:
    ann.edit(ONE, "Words of one.", "Better words.")
    assert send(ann, "  ") == 422
    assert "Say in a few words what changes, and why." in ann.html
    assert send(ann, "x" * 501) == 422
    assert number() == 1


def test_with_an_error_nothing_is_published(ann: Trainer) -> None:
    ann.edit(ONE, "Words of one.", "See [two](lesson:no-such).")
    ann.open(PUBLICATION)
    assert "The draft cannot be published yet: 1 error has to be mended." in ann.html
    assert 'name="revision"' not in ann.html
    ann.file()
    db.session.rollback()
    from course.catalogue.actions import revision_hash

    whole = revision_hash(queries.state("demo").hashes)
    assert ann.send(HISTORY, revision=whole, note="Never mind.").status_code == 409
    assert number() == 1


def test_what_somebody_saved_after_one_looked_is_not_published_unseen(ann: Trainer, ben: Trainer) -> None:
    ann.edit(ONE, "Words of one.", "Better words.")
    ann.open(PUBLICATION)
    seen = re.search(r'name="revision" value="(\w+)"', ann.html)[1]
    ben.edit(BASICS, "As the lesson says.", "As it is.")
    assert ann.send(HISTORY, revision=seen, note="Better.").status_code == 409
    assert "Look at the changes again." in ann.html
    assert "Quiz changed" in ann.html
    assert number() == 1


def test_a_changed_key_is_told_from_changed_words(ann: Trainer) -> None:
    for path in (BASICS, FRENCH):
        text = ann.file(path)
        first, second = text.split("## Is basics-q2 so?")
        ann.save(first.replace("= true", "= false") + "## Is it really so?" + second, path)
    ann.open(PUBLICATION)
    said = ann.html.split('class="changes"')[1].split("</section>")[0]
    assert "The key changed:" in said
    assert re.search(r"The key changed:.*Is basics-q1 so\?", said)
    assert re.search(r"Other words, same key:\s*<q>Is it really so\?", said)


def test_changed_rules_of_a_quiz_are_said(ann: Trainer) -> None:
    ann.edit(BASICS, "pass: 50%", "pass: 80%")
    ann.open(PUBLICATION)
    assert "Its rules changed." in ann.html


def test_what_was_published_meanwhile_comes_under_the_draft(publish: Publish, demo: Flask, ann: Trainer) -> None:
    ann.edit(ONE, "Words of one.", "Better words.")
    ann.edit(BASICS, "As the lesson says.\n\n## Is basics-q2", "Ann's feedback.\n\n## Is basics-q2")
    publish(Draft(languages=("en", "fr"), texts={"two": "Other words of two."}, parts={"one": "one-other"}))
    ann.open(WORKSHOP)
    assert "something else was published: publication 2" in ann.html
    ann.send(WORKSHOP + "base")
    assert "The draft stands on the newest publication now" in ann.html
    assert "Better words." in (drafted() or "")
    assert "{#one-other}" in (drafted() or "")
    assert "Ann's feedback." in (drafted(BASICS) or "")
    assert "Other words of two." in (drafted("lessons/demo/1-first/2-two.en.md") or "")


def test_where_draft_and_publication_disagree_both_are_marked_and_nothing_is_published(
    publish: Publish, demo: Flask, ann: Trainer
) -> None:
    ann.edit(ONE, "Words of one.", "Words of Ann.")
    publish(Draft(languages=("en", "fr"), texts={"one": "Words from files."}))
    assert "Put the draft" in ann.open(PUBLICATION).text
    ann.send(WORKSHOP + "base")
    assert "In 1 file both changed the same lines" in ann.html
    assert "<<<<<<< the draft\nWords of Ann.\n=======\nWords from files.\n>>>>>>> what was published\n" in drafted()
    ann.open(PUBLICATION)
    assert "cannot be published yet" in ann.html


def test_the_history_says_who_when_and_why_and_what(ann: Trainer) -> None:
    ann.edit(ONE, "Words of one.", "Better words.")
    send(ann, "The old words were unclear.")
    ann.open(HISTORY)
    for words in (
        "Publication 2",
        "Publication 1",
        "The old words were unclear.",
        "Ann",
        "from files",
        "from the workshop",
    ):
        assert words in ann.html, words
    ann.open(HISTORY + "2/")
    assert "Lesson changed" in ann.html
    assert "<mark>Better</mark>" in ann.html
    ann.open(HISTORY + "1/")
    assert "The first one" in ann.html
    assert ann.open(HISTORY + "3/").status_code == 404


def test_an_earlier_state_comes_back_as_a_new_publication(ann: Trainer) -> None:
    ann.edit(ONE, "Words of one.", "Worse words.")
    send(ann)
    assert "Worse words." in lesson(ann)
    ann.open(HISTORY + "1/")
    ann.send(HISTORY + "1/restoration", note="")
    assert "Learners see what was publication 1 again, as publication 3." in ann.html
    assert "Words of one." in lesson(ann)
    ann.open(HISTORY)
    assert "Back to publication 1" in ann.html


def test_nothing_is_restored_over_a_draft(ann: Trainer) -> None:
    ann.edit(ONE, "Words of one.", "Better words.")
    send(ann)
    ann.edit(ONE, "Better words.", "Even better words.")
    ann.open(WORKSHOP)
    ann.send(HISTORY + "1/restoration")
    assert "The draft has changes." in ann.html
    assert number() == 2
    assert "Even better words." in (drafted() or "")


def test_what_cannot_be_as_it_was_goes_into_the_draft_to_be_mended(publish: Publish, demo: Flask, ann: Trainer) -> None:
    publish(Draft(languages=("en", "fr"), modules={"first": ["one", "two"], "second": ["three", "four"]}))
    ann.open(HISTORY + "1/")
    ann.send(HISTORY + "1/restoration")
    assert "It is in the draft now." in ann.html
    assert "`four` was published and is gone" in ann.html.replace("&#39;", "'")
    assert number() == 2
    settings = "lessons/demo/course.yaml"
    ann.edit(settings, "retired: []", "retired: [four, four/four-check]")
    assert send(ann) == 200
    assert number() == 3


def test_the_difference_of_one_file_is_shown_as_a_page_and_as_its_source(ann: Trainer) -> None:
    ann.edit(ONE, "Words of one.", "Better words of **one**.")
    ann.open(f"{WORKSHOP}differences/{ONE}")
    assert "<ins>Better</ins>" in ann.html.replace("<ins>Better words</ins>", "<ins>Better</ins>")
    assert "<del>" in ann.html
    assert "difference-new" in ann.html
    assert ann.open(f"{WORKSHOP}differences/{BASICS}").status_code == 404


@pytest.mark.parametrize("address", ["publication", "publications/", "publications/1/", f"differences/{ONE}"])
def test_to_others_there_is_no_history(join: Callable[..., Trainer], ann: Trainer, address: str) -> None:
    ann.edit(ONE, "Words of one.", "Better words.")
    assert join("eve", language="en").open(WORKSHOP + address).status_code == 404
    eve = join("eva", language="en")
    for form in ("publications/", "publications/1/restoration", "base"):
        eve.open("/en/settings")
        assert eve.send(WORKSHOP + form, note="x").status_code == 404
    assert number() == 1
