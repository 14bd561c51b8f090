"""A backup is everything, on either database, and nothing that is damaged or not wanted is put back."""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert, select, text

from course import create_app
from course.backup import files, manifest
from course.backup import take as naming
from course.backup.put import put
from course.backup.take import take
from course.config import Config
from course.db import Base, db, sqlite
from course.errors import Conflict
from course.learning.reading import verify
from tests.migrations.conftest import lived_in  # noqa: F401 - a fixture
from tests.stores import PostgresStore, SqliteStore

Rows = dict[str, list[tuple[object, ...]]]
Other = Callable[[], Flask]


def rows() -> Rows:
    """All that is in the store of the application at hand, in the types of the models."""
    with db.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
            if table.name not in manifest.derived()
        }


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """Another installation, on either database, with nothing in it."""
    store: SqliteStore | PostgresStore = request.getfixturevalue(f"{request.param}_store")
    with store.database(tmp_path / "other") as url:
        app = create_app(Config(instance=tmp_path / "other", database_url=url, secret_key="another"))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def taken(lived_in: Flask, tmp_path: Path) -> Path:  # noqa: F811
    file = tmp_path / "backups" / "one.sqlite"
    take(file)
    return file


def test_what_is_put_back_is_all_that_was_there_on_either_database(
    lived_in: Flask,  # noqa: F811
    taken: Path,
    empty: Flask,
) -> None:
    put(taken, replace=False)
    there = rows()
    assert sum(len(found) for found in there.values()) > 50
    assert "".join(next(verify.differences())) == ""
    with lived_in.app_context():
        assert rows() == there


def test_what_is_put_back_can_be_lived_in(taken: Path, empty: Flask) -> None:
    """The triggers refuse, the keys are checked at once, and no id is given out a second time."""
    put(taken, replace=False)
    person = Base.metadata.tables["person"]
    with db.engine.begin() as connection:
        last = connection.scalar(select(person.c.id).order_by(person.c.id.desc()).limit(1))
        new = connection.execute(insert(person).values(created=1).returning(person.c.id)).scalar_one()
        assert new == last + 1
    for statement in (
        "DELETE FROM response",
        "UPDATE event SET at = 1",
        "INSERT INTO settlement (course_id, number, at) VALUES (99, 1, 1)",
    ):
        with (
            db.engine.connect() as connection,
            pytest.raises(Exception, match=r"append-only|(FOREIGN KEY|foreign key)"),
        ):
            connection.execute(text(statement))


def test_a_backup_is_its_owner_s_alone_and_never_written_over(taken: Path, lived_in: Flask) -> None:  # noqa: F811
    assert taken.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Conflict, match="there already"):
        take(taken)
    assert [path.name for path in taken.parent.iterdir()] == ["one.sqlite"]


def test_a_store_that_is_not_empty_is_refused_and_replaced_only_on_request(
    lived_in: Flask,  # noqa: F811
    taken: Path,
) -> None:
    before = rows()
    with db.engine.begin() as connection:
        connection.execute(text("INSERT INTO person (created) VALUES (5)"))
    with pytest.raises(Conflict, match="--replace"):
        put(taken, replace=False)
    assert rows() != before
    put(taken, replace=True)
    assert rows() == before


@pytest.fixture
def small(sqlite_store: SqliteStore, tmp_path: Path) -> Iterator[Path]:
    """A backup of one person, on SQLite, inside its application."""
    with sqlite_store.database(tmp_path / "small"):
        app = create_app(Config(instance=tmp_path / "small", secret_key="a key"))
        with app.app_context():
            with db.engine.begin() as connection:
                connection.execute(text("INSERT INTO person (created) VALUES (1767225600000000)"))
            take(tmp_path / "small.sqlite")
            yield tmp_path / "small.sqlite"
            db.session.remove()
            db.engine.dispose()


def test_a_damaged_file_is_refused_whatever_is_wrong_with_it(small: Path, tmp_path: Path) -> None:
    before = rows()
    changed = tmp_path / "changed.sqlite"
    changed.write_bytes(small.read_bytes())
    with files.opened(changed) as connection:
        connection.execute("UPDATE person SET created = created + 1")
        connection.commit()
    torn = tmp_path / "torn.sqlite"
    torn.write_bytes(small.read_bytes()[:-8192])
    other = tmp_path / "other.sqlite"
    other.write_text("no database at all")
    for file, why in ((changed, "person differs"), (torn, "damaged"), (other, "no backup")):
        with pytest.raises(Conflict, match=why):
            put(file, replace=True)
    assert rows() == before


def test_a_backup_of_a_newer_release_is_refused(small: Path) -> None:
    with files.opened(small) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.execute(f"DROP TABLE {manifest.TABLE}")
        manifest.write(connection)
    with pytest.raises(Conflict, match="newer release"):
        put(small, replace=True)


def test_a_backup_can_be_looked_into_with_any_sqlite_tool(small: Path) -> None:
    connection = sqlite.connect(str(small))
    assert connection.execute("SELECT created FROM person").fetchall() == [(1767225600000000,)]
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()


def test_a_backup_is_whole_and_replaces_nothing_where_files_cannot_have_two_names(
    lived_in: Flask,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_names: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")  # as on FAT

    monkeypatch.setattr(os, "link", refuse)
    file = tmp_path / "fat" / "one.sqlite"
    assert take(file) == manifest.written(file)
    assert [one.name for one in file.parent.iterdir()] == ["one.sqlite"]
    other = tmp_path / "fat" / "other"
    other.write_text("of somebody else")
    with pytest.raises(Conflict, match="there already"):
        naming._keep(file, other)
    assert other.read_text() == "of somebody else"
