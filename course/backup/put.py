"""Putting a backup back: checked first, brought to this release's schema aside, then all of it at one moment."""

import shutil
import tempfile
from pathlib import Path

from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import select

from course import serve
from course.backup import files, manifest, rows
from course.backup.take import scratch
from course.catalogue.indexing import index
from course.config import Config
from course.db import Base, db
from course.errors import Conflict


def put(file: Path, replace: bool, progress: files.Progress = files.silent) -> manifest.Manifest:
    """Make the current application's store what the backup says. Returns what is now in it.

    Where it fails, the store is what it was before. A backup of an earlier release is brought to this one's schema.
    Raises Conflict where the file is no sound backup, or where the store is not empty and `replace` is not set.
    """
    check(file)
    serve.migrate(current_app)
    if not replace and not is_empty():
        raise Conflict("This installation's store is not empty. With --replace all that is in it is lost.")
    config: Config = current_app.config["COURSE"]
    with tempfile.TemporaryDirectory(prefix="course-restore-") as folder:
        work = Path(folder) / "course.sqlite"
        _bring_up_to_date(file, work, config)
        with files.opened(work) as connection:
            wanted = manifest.of(connection)
        if config.database_url:
            _into_postgresql(work, wanted)
            index()
        else:
            db.engine.dispose()
            files.copy_pages(work, config.instance / "course.sqlite", progress)
            with files.opened(config.instance / "course.sqlite") as connection:
                _compare(wanted, manifest.of(connection))
    return wanted


def check(file: Path) -> None:
    """Raises Conflict where the file is no backup, or not the one that was taken."""
    said = manifest.written(file)
    if said is None:
        raise Conflict(f"{file} is no backup, or is damaged.")
    with files.opened(file) as connection:
        files.look_through(connection)
        _compare(said, manifest.of(connection))


def is_empty() -> bool:
    """Whether there is nothing in the store."""
    with db.engine.connect() as connection:
        return not any(connection.execute(select(table).limit(1)).first() for table in Base.metadata.sorted_tables)


def _bring_up_to_date(file: Path, work: Path, config: Config) -> None:
    shutil.copy(file, work)
    with files.opened(work) as connection:
        connection.execute(f"DROP TABLE {manifest.TABLE}")
        connection.commit()
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if revision not in {script.revision for script in ScriptDirectory(str(serve.MIGRATIONS)).walk_revisions()}:
        raise Conflict(f"{file} was taken from a newer release than this one, which does not know schema {revision}.")
    with scratch(config, work.parent):
        pass
    with files.opened(work) as connection:
        files.stand_alone(connection)


def _into_postgresql(work: Path, wanted: manifest.Manifest) -> None:
    from sqlalchemy import create_engine

    engine = create_engine(f"sqlite:///{work}")
    try:
        with engine.connect() as source, db.engine.begin() as target:
            rows.pour(source, target)
            there = rows.digests(target, rows.kept())
            _compare({name: what for name, what in wanted.items() if name in there}, there)
    finally:
        engine.dispose()


def _compare(wanted: manifest.Manifest, found: manifest.Manifest) -> None:
    wrong = sorted(name for name in {*wanted, *found} if wanted.get(name) != found.get(name))
    if wrong:
        raise Conflict(f"The copy is not what was taken: {', '.join(wrong)} differ{'s' if len(wrong) == 1 else ''}.")
