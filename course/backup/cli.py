"""`course backup` and `course restore`."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from course import create_app, serve
from course.backup import files
from course.backup.manifest import Manifest
from course.backup.put import put
from course.backup.take import take
from course.config import Config

T = TypeVar("T")
FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command()
@FILE
def backup(file: Path) -> None:
    """Take a backup of the whole store into FILE, while people learn.

    FILE is an SQLite database with everything in it, from SQLite or PostgreSQL; it is checked before it gets its name.
    It holds people's data and the hashes of their passwords: keep it as you keep the store. What signs sessions and
    links (instance/secret-key, COURSE_SECRET_KEY) is not in it.

    \b
    Examples:
      course backup /backups/$(date +%F).sqlite
      COURSE_DATABASE_URL=postgresql+psycopg://... course backup moving.sqlite
    """
    with create_app(Config.from_environment()).app_context():
        told("Backed up", file, with_progress("Backing up", lambda progress: take(file, progress)))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Also where the store is not empty: all that is in it is lost.")
def restore(file: Path, replace: bool) -> None:
    """Put the backup FILE back, into SQLite or PostgreSQL. Stop the server first.

    FILE is checked before, and what was written after; where anything is wrong the store stays as it was. A backup of
    an earlier release is brought up to date. A store that is not empty is refused.

    All is as it was when FILE was taken: mail that had not gone out then is sent when the server starts, even where it
    has gone out since, and who was signed in then is signed in again, even where they have signed out since.

    \b
    Examples:
      course restore /backups/2026-11-25.sqlite
      COURSE_DATABASE_URL=postgresql+psycopg://... course restore moving.sqlite
    """
    config = Config.from_environment()
    try:
        serve.wait_for_port(config, seconds=0)
    except serve.PortTaken:
        raise click.ClickException(
            f"Something answers on {config.host}:{config.port}. If it is this installation's server, stop it first: "
            "it would go on with what it remembers. If it is something else, set PORT to a free one."
        ) from None
    with create_app(config).app_context():
        told("Restored", file, with_progress("Restoring", lambda progress: put(file, replace, progress)))
    click.echo("See `course verify` for whether every grade follows from the log.", err=True)


def told(what: str, file: Path, found: Manifest) -> None:
    rows = sum(count for count, _digest in found.values())
    click.echo(f"{what}: {file} ({rows} rows in {len(found)} tables, checked).", err=True)


def with_progress(label: str, work: Callable[[files.Progress], T]) -> T:
    """Do it with a bar, on terminals."""
    with click.progressbar(length=1, label=label, hidden=not sys.stderr.isatty(), file=sys.stderr) as bar:

        def progress(done: int, all_: int) -> None:
            bar.length = all_
            bar.update(done - bar.pos)

        return work(progress)
