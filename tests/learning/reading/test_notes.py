"""Notes of one's own: beside their section, for their writer alone, and there for as long as the writer wants them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from course.db import db as database
from course.db import transaction
from course.learning.reading.notes import actions, queries
from course.learning.reading.notes.models import Note
from course.learning.reading.notes.rules import LONGEST, Written, clean, merged
from tests.catalogue.draft import Draft
from tests.learning.assessment.pages import Browser, forms
from tests.learning.reading.conftest import Learner

ONE = "/en/courses/demo/one/"
NOTES = "/en/courses/demo/notes/"


@pytest.fixture
def writer(ada: Learner) -> Learner:
    ada.enrol()
    return ada


def write(learner: Learner, text: str, address: str = ONE, **more: str) -> str:
    """Fill in the first note's form on a lesson, save it, and return the page that follows."""
    learner.browser.open(address)
    return learner.browser.press("Save", "/notes", text=text, **more).text


def post(learner: Learner, **fields: str) -> int:
    """Send a note without its form, as no page offers it. Returns the status."""
    learner.browser.open("/en/")
    token = learner.browser.form("sign-out").fields["csrf_token"][0]
    return learner.browser.post(ONE + "notes", {"csrf_token": token, "base": "0", **fields}).status_code


def kept(learner: Learner) -> list[tuple[str, str]]:
    database.session.rollback()
    found = queries.of_course(learner.person, learner.published.course_id)
    return [(note.section, note.text) for notes in found.values() for note in notes]


def test_a_note_is_kept_and_shown_under_its_section(writer: Learner) -> None:
    page = write(writer, "Ask the cooperative in town.")
    assert "Your note is saved." in page
    assert "Ask the cooperative in town.</textarea>" in page
    assert 'id="note-one-part" open' in page
    assert kept(writer) == [("one-part", "Ask the cooperative in town.")]


def test_saving_leads_back_to_the_section(writer: Learner) -> None:
    writer.browser.open(ONE)
    form = writer.browser.form("/notes")
    reply = writer.browser.post(form.action, {**form.fields, "text": "Here."})
    assert (reply.status_code, reply.location) == (303, "/en/courses/demo/one/#note-one-part")


def test_a_note_is_the_same_in_every_language(writer: Learner) -> None:
    write(writer, "Mine, in any language.")
    assert "Mine, in any language." in writer.browser.open("/fr/courses/demo/one/").text


def test_an_emptied_note_is_gone(writer: Learner) -> None:
    write(writer, "For now.")
    assert "Your note is deleted." in write(writer, "  \n ")
    assert kept(writer) == []


def test_no_page_of_another_learner_has_it(writer: Learner, person: Callable[[str], Learner], visitor: Browser) -> None:
    write(writer, "Nobody else reads kanari.")
    eve = person("eve")
    eve.enrol()
    for browser in (eve.browser, visitor):
        for address in (ONE, NOTES, "/en/", "/en/courses/demo/", "/fr/courses/demo/one/"):
            assert "kanari" not in browser.open(address).text
    write(eve, "My own.")
    assert kept(writer) == [("one-part", "Nobody else reads kanari.")]
    assert kept(eve) == [("one-part", "My own.")]


def test_who_leaves_the_course_keeps_their_notes(writer: Learner) -> None:
    write(writer, "To come back to.")
    writer.leave()
    assert "To come back to." in writer.browser.open(NOTES).text


def test_a_visitor_has_no_notes_and_is_asked_to_sign_in(demo: None, visitor: Browser) -> None:
    assert "My note" not in visitor.open(ONE).text
    visitor.open(NOTES)
    assert visitor.path == "/en/sign-in"
    assert visitor.client.post(ONE + "notes", data={"text": "x"}).status_code in (400, 403)


def test_a_closed_course_takes_notes_only_of_who_may_read_it(
    publish: Callable[[Draft], None], person: Callable[[str], Learner]
) -> None:
    """What sections it has is not told, either: a wrong name and a right one get the same reply."""
    publish(Draft(languages=("en", "fr"), access="enrolled"))
    ada, eve = person("ada"), person("eve")
    ada.enrol()
    write(ada, "Mine.")
    for section in ("one-part", "no-such-part"):
        assert post(eve, section=section, text="x") == 403
    assert kept(eve) == []
    ada.leave()
    assert post(ada, section="one-part", text="Mine still.") == 303  # what one has written stays one's own
    assert "Mine still." in kept(ada)[0][1]
    assert post(ada, section="", text="More.") == 403


def test_pages_with_notes_are_kept_by_no_cache(writer: Learner) -> None:
    write(writer, "Private.")
    for address in (ONE, NOTES):
        assert writer.browser.open(address).headers["Cache-Control"] == "private, no-store"


def test_a_note_survives_an_edit_of_its_section(writer: Learner, publish: Callable[[Draft], None]) -> None:
    write(writer, "Still here.")
    publish(Draft(languages=("en", "fr"), texts={"one": "Other words altogether."}))
    page = writer.browser.open(ONE).text
    assert "Other words altogether." in page
    assert page.index("A section") < page.index("Still here.")


def test_a_note_on_a_section_that_is_gone_stands_at_the_end_and_can_still_be_changed(
    writer: Learner, publish: Callable[[Draft], None]
) -> None:
    write(writer, "About what was.")
    publish(Draft(languages=("en", "fr"), parts={"one": "one-other"}))
    page = writer.browser.open(ONE).text
    assert page.index("Notes on parts that are no longer in this lesson") < page.index("About what was.")
    assert "A part that is no longer in the lesson" in writer.browser.open(NOTES).text
    writer.browser.open(ONE)
    form = next(form for form in forms(writer.browser.html) if form.fields.get("section") == ["one-part"])
    writer.browser.send(form, "Save", text="About what was, and is.")
    assert kept(writer) == [("one-part", "About what was, and is.")]


def test_a_note_follows_a_lesson_that_is_renamed(writer: Learner, publish: Callable[[Draft], None]) -> None:
    write(writer, "Under any name.", "/en/courses/demo/two/")
    modules = {"first": ["one", "deux"], "second": ["three"]}
    publish(Draft(modules=modules, was={"deux": "two"}, retired=["two/two-check"]))
    assert "Under any name." in writer.browser.open("/en/courses/demo/deux/").text


def test_the_notes_of_a_course_stand_on_one_page_in_reading_order(
    writer: Learner, publish: Callable[[Draft], None]
) -> None:
    write(writer, "Third thing.", "/en/courses/demo/three/")
    write(writer, "First thing.\nSecond line.")
    write(writer, "Of what left.", "/en/courses/demo/two/")
    publish(Draft(languages=("en", "fr"), retired=["two"]).without("two"))
    page = writer.browser.open(NOTES).text
    order = [page.index(words) for words in ("First thing.\nSecond line.", "Third thing.", "no longer in the course")]
    assert order == sorted(order)
    assert page.index("no longer in the course") < page.index("Of what left.")
    assert 'href="/en/courses/demo/one/#note-one-part"' in page


def test_what_somebody_types_is_text_and_never_markup(writer: Learner) -> None:
    write(writer, "</textarea><script>alert(1)</script>")
    for address in (ONE, NOTES):
        page = writer.browser.open(address).text
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [("section", "nothing", 404), ("base", "x", 400), ("base", "9" * 30, 400), ("page", "k" * 65, 400)],
)
def test_what_no_form_of_ours_sends_is_refused(writer: Learner, field: str, value: str, status: int) -> None:
    writer.browser.open(ONE)
    form = writer.browser.form("/notes")
    reply = writer.browser.post(form.action, {**form.fields, "text": "x", field: value})
    assert reply.status_code == status
    assert kept(writer) == []


def test_a_text_that_is_too_long_is_refused_with_what_to_do(writer: Learner) -> None:
    page = write(writer, "a" * (LONGEST + 1))
    assert "A note holds 10,000 characters at most." in page
    assert kept(writer) == []
    write(writer, "é" * LONGEST)
    assert len(kept(writer)[0][1]) == LONGEST


@pytest.mark.parametrize("text", ["", "x" * (LONGEST + 1)])
def test_the_database_itself_refuses_an_empty_note_and_one_that_is_too_long(writer: Learner, text: str) -> None:
    row = {
        "person_id": writer.person,
        "item_id": writer.published.item("lesson", "one"),
        "section": "",
        "text": text,
        "page": "",
        "at": 0,
    }
    with pytest.raises(IntegrityError, match="text_is_short"), transaction():
        database.session.execute(insert(Note).values(**row))
    database.session.rollback()


def test_another_device_s_words_are_added_to_and_never_overwritten(writer: Learner) -> None:
    writer.browser.open(ONE)
    stale = writer.browser.form("/notes")
    write(writer, "From the phone.")
    writer.browser.send(stale, "Save", text="From the desk.")
    assert kept(writer) == [("one-part", "From the phone.\n\nFrom the desk.")]


def test_a_page_that_saves_again_before_it_heard_of_its_own_save_replaces_its_text(writer: Learner) -> None:
    writer.browser.open(ONE)
    form = writer.browser.form("/notes")
    for text in ("One", "One word", "One word"):
        reply = writer.browser.client.post(
            form.action,
            data={**form.fields, "text": text, "page": "this-page"},
            headers={"Accept": "application/json"},
        )
        assert reply.json is not None
        assert reply.json["text"] == text
    assert kept(writer) == [("one-part", "One word")]


def test_two_first_saves_at_once_make_one_note(writer: Learner, reading: Flask) -> None:
    item = writer.published.item("lesson", "one")
    database.session.rollback()

    def save(text: str) -> None:
        with reading.app_context(), transaction():
            actions.keep(writer.person, item, "one-part", text, base=0, page=text, at=1)

    with ThreadPoolExecutor(2) as devices:
        list(devices.map(save, ["left", "right"]))
    ((_, text),) = kept(writer)
    assert sorted(text.split("\n\n")) == ["left", "right"]


words = st.text(max_size=200)


@given(words)
def test_a_clean_text_is_clean_and_holds_no_mark_of_ours(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert not set(clean(text)) & {"\x1e", "\x1f", "\0", "\r"}


@given(st.dictionaries(st.from_regex(r"[a-z0-9-]{0,9}", fullmatch=True), words.map(clean).filter(bool)))
def test_notes_are_read_back_from_the_one_text_that_carries_them(notes: dict[str, str]) -> None:
    text = "\x1e".join(f"{section}\x1f5\x1f{words}" for section, words in notes.items())
    assert queries.read(text) == {section: Written(section, words, 5) for section, words in notes.items()}


@given(words, words, st.integers(0, 3), st.sampled_from(["", "a", "b"]))
def test_merging_loses_words_only_of_who_saw_them(before: str, text: str, base: int, page: str) -> None:
    note = Written("s", before, 2, "a")
    result = merged(note, text, base, page)
    assert text in result
    if base != 2 and page != "a":
        assert before in result
