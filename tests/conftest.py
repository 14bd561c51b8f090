"""Fixtures that every room's tests stand on. Real stores, real files, a clock that tests own."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy
from hypothesis import settings
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

from course import clock
from course.config import Config
from course.db import db as database
from tests.live import Installation
from tests.stores import PostgresStore, SqliteStore

ROOT = Path(__file__).parent.parent
# The same examples each time where a failure has to say something about the change; new ones at every developer's run.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI") == "true":
    settings.load_profile("ci")
MEMORY = Path("/dev/shm")
# Databases by the thousand are made and thrown away: in memory, where there is room, rather than on a disk.
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 6 << 30:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)
PACKS = Path(__file__).parent / "packs"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In CI a browser test that failed is tried once more: a machine that stalls for seconds is no fault of the change.

    Both tries are named in the report (`-r R`). Developers' runs try once, so that a race shows itself here.
    """
    if os.environ.get("CI") == "true":
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session", autouse=True)
def modules() -> None:
    """The engine's modules and their parsed tests, once: the collector looks at none of them again, nor at the next."""
    from course import create_app  # noqa: F401

    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def addresses() -> Iterator[None]:
    """What builds a route's address is compiled once, not for each of a thousand applications: half of making one."""
    made: dict[tuple[object, ...], Callable[..., object]] = {}
    compiled = Rule._compile_builder

    def once(rule: Rule, append_unknown: bool = True) -> Callable[..., object]:
        key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), append_unknown)
        if key not in made:
            made[key] = compiled(rule, append_unknown)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", once)
        yield


@pytest.fixture(scope="session", autouse=True)
def statements() -> Iterator[None]:
    """What was composed for one test's engine is not composed anew for the next one's: a sixth of all they did."""
    known: dict[str, tuple[Any, Any]] = {}
    make = SQLAlchemy._make_engine

    def sharing(self: SQLAlchemy, bind_key: str | None, options: dict[str, Any], app: Flask) -> Any:
        engine: Any = make(self, bind_key, options, app)
        engine.dialect, engine._compiled_cache = known.setdefault(
            engine.dialect.name, (engine.dialect, engine._compiled_cache)
        )
        engine.pool._dialect = engine.dialect
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLAlchemy, "_make_engine", sharing)
        yield


@pytest.fixture(scope="session")
def sqlite_store() -> Iterator[SqliteStore]:
    store = SqliteStore()
    yield store
    store.close()


@pytest.fixture(scope="session")
def postgres_store() -> Iterator[PostgresStore]:
    store = PostgresStore()
    yield store
    store.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> SqliteStore | PostgresStore:
    """Each test that uses it (or `app`) runs once on SQLite and once on PostgreSQL."""
    return request.getfixturevalue(f"{request.param}_store")


@pytest.fixture
def config(store: SqliteStore | PostgresStore, tmp_path: Path) -> Iterator[Config]:
    """Settings of a fresh, migrated, empty installation."""
    with store.database(tmp_path / "instance") as url:
        yield Config(root=ROOT, instance=tmp_path / "instance", database_url=url, secret_key="a key for tests")


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """What Jinja made of the templates, once for all tests: compiling them anew was a third of many a test's time."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(config: Config, templates: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The application on an empty, migrated store, outside any request."""
    from course import create_app

    app = create_app(config)
    app.testing = True
    app.jinja_env.bytecode_cache = templates
    yield app
    with app.app_context():
        for engine in database.engines.values():
            engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def db(app: Flask) -> Iterator[object]:
    """The database, inside an application context (not a request)."""
    with app.app_context():
        yield database


@pytest.fixture
def at() -> Iterator[Callable[[int], None]]:
    """Sets the clock: `at(microseconds)`. The real clock comes back after the test."""
    moment = [1_767_225_600_000_000]  # 2026-01-01
    before = clock.use(lambda: moment[0])

    def set_to(microseconds: int) -> None:
        moment[0] = microseconds

    yield set_to
    clock.use(before)


@pytest.fixture(scope="session", autouse=True)
def runtime_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A library asks for this folder and warns where the machine has none."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """One Chromium for the session (Playwright's browser object)."""
    from playwright.sync_api import sync_playwright

    from tests import browser

    path = browser.find()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(browser.HELP)
        pytest.skip(browser.HELP)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=browser.ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A running installation with the shipped packs, shared by the session's browser tests."""
    with Installation(tmp_path_factory.mktemp("site") / "instance") as installation:
        yield installation
