"""A translation knows, section by section, when its source moved on: on the terminal, in the check and in the page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from course.catalogue.folder import publish_folder
from course.cli import main
from course.content.build import build
from course.content.pack import read_pack
from tests.catalogue.draft import Draft
from tests.catalogue.test_command import write

TWO = "lessons/demo/1-first/2-two.{}.md"
QUIZ = "quizzes/demo/1-basics.{}.md"
Run = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "packs", Draft(languages=("en", "fr")))


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def mark(root: Path, *more: str) -> None:
    done = run("translated", *sorted(root.rglob("*.fr.md")), *more)
    assert done.exit_code == 0, done.output


def warnings(root: Path) -> list[str]:
    built = build(read_pack(root, "demo"))
    assert built.outline is not None
    return [str(finding) for finding in built.findings if finding.rule == "behind"]


def test_it_is_said_when_nobody_knows(root: Path) -> None:
    told = run("translations", root).output
    assert "demo fr: 0 % up to date (0 of 9 sections and questions; 9 not said from what they were made)" in told
    assert "4 of 4 files do not say from what they were made" in told
    assert warnings(root) == []


def test_a_section_is_behind_from_its_sources_change_until_it_is_marked_again(root: Path) -> None:
    mark(root)
    assert "demo fr: 100 % up to date (9 of 9 sections and questions)\n" in run("translations", root).output
    edit(root, TWO.format("en"), "More words.", "Better words.")
    edit(root, QUIZ.format("en"), "Is basics-q2 so?", "Is it really so?")
    told = run("translations", root).output
    assert "demo fr: 77 % up to date (7 of 9 sections and questions; 2 behind)" in told
    lesson = TWO.format("fr")
    assert f"  {lesson}:11: two-part is behind" in told
    assert any(line.startswith(f'{lesson}:11:1: warning: "two-part" has changed in en') for line in warnings(root))
    assert run("translated", root / lesson, "--section", "two-part").exit_code == 0
    assert "1 behind" in run("translations", root, "--language", "fr").output
    mark(root)
    assert warnings(root) == []


def test_the_title_and_the_objectives_belong_to_the_beginning(root: Path) -> None:
    mark(root)
    edit(root, TWO.format("en"), "know two", "know two well")
    assert "the beginning is behind" in run("translations", root).output


def test_marking_one_section_says_nothing_of_the_others(root: Path) -> None:
    run("translated", root / TWO.format("fr"), "--section", "Top")
    assert "1 of 9 sections and questions; 8 not said" in run("translations", root).output


def test_what_a_partial_language_lacks_is_missing(root: Path) -> None:
    settings = root / "lessons/demo/course.yaml"
    settings.write_text(settings.read_text().replace("fr: complete", "fr: partial"))
    (root / TWO.format("fr")).unlink()
    told = run("translations", root).output
    assert "2 missing" in told
    assert f"  {TWO.format('fr')}: missing" in told


@pytest.mark.parametrize(
    ("path", "why"), [(TWO.format("en"), "in the source language"), ("lessons/demo/course.yaml", "no lesson or quiz")]
)
def test_only_translations_are_marked(root: Path, path: str, why: str) -> None:
    before = (root / path).read_bytes()
    refused = run("translated", root / path)
    assert refused.exit_code == 1
    assert why in refused.output
    assert (root / path).read_bytes() == before


def test_a_section_that_is_not_there_is_refused(root: Path) -> None:
    assert "has no section nowhere" in run("translated", root / TWO.format("fr"), "--section", "nowhere").output


def test_the_source_language_is_made_from_nothing(root: Path) -> None:
    edit(root, TWO.format("en"), "minutes: 3", "minutes: 3\ntranslated-from: [Top@00000000]")
    assert any("stands in the source language" in str(one) for one in build(read_pack(root, "demo")).errors)


def test_what_changed_in_the_source_comes_from_the_publications(
    app: Flask, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    monkeypatch.setattr("course.cli.installation", lambda: app)
    mark(root)
    with app.app_context():
        assert all(not outcome.refused for outcome in publish_folder(root))
    for words in ("Better words.", "The best words."):
        edit(root, TWO.format("en"), "More words." if words.startswith("Better") else "Better words.", words)
        with app.app_context():
            assert all(not outcome.refused for outcome in publish_folder(root))
    told = run("translations", root, "--diff").output
    assert "    -More words.\n    +The best words.\n" in told


def test_learners_are_told_of_a_section_that_is_behind_and_of_no_other(app: Flask, root: Path) -> None:
    mark(root)
    edit(root, TWO.format("en"), "More words.", "Better words.")
    with app.app_context():
        assert all(not outcome.refused for outcome in publish_folder(root))
    client = app.test_client()
    page = client.get("/fr/courses/demo/two/").get_data(as_text=True)
    assert page.count('class="behind"') == 1
    assert 'href="/en/courses/demo/two/#two-part" hreflang="en"' in page
    assert page.index('id="two-part"') < page.index('class="behind"')
    assert 'class="behind"' not in client.get("/en/courses/demo/two/").get_data(as_text=True)
    assert 'class="behind"' not in client.get("/fr/courses/demo/one/").get_data(as_text=True)
