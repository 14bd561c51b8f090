"""A translation beside its source: what to do in each section, and what saving makes of the file."""

import html
import re

import pytest
from flask import Flask

from course.catalogue import queries as courses
from course.catalogue import store
from course.content.messages import parts
from course.content.pack import Pack
from course.content.units import recorded
from tests.authoring.conftest import WORKSHOP, Trainer, drafted
from tests.catalogue.conftest import Publish
from tests.catalogue.draft import Draft

EN, FR = "lessons/demo/1-first/1-one.en.md", "lessons/demo/1-first/1-one.fr.md"
PAGE = f"{WORKSHOP}translations/{FR}"


def marked(draft: Draft) -> dict[str, str]:
    """The draft's files, in which the French lesson says that it was made from the English one as it is."""
    files = draft.files()
    source = parts(EN, files[EN].encode())
    assert source is not None
    return files | {FR: recorded(files[FR], source.head["digests"])}


@pytest.fixture
def behind(demo: Flask, publish: Publish) -> None:
    """A course whose source moved on after it was translated."""
    files = marked(Draft(languages=("en", "fr")))
    publish(Pack("demo", {path: text.encode() for path, text in files.items()}))
    changed = {**files, EN: files[EN].replace("More words.", "Better words.")}
    publish(Pack("demo", {path: text.encode() for path, text in changed.items()}))


def fields(page: str) -> dict[str, str]:
    """What the form of the page would send, as it is."""
    found = {
        name: html.unescape(text)
        for name, text in re.findall(r'<textarea name="([^"]+)".*?>\n(.*?)</textarea>', page, re.S)
    }
    found |= {
        name: html.unescape(value)
        for name, value in re.findall(r'name="((?:title|objective|now|base)[^"]*)" value="([^"]*)"', page)
    }
    return found | dict.fromkeys(re.findall(r'type="checkbox" name="([^"]+)" checked', page), "on")


@pytest.mark.usefixtures("behind")
def test_the_section_that_is_behind_shows_what_changed(ann: Trainer) -> None:
    page = ann.open(PAGE).get_data(as_text=True)
    assert page.count("behind its source") == 1
    assert "1 of 2 sections are up to date" in page
    assert re.search(r"<del>.*More.*</del>", page)
    assert re.search(r"<ins>.*Better.*</ins>", page)
    assert 'name="done-Top" checked' in page
    assert 'name="done-one-part">' in page


@pytest.mark.usefixtures("behind")
def test_bringing_a_section_up_to_date_saves_it_in_the_draft_and_nothing_else(ann: Trainer) -> None:
    form = fields(ann.open(PAGE).get_data(as_text=True))
    before = store.files_of(courses.published("demo").revision_id)[FR].decode()
    form["text-one-part"] = form["text-one-part"].replace("More words.", "De meilleurs mots.").replace("\n", "\r\n")
    saved = ann.send(PAGE, **form, **{"done-one-part": "on"})
    assert "2 of 2 sections are up to date" in saved.get_data(as_text=True)
    after = drafted(FR)
    assert after is not None
    lines = [line for line in after.splitlines() if line not in before.splitlines()]
    assert [line for line in lines if "@" not in line] == ["De meilleurs mots."]
    source = parts(EN, store.files_of(courses.published("demo").revision_id)[EN])
    made = parts(FR, after.encode())
    assert source is not None
    assert made is not None
    assert made.head["made_from"] == source.head["digests"]


@pytest.mark.usefixtures("behind")
def test_a_page_that_is_sent_as_it_is_changes_nothing(ann: Trainer) -> None:
    form = fields(ann.open(PAGE).get_data(as_text=True))
    assert "Nothing has changed" in ann.send(PAGE, **form).get_data(as_text=True)


@pytest.mark.usefixtures("behind")
def test_a_new_title_is_written_to_the_front_matter(ann: Trainer) -> None:
    form = fields(ann.open(PAGE).get_data(as_text=True)) | {"title": "Un : début", "objective-one-aim": "savoir un"}
    ann.send(PAGE, **form)
    made = parts(FR, (drafted(FR) or "").encode())
    assert made is not None
    assert (made.title, made.objectives) == ("Un : début", {"one-aim": "savoir un"})


@pytest.mark.usefixtures("behind")
def test_where_two_translate_the_second_sees_both(ann: Trainer, ben: Trainer) -> None:
    form = fields(ann.open(PAGE).get_data(as_text=True))
    ben.open(PAGE)
    ben.send(PAGE, **form | {"title": "De Ben"})
    shown = ann.send(PAGE, **form | {"text-Top": "D’Ann."}).get_data(as_text=True)
    assert "Somebody else has saved this file meanwhile" in shown
    assert "D’Ann." in ann.text
    ann.save(ann.text, FR)
    assert "De Ben" in ann.text
    assert "D’Ann." in ann.text


@pytest.mark.usefixtures("behind")
@pytest.mark.parametrize("path", [EN, "lessons/demo/course.yaml", "lessons/demo/1-first/9-nowhere.fr.md"])
def test_only_a_translation_stands_beside_a_source(ann: Trainer, path: str) -> None:
    assert ann.open(f"{WORKSHOP}translations/{path}").status_code == 404
