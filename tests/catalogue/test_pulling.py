"""`course pull` and `course publish` between folders and the browser: as with version control, nothing is lost."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.catalogue import actions
from course.catalogue.folder import publish_folder
from course.catalogue.pulling import pull_folder
from course.cli import main
from course.content.pack import Pack, read_pack
from course.db import db as database
from course.db import transaction
from tests.catalogue.draft import Draft
from tests.catalogue.test_command import write

TWO = "lessons/demo/1-first/2-two.en.md"
ONE = "lessons/demo/1-first/1-one.en.md"
Run = Callable[..., Result]


@pytest.fixture
def course(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the test's own installation, in a folder."""
    monkeypatch.setattr("course.cli.installation", lambda: app)
    return lambda command, root, *more: CliRunner().invoke(
        main, [command, *more, "--root", str(root)], catch_exceptions=False
    )


@pytest.fixture
def browser(app: Flask) -> Callable[[Draft], None]:
    """Publishes as the browser does."""

    def publish(draft: Draft) -> None:
        with app.app_context(), transaction():
            actions.publish(draft.pack(), by=None, note="", origin="browser")

    return publish


@pytest.fixture
def root(course: Run, tmp_path: Path) -> Path:
    """A folder whose course is published."""
    made = write(tmp_path / "ann", Draft())
    assert course("publish", made).exit_code == 0
    return made


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_an_empty_folder_gets_all_that_is_published(course: Run, root: Path, tmp_path: Path) -> None:
    ben = tmp_path / "ben"
    ben.mkdir()
    pulled = course("pull", ben)
    assert pulled.exit_code == 0, pulled.output
    assert files(ben) == files(root)
    assert "is at publication 1" in course("pull", ben).output


def test_the_second_folder_to_publish_is_refused_until_it_has_pulled(course: Run, root: Path, tmp_path: Path) -> None:
    ben = tmp_path / "ben"
    ben.mkdir()
    course("pull", ben)
    edit(root, ONE, "Words of one.", "Ann's words.")
    assert course("publish", root).exit_code == 0
    edit(ben, TWO, "Words of two.", "Ben's words.")
    refused = course("publish", ben)
    assert refused.exit_code == 1
    assert "came after 1" in refused.output
    assert "course pull --merge" in refused.output
    before = files(ben)
    assert course("pull", ben).exit_code == 1
    assert files(ben) == before
    merged = course("pull", ben, "--merge")
    assert merged.exit_code == 0, merged.output
    assert "Ann's words." in (ben / ONE).read_text()
    assert "Ben's words." in (ben / TWO).read_text()
    assert "published, number 3" in course("publish", ben).output
    assert course("pull", root).exit_code == 0
    assert files(root) == files(ben)


def test_where_both_changed_a_line_there_are_markers_which_the_check_finds(
    course: Run, root: Path, browser: Callable[[Draft], None]
) -> None:
    browser(Draft(texts={"two": "The browser's words."}))
    edit(root, TWO, "Words of two.", "My words.")
    merged = course("pull", root, "--merge")
    assert merged.exit_code == 3
    assert f"choose in 1 file: {TWO}" in merged.output
    text = (root / TWO).read_text()
    assert "<<<<<<< yours\nMy words.\n=======\nThe browser's words.\n>>>>>>> publication 2\n" in text
    refused = course("publish", root)
    assert refused.exit_code == 1
    assert f"{TWO}:8:1: `<<<<<<<` marks a place where two versions disagree" in refused.output
    (root / TWO).write_text(
        text.replace("<<<<<<< yours\nMy words.\n=======\n", "").replace(">>>>>>> publication 2\n", "")
    )
    assert "nothing has changed" in course("publish", root).output


def test_files_that_are_only_behind_publish_nothing_and_say_so(
    course: Run, root: Path, browser: Callable[[Draft], None]
) -> None:
    browser(Draft(texts={"two": "Other words."}))
    told = course("publish", root)
    assert told.exit_code == 0
    assert "publication 2 (browser) is newer" in told.output
    assert "changed  lessons/demo/1-first/2-two.en.md" in course("pull", root).output
    assert "Other words." in (root / TWO).read_text()


def test_a_checkout_of_an_old_state_takes_nothing_back_unless_asked_to(
    course: Run, root: Path, browser: Callable[[Draft], None]
) -> None:
    old = (root / TWO).read_text()
    browser(Draft(texts={"two": "Other words."}))
    course("pull", root)
    (root / TWO).write_text(old)
    edit(root, ONE, "Words of one.", "Ann's words.")
    assert course("publish", root).exit_code == 1
    assert "published, number 3" in course("publish", root, "--take-back").output


def test_a_folder_that_nobody_knows_is_trusted_unless_the_browser_was_last(
    course: Run, root: Path, browser: Callable[[Draft], None], tmp_path: Path
) -> None:
    clone = write(tmp_path / "clone", Draft(texts={"one": "From version control."}))
    assert "published, number 2" in course("publish", clone).output
    browser(Draft(texts={"one": "From version control.", "two": "From the browser."}))
    other = write(tmp_path / "other", Draft(texts={"one": "Changed again."}))
    assert course("publish", other).exit_code == 1
    assert course("pull", other, "--merge").exit_code == 0
    assert "Changed again." in (other / ONE).read_text()
    assert "From the browser." in (other / TWO).read_text()


def test_what_is_deleted_there_is_deleted_here_and_what_is_none_of_the_courses_stays(
    course: Run, root: Path, browser: Callable[[Draft], None]
) -> None:
    (root / "lessons/demo/2-second/README.md").write_text("mine")
    browser(Draft(modules={"first": ["one", "two"]}, retired=["three", "second"]))
    assert course("pull", root).exit_code == 0
    assert not (root / "lessons/demo/2-second/1-three.en.md").exists()
    assert (root / "lessons/demo/2-second/README.md").read_text() == "mine"


def test_nothing_is_written_through_a_link(
    course: Run, root: Path, browser: Callable[[Draft], None], tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    browser(Draft(modules={"first": ["one", "two"], "second": ["three"], "third": ["four"]}))
    (root / "lessons/demo/3-third").symlink_to(outside)
    assert course("pull", root).exit_code == 1
    assert not list(outside.iterdir())


def test_a_course_that_is_not_published_and_a_folder_that_cannot_be_read_are_refused(course: Run, root: Path) -> None:
    assert "no course of this name is published" in course("pull", root, "nowhere").output
    (root / TWO).unlink()
    (root / TWO).symlink_to(root / ONE)
    assert "`course check` says which" in course("pull", root).output


words = st.text(st.sampled_from("aé\u2028 \tz"), min_size=1, max_size=30).map(lambda text: f"x{text}y")
attachments = st.dictionaries(
    st.sampled_from(["lessons/{0}/files/a.txt", "quizzes/{0}/files/b.csv", "lessons/{0}/1-first/files/x/c.vtt"]),
    st.one_of(st.text(max_size=40).map(str.encode), st.just(b"WEBVTT\r\n\r\n")),
)
numbers = itertools.count(1)


@pytest.mark.usefixtures("app")
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words, attachments, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.sampled_from([("en",), ("en", "ar")]))
def test_pull_after_publish_gives_the_same_bytes(
    app: Flask,
    tmp_path: Path,
    text: str,
    attached: dict[str, bytes],
    ends: str,
    marked: bool,
    languages: tuple[str, ...],
) -> None:
    name = f"course{next(numbers)}"
    draft = Draft(course=name, languages=languages, texts={"one": text})
    made = {
        path: text.replace("\n", ends).encode("utf-8-sig" if marked else "utf-8")
        for path, text in draft.files().items()
    }
    made |= {path.format(name): data for path, data in attached.items()}
    here, there = tmp_path / name / "here", tmp_path / name / "there"
    there.mkdir(parents=True)
    for path, data in made.items():
        (here / path).parent.mkdir(parents=True, exist_ok=True)
        (here / path).write_bytes(data)
    with app.app_context():
        outcomes = list(publish_folder(here))
        pulled = list(pull_folder(there, (name,)))
        database.session.remove()
    if outcomes[0].refused:  # an attachment that its ending does not fit: nothing was published
        assert pulled[0].refused
    else:
        assert files(there) == made
        assert read_pack(there, name).hashes == Pack(name, made).hashes
