"""`course publish`: what it says, what it leaves behind, and its exit code."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from course.cli import main
from tests.catalogue.draft import Draft


@pytest.fixture
def course(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs the command on the test's own installation."""
    monkeypatch.setattr("course.cli.installation", lambda: app)
    return lambda *arguments: CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def write(root: Path, draft: Draft) -> Path:
    for path, text in draft.files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def test_it_publishes_and_says_what_changed(course: Callable[..., Result], tmp_path: Path) -> None:
    root = str(write(tmp_path / "packs", Draft()))
    first = course("publish", "--root", root)
    assert first.exit_code == 0, first.output
    assert "demo: published, number 1" in first.output
    assert "demo: nothing has changed." in course("publish", "--root", root).output
    write(tmp_path / "packs", Draft(texts={"two": "Other words."}))
    third = course("publish", "--root", root)
    assert "changed  lessons/demo/1-first/2-two.en.md" in third.output
    assert "demo: published, number 2 (1 file)." in third.output


def test_an_error_is_told_at_its_place_and_nothing_is_published(course: Callable[..., Result], tmp_path: Path) -> None:
    root = write(tmp_path / "packs", Draft())
    course("publish", "--root", str(root))
    lesson = root / "lessons/demo/1-first/2-two.en.md"
    lesson.write_text(lesson.read_text() + "\n[broken](nowhere.md)\n")
    refused = course("publish", "--root", str(root))
    assert refused.exit_code == 1
    assert "lessons/demo/1-first/2-two.en.md:" in refused.output
    assert "not published" in refused.output
    assert "Traceback" not in refused.output


def test_one_course_with_errors_does_not_keep_the_others_back(course: Callable[..., Result], tmp_path: Path) -> None:
    root = write(tmp_path / "packs", Draft())
    write(root, Draft(course="other", texts={"one": "[broken](nowhere.md)"}))
    told = course("publish", "--root", str(root))
    assert told.exit_code == 1
    assert "demo: published, number 1" in told.output
    assert "other: not published" in told.output


def test_a_lost_id_is_told_like_every_other_error(course: Callable[..., Result], tmp_path: Path) -> None:
    root = write(tmp_path / "packs", Draft())
    course("publish", "--root", str(root))
    (root / "lessons/demo/1-first/2-two.en.md").unlink()
    refused = course("publish", "--root", str(root))
    assert refused.exit_code == 1
    assert "lessons/demo/course.yaml:1:1: The lesson `two`" in refused.output
    assert "retired: [two]" in refused.output


def test_a_folder_without_courses_is_said_to_be_one(course: Callable[..., Result], tmp_path: Path) -> None:
    told = course("publish", "--root", str(tmp_path))
    assert told.exit_code == 1
    assert "lessons" in told.output
