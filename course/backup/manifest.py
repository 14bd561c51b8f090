"""What is in a backup: each table's rows, counted and digested, so that a copy can be compared with what it is of."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from course.db import Base, sqlite

TABLE = "backup_manifest"
Manifest = Mapping[str, tuple[int, str]]
"""By table: how many rows, and the sum of their SHA-256 (hex), in which their order does not matter."""


def digest(rows: Iterable[Sequence[object]]) -> tuple[int, str]:
    """The same for equal rows from either database: truth values are numbers, and no row's place matters."""
    count = total = 0
    for row in rows:
        plain = tuple(int(value) if isinstance(value, bool) else value for value in row)
        total += int.from_bytes(hashlib.sha256(repr(plain).encode()).digest())
        count += 1
    return count, f"{total % 2**256:064x}"


def derived() -> set[str]:
    """Tables that are made again from the others (`info={"derived": True}`): no copy between databases has them."""
    return {table.name for table in Base.metadata.tables.values() if table.info.get("derived")}


def tables(connection: Any) -> list[str]:
    """The tables of an SQLite file that a backup answers for."""
    ours = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    virtual = [name for (name,) in connection.execute(f"{ours} AND sql LIKE 'CREATE VIRTUAL%'")]
    names = {name for (name,) in connection.execute(ours)} - derived() - {TABLE}
    return sorted(name for name in names if not any(name.startswith(index) for index in virtual))


def columns(connection: Any, table: str) -> list[str]:
    """Sorted by name: a column that a migration added stands last in one database and elsewhere in another."""
    return sorted(row[1] for row in connection.execute(f'PRAGMA table_info("{table}")'))


def of(connection: Any) -> Manifest:
    """What an SQLite file has in it."""
    found = {}
    for table in tables(connection):
        names = ", ".join(f'"{name}"' for name in columns(connection, table))
        found[table] = digest(connection.execute(f'SELECT {names} FROM "{table}"'))  # noqa: S608 - names of our own
    return found


def write(connection: Any) -> Manifest:
    """Put the manifest into a file that is complete."""
    found = of(connection)
    connection.execute(f"CREATE TABLE {TABLE} (name TEXT PRIMARY KEY, rows INTEGER NOT NULL, digest TEXT NOT NULL)")
    lines = [(table, *what) for table, what in found.items()]
    connection.executemany(f"INSERT INTO {TABLE} VALUES (?, ?, ?)", lines)  # noqa: S608
    connection.commit()
    return found


def written(file: Path) -> Manifest | None:
    """What a file says is in it; None where it is no backup at all."""
    connection = sqlite.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    try:
        rows = connection.execute(f"SELECT name, rows, digest FROM {TABLE}").fetchall()  # noqa: S608
        return {name: (count, text) for name, count, text in rows}
    except sqlite.DatabaseError:
        return None
    finally:
        connection.close()
