"""Taking a backup: one state of the store, whole, checked, and only then given its name."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Connection, MetaData, inspect, select, text

from course import create_app, serve
from course.backup import files, manifest, rows
from course.config import Config
from course.db import db
from course.errors import Conflict


def take(file: Path, progress: files.Progress = files.silent) -> manifest.Manifest:
    """Write the store of the current application into `file`, which must not be there. Returns what is in it.

    Nobody has to wait for it, and nothing of it can be seen before it is complete. The store is not migrated before.
    Raises Conflict where the file is there already, or where what was read does not hold together.
    """
    if file.exists():
        raise Conflict(f"{file} is there already; give another name, or remove it.")
    config: Config = current_app.config["COURSE"]
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as folder:
        part = Path(folder) / "course.sqlite"
        if config.database_url:
            _from_postgresql(config, part)
        else:
            files.copy_pages(config.instance / "course.sqlite", part, progress)
        with files.opened(part) as connection:
            files.stand_alone(connection)
            files.look_through(connection)
            found = manifest.write(connection)
        _keep(part, file)
    return found


def _keep(part: Path, file: Path) -> None:
    """Give a complete file its name, so that both outlive a power cut."""
    part.chmod(0o600)
    _sync(part)
    try:
        _name(part, file)
    except FileExistsError:
        raise Conflict(f"{file} is there already; give another name, or remove it.") from None
    with suppress(OSError):  # some network folders cannot be synced; the file has been
        _sync(file.parent)


def _name(part: Path, file: Path) -> None:
    """Raises FileExistsError where somebody else made the file meanwhile."""
    try:
        os.link(part, file)
    except FileExistsError:
        raise
    except OSError:  # FAT, SMB: a file has one name there. An empty one takes the name, then gives way to the whole
        file.touch(exist_ok=False)
        os.replace(part, file)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _from_postgresql(config: Config, part: Path) -> None:
    snapshot = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with db.engine.connect().execution_options(**snapshot) as source:
        revision = source.scalar(text("SELECT version_num FROM alembic_version"))
        with scratch(config, part.parent, str(revision)):
            pass
        with files.opened(part) as target:
            _fill(source, target)


@contextmanager
def scratch(config: Config, folder: Path, revision: str = "head") -> Iterator[Flask]:
    """An application on an SQLite file in a folder of its own, brought to a schema."""
    app = create_app(replace(config, instance=folder, database_url="", secret_key="of no use"))  # noqa: S106
    with app.app_context():
        try:
            from flask_migrate import upgrade

            upgrade(str(serve.MIGRATIONS), revision=revision)
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def _fill(source: Connection, target: Any) -> None:
    """Every row of the snapshot, into a file whose tables may have been filled by migrations."""
    found = MetaData()
    found.reflect(source)
    triggers = target.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _sql in triggers:
        target.execute(f'DROP TRIGGER "{name}"')
    counters = {}
    for name in set(manifest.tables(target)) & set(found.tables) - {"alembic_version"}:
        columns = manifest.columns(target, name)
        target.execute(f'DELETE FROM "{name}"')  # noqa: S608
        put = f'INSERT INTO "{name}" ({", ".join(columns)}) VALUES ({", ".join("?" * len(columns))})'  # noqa: S608
        for part in rows.parts(source, select(*(found.tables[name].c[column] for column in columns))):
            target.executemany(put, [tuple(row) for row in part])
        if counter := _counter(source, name):
            counters[name] = counter
    for name, counter in counters.items():
        target.execute("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
        target.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (name, counter))
    for _name, sql in triggers:
        target.execute(sql)
    target.commit()


def _counter(source: Connection, table: str) -> int | None:
    """The last id that was ever given out in a table."""
    keys = inspect(source).get_pk_constraint(table)["constrained_columns"]
    name = source.scalar(text("SELECT pg_get_serial_sequence(:table, :key)"), {"table": table, "key": keys[0]})
    if name is None:
        return None
    last, used = source.execute(text(f"SELECT last_value, is_called FROM {name}")).one()  # noqa: S608
    return int(last) if used else None
