"""Installations with their people, and browsers' contexts, each made once and only if a test asks."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.pages import people
from tests.pages.fetched import Fetched, fetch
from tests.pages.looking import Look
from tests.pages.people import Cast


@pytest.fixture(scope="session")
def cast(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Cast]]:
    """`cast("site")`, `cast("empty")` (nothing published, no admin) or `cast("arabic")`: an installation's people."""
    made: dict[str, Cast] = {}
    folder = tmp_path_factory.mktemp("installations")
    with ExitStack() as running:

        def of(where: str) -> Cast:
            if where not in made:
                is_shared = where == "site"  # the other browser tests use it, too
                made[where] = (
                    people.full(request.getfixturevalue("site")) if is_shared else people.gather(where, folder, running)
                )
            return made[where]

        yield of


@pytest.fixture(scope="session")
def look(chromium: Browser, cast: Callable[[str], Cast]) -> Iterator[Look]:
    """Opens listed pages in the browser."""
    with Look(chromium, cast) as looking:
        yield looking


@pytest.fixture(scope="session")
def fetched(cast: Callable[[str], Cast]) -> list[Fetched]:
    """Every listed page in all its languages, as the server sends it."""
    return list(fetch(cast))
