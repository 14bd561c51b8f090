"""`course export po` and `course import po`: what translators get, and what their work becomes."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from course.cli import main
from course.content.build import build
from course.content.pack import read_pack
from course.formats import po
from tests.catalogue.draft import Draft
from tests.catalogue.test_command import write

TWO = "lessons/demo/1-first/2-two.{}.md"
Run = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = write(tmp_path / "packs", Draft(languages=("en", "fr")))
    for path in [*made.rglob("*.fr.md")]:
        path.write_text(path.read_text().replace("Words of", "Des mots de").replace("More words.", "Encore des mots."))
    return made


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_what_goes_out_and_comes_back_changes_nothing(root: Path, tmp_path: Path) -> None:
    before, file = snapshot(root), tmp_path / "demo.fr.po"
    assert run("export", "po", root / "lessons/demo", file).exit_code == 0
    text = file.read_text()
    assert "#: lessons/demo/1-first/2-two.en.md:10\n" in text
    assert 'msgctxt "two#two-part"\nmsgid "More words."\nmsgstr "Encore des mots."' in text
    assert "#, fuzzy" not in text
    assert "format" not in text.split("\n\n", 1)[1]
    done = run("import", "po", file, root / "lessons/demo")
    assert (done.exit_code, done.output) == (0, "")
    assert snapshot(root) == before


def test_a_translators_work_arrives_and_is_marked_up_to_date(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "demo.fr.po"
    run("translated", *root.rglob("*.fr.md"))
    edit(root / TWO.format("en"), "More words.", "Better words.")
    run("export", "po", root / "lessons/demo", file)
    text = file.read_text()
    assert '#, fuzzy\nmsgctxt "two#two-part"\nmsgid "Better words."\nmsgstr "Encore des mots."' in text
    assert run("import", "po", file, root / "lessons/demo").exit_code == 0
    assert "1 behind" in run("translations", root).output
    file.write_text(
        text.replace("#, fuzzy\n", "").replace(
            '"Better words."\nmsgstr "Encore des mots."', '"Better words."\nmsgstr "De meilleurs mots."'
        )
    )
    done = run("import", "po", file, root / "lessons/demo")
    assert done.exit_code == 0, done.output
    assert f"changed  {TWO.format('fr')}" in done.output
    assert "De meilleurs mots." in (root / TWO.format("fr")).read_text()
    assert "100 %" in run("translations", root).output


def test_a_whole_new_language_is_made_of_a_file(root: Path, tmp_path: Path) -> None:
    course = root / "lessons/demo/course.yaml"
    course.write_text(course.read_text().replace("fr: complete}", "fr: complete, es: partial}"))
    file = tmp_path / "es.po"
    run("export", "po", root / "lessons/demo", file)
    catalog = read_po(BytesIO(file.read_bytes()))
    for message in catalog:
        message.string = message.id or message.string
    with file.open("wb") as out:
        write_po(out, catalog)
    done = run("import", "po", file, root / "lessons/demo")
    assert done.exit_code == 0, done.output
    assert done.output.count("new ") == 4
    built = build(read_pack(root, "demo"))
    assert built.errors == ()
    assert built.outline is not None
    assert all("es" in lesson.titles for lesson in built.outline.lessons)


def test_what_is_left_and_what_is_out_of_date_is_told(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "demo.fr.po"
    run("export", "po", root / "lessons/demo", file)
    edit(root / TWO.format("en"), "More words.", "Better words.")
    (root / "lessons/demo/1-first/1-one.fr.md").unlink()
    file.write_text(file.read_text().replace('msgstr "Lesson one (fr)"', 'msgstr ""'))
    done = run("import", "po", file, root / "lessons/demo")
    assert done.exit_code == 3
    assert "lessons/demo/1-first/1-one.en.md:1: not translated (one title)" in done.output
    assert "two#two-part: not taken, the source does not say this any more: 'More words.'" in done.output
    assert not (root / "lessons/demo/1-first/1-one.fr.md").exists()


def test_a_mistake_of_a_translator_is_found_by_the_check(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "demo.fr.po"
    run("export", "po", root / "lessons/demo", file)
    file.write_text(file.read_text().replace('msgstr "## A section {#two-part}"', 'msgstr "## Une section {#partie}"'))
    done = run("import", "po", file, root / "lessons/demo")
    assert done.exit_code == 3
    assert f"{TWO.format('fr')}" in done.output
    assert 'the source language has no section "partie"' in done.output


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("export", "po", "{0}/lessons/demo", "{0}/demo.de.po"), "`de` is no language to translate this course to"),
        (("export", "po", "{0}/lessons/demo", "{0}/x.po", "--language", "en"), "There are: fr"),
        (("export", "po", "{0}/quizzes/demo", "{0}/fr.po"), "is no course that can be read"),
        (("export", "po", "{0}/lessons/demo", "{0}/lessons/demo/course.yaml", "--language", "fr"), "exists"),
        (("import", "po", "{0}/lessons/demo/course.yaml", "{0}/lessons/demo"), "no PO file"),
    ],
)
def test_what_cannot_be_done_is_refused(root: Path, words: tuple[str, ...], why: str) -> None:
    before = snapshot(root)
    refused = run(*(word.format(root) for word in words))
    assert refused.exit_code == 1
    assert why in refused.output.replace("\n", " ")
    assert snapshot(root) == before


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t"\\%{}'), min_size=1, max_size=40)


@settings(deadline=None)
@given(st.lists(texts, min_size=1, max_size=4))
def test_any_words_of_a_translator_come_back(words: list[str]) -> None:
    catalog = Catalog(locale="fr")
    for at, text in enumerate(words):
        catalog.add(f"source {at}", text, context=f"unit {at}")
    out = BytesIO()
    write_po(out, catalog)
    language, given_ = po.read(out.getvalue())
    assert language == "fr"
    assert given_ == {(f"unit {at}", f"source {at}"): text for at, text in enumerate(words) if text.strip()}
