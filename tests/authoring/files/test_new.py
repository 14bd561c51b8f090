"""`course new`: what it writes passes the check without a word, in every language, and overwrites nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from course.cli import main
from course.content.build import Built, build
from course.content.pack import read_pack

New = Callable[..., Result]


@pytest.fixture
def new(tmp_path: Path) -> New:
    return lambda *words: CliRunner().invoke(main, ["new", *words, "--root", str(tmp_path)], catch_exceptions=False)


def checked(root: Path, course: str = "bread") -> Built:
    return build(read_pack(root, course))


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("languages", [("en",), ("fr", "en"), ("es", "fr", "en"), ("ar", "pt-BR")])
def test_a_new_course_has_no_findings(new: New, tmp_path: Path, languages: tuple[str, ...]) -> None:
    done = new("course", "bread", *(word for tag in languages for word in ("--language", tag)))
    assert done.exit_code == 0, done.output
    built = checked(tmp_path)
    assert built.findings == ()
    assert built.outline is not None
    assert tuple(built.outline.languages) == languages
    assert built.outline.source_language == languages[0]


def test_all_that_can_be_begun_in_a_course_has_no_findings(new: New, tmp_path: Path) -> None:
    new("course", "bread", "--language", "en", "--language", "fr")
    for words in (
        ("module", "bread/dough", "--title", "Dough: a beginning"),
        ("lesson", "bread/dough/flour", "--title", "100"),
        ("quiz", "bread/dough"),
        ("quiz", "bread/final"),
    ):
        done = new(*words)
        assert done.exit_code == 0, done.output
    built = checked(tmp_path)
    assert [str(finding) for finding in built.findings] == []
    assert built.outline is not None
    dough = built.outline.modules[1]
    assert (dough.id, dough.quiz, built.outline.quiz) == ("dough", "dough", "final")
    assert [lesson.id for lesson in dough.lessons] == ["dough-first", "flour"]
    assert dough.lessons[1].titles == {"en": "100", "fr": "100"}
    assert dough.titles["en"] == "Dough: a beginning"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("course", "bread"), "There is a course `bread` already"),
        (("course", "Bread"), "cannot be an id"),
        (("course", "cake", "--language", "english"), "no language tag"),
        (("module", "bread/beginning"), "There is a module `beginning` already"),
        (("module", "cake/dough"), "Begin it: course new course cake"),
        (("lesson", "bread/nowhere/flour"), "There is no module `nowhere`"),
        (("lesson", "bread/beginning/first"), "There is a lesson or quiz `first` already"),
        (("lesson", "bread/beginning/enrolment"), "the address of a page"),
        (("lesson", "bread/beginning/x", "--title", "   "), "nothing was written"),
        (("quiz", "bread/other", "--module", "beginning"), "has a quiz already"),
        (("quiz", "bread/first"), "There is a lesson or quiz `first` already"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    new: New, tmp_path: Path, words: tuple[str, ...], why: str
) -> None:
    new("course", "bread")
    before = snapshot(tmp_path)
    refused = new(*words)
    assert refused.exit_code == 1
    assert why in refused.output
    assert snapshot(tmp_path) == before


def test_a_course_with_errors_is_mended_first(new: New, tmp_path: Path) -> None:
    new("course", "bread")
    (tmp_path / "lessons/bread/course.yaml").write_text("id: bread\n")
    assert "mend them" in new("module", "bread/dough").output


def test_a_retired_id_is_not_used_again(new: New, tmp_path: Path) -> None:
    new("course", "bread")
    settings = tmp_path / "lessons/bread/course.yaml"
    settings.write_text(settings.read_text() + "retired: [flour]\n")
    before = snapshot(tmp_path)
    assert "nothing was written" in new("lesson", "bread/beginning/flour").output
    assert snapshot(tmp_path) == before


def test_a_translation_that_was_begun_is_behind_once_its_source_is_written(new: New, tmp_path: Path) -> None:
    new("course", "bread", "--language", "en", "--language", "fr")
    source = tmp_path / "lessons/bread/1-beginning/1-first.en.md"
    source.write_text(source.read_text().replace("Give each section one thought.", "Bread needs flour."))
    assert [finding.rule for finding in checked(tmp_path).findings] == ["behind"]


def test_schemas_are_written_for_editors(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["schema", str(tmp_path / "made")])
    assert done.exit_code == 0
    names = {path.name for path in (tmp_path / "made").iterdir()}
    assert names == {f"{name}.schema.json" for name in ("course", "module", "lesson", "quiz", "quiz-translation")}
