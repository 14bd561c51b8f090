"""The list of pages is whole, and few conditions are enough."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from course import create_app
from course.config import Config
from course.i18n import INTERFACE
from tests.pages.listed import EXCUSED, PAGES
from tests.pages.pairs import LOOKS, every, in_turn


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """The application's routes; no store is needed."""
    return create_app(Config(instance=tmp_path, secret_key="a key for tests", development=True))


def test_every_route_that_can_be_opened_is_listed_or_excused(app: Flask) -> None:
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    forgotten = routes - set(listed_endpoints(app)) - set(EXCUSED)
    assert not forgotten, f"add a page to tests/pages/listed.py for each of {sorted(forgotten)}"
    assert set(EXCUSED) <= routes


def listed_endpoints(app: Flask) -> Iterator[str]:
    adapter = app.url_map.bind("localhost")
    for page in PAGES:
        path = (
            page.path.split("?")[0]
            .replace("{lang}", page.languages[0])
            .replace("{response}", "1")
            .replace("{person}", "1")
        )
        try:
            yield adapter.match(path)[0]
        except HTTPException:
            assert page.status == 404, f"there is no route for {page}"


def test_every_name_of_a_page_is_there_once() -> None:
    names = [page.name for page in PAGES]
    assert sorted(names) == sorted(set(names))


def test_the_pages_meet_all_conditions_in_turn() -> None:
    soon = [(page, in_turn(number, page.languages)) for number, page in enumerate(PAGES) if not page.once]
    assert {conditions for page, conditions in soon if page.languages == INTERFACE} == set(every(INTERFACE))
    for role in ("visitor", "learner"):
        looks = {(c.width, c.scheme, c.scripts) for page, c in soon if page.who == role}
        assert looks == set(LOOKS), role
