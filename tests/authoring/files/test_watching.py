"""`course serve --watch`: what is saved is published, the page follows, and an error never takes a page away."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from course import create_app
from course.authoring.files import watching
from course.config import Config
from course.db import db as database
from tests.catalogue.draft import Draft
from tests.catalogue.test_command import write
from tests.live import Installation

TWO = "lessons/demo/1-first/2-two.en.md"
NOTHING: watching.State = {"published": "", "lines": []}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "packs", Draft())


def test_a_look_sees_what_was_saved_and_nothing_that_is_none_of_the_courses(root: Path) -> None:
    before = watching.snapshot(root)
    (root / "lessons/demo/.1-one.en.md.swp").write_text("x")
    assert watching.snapshot(root) == before
    (root / TWO).write_text("longer than before " * 50)
    assert watching.snapshot(root) != before
    (root / TWO).unlink()
    assert len(watching.snapshot(root)) == len(before) - 1


def test_what_is_saved_is_published_and_what_is_wrong_is_kept_for_the_page(app: Flask, root: Path) -> None:
    with app.app_context():
        first = watching.publish(root, NOTHING)
        assert first["published"]
        assert watching.publish(root, first) == first
        good = (root / TWO).read_text()
        (root / TWO).write_text(good + "\n[broken](nowhere.md)\n")
        wrong = watching.publish(root, first)
        assert wrong["published"] == first["published"]
        assert [line.partition(":")[0] for line in wrong["lines"]] == [TWO]
        (root / TWO).write_text(good.replace("Words", "Other words"))
        mended = watching.publish(root, wrong)
        assert mended["published"] > first["published"]
        assert mended["lines"] == []


def test_pages_ask_only_where_files_are_watched(app: Flask, config: Config) -> None:
    assert app.test_client().get("/watch", follow_redirects=True).status_code == 404
    assert b"watch.js" not in app.test_client().get("/en/courses/").data
    watched = create_app(
        Config(root=config.root, instance=config.instance, database_url=config.database_url, secret_key="k", watch=True)
    )
    client = watched.test_client()
    assert b"watch.js" in client.get("/en/courses/").data
    assert client.get("/watch").get_json() == NOTHING
    watching.write(config.instance, {"published": "1", "lines": ["a:1:1: wrong"]})
    reply = client.get("/watch")
    assert reply.get_json()["lines"] == ["a:1:1: wrong"]
    assert reply.headers["Cache-Control"] == "no-store"
    with watched.app_context():
        for engine in database.engines.values():
            engine.dispose()


@pytest.fixture
def watched(root: Path, tmp_path: Path) -> Iterator[Installation]:
    with Installation(tmp_path / "instance", COURSE_ROOT=str(root), COURSE_WATCH="1", COURSE_WORKERS="1") as site:
        yield site


@pytest.fixture
def page(watched: Installation, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(base_url=watched.url)
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_the_open_page_follows_the_file(watched: Installation, page: Page, root: Path) -> None:
    lesson = root / TWO
    good = lesson.read_text()
    page.goto("/en/courses/demo/two/")
    expect(page.locator("main")).to_contain_text("Words of two.")
    lesson.write_text(good.replace("Words of two.", "Newly written."))
    expect(page.locator("main")).to_contain_text("Newly written.", timeout=20_000)
    lesson.write_text(good.replace("Words of two.", "[Nowhere](nowhere.md)"))
    panel = page.locator(".watch")
    expect(panel).to_contain_text(f"{TWO}:8", timeout=20_000)
    expect(page.locator("main")).to_contain_text("Newly written.")
    assert TWO in watched.log.read_text()
    moved = root.parent / "kept"
    shutil.move(root / "quizzes", moved)  # a whole folder, as a checkout does it
    lesson.write_text(good.replace("Words of two.", "Mended."))
    expect(panel).to_contain_text("quiz", timeout=20_000)
    shutil.move(moved, root / "quizzes")
    expect(page.locator("main")).to_contain_text("Mended.", timeout=20_000)
    expect(panel).to_have_count(0)
