"""SQLite files: copied page by page while others read and write, opened, and looked through for damage."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from course.db import sqlite
from course.errors import Conflict

PAGES_AT_ONCE = 2_000
Progress = Callable[[int, int], None]
"""Told how many pages are done, and of how many."""


def silent(_done: int, _all: int) -> None:
    """For whoever does not want to know."""


@contextmanager
def opened(file: Path) -> Iterator[Any]:
    """A connection to a file, closed at the end."""
    connection = sqlite.connect(str(file), timeout=10)
    try:
        yield connection
    finally:
        connection.close()


def copy_pages(source: Path, target: Path, progress: Progress = silent) -> None:
    """Make `target` what `source` is at this moment. Nobody who reads or writes the source has to wait for it.

    For who reads the target it happens at one moment, at the end.
    """
    with opened(source) as old, opened(target) as new:
        old.isolation_level = None
        old.execute("BEGIN")  # one state of the source from the first page to the last, whoever writes meanwhile
        old.execute("SELECT count(*) FROM sqlite_master").fetchone()
        old.backup(new, pages=PAGES_AT_ONCE, progress=lambda _code, left, all_: progress(all_ - left, all_))
        old.execute("ROLLBACK")


def stand_alone(connection: Any) -> None:
    """Make a file complete without its log."""
    connection.execute("PRAGMA journal_mode=DELETE")


def look_through(connection: Any) -> None:
    """Raises Conflict where the file's pages do not hold together, or a row points at one that is not there."""
    (said,) = connection.execute("PRAGMA integrity_check").fetchone()
    if said != "ok":
        raise Conflict(f"The file is damaged: {said}")
    if broken := connection.execute("PRAGMA foreign_key_check").fetchall():
        raise Conflict(f"{len(broken)} rows point at rows that are not there, the first of them in {broken[0][0]}.")
