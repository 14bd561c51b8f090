"""Rows between an SQLite file and a PostgreSQL database, each side in one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, Select, Table, func, insert, inspect, select, text

from course.backup import manifest
from course.db import Base

ROWS_AT_ONCE, BODIES_AT_ONCE = 1_000, 20


def kept() -> list[Table]:
    """The tables that are copied, those first that others point at."""
    return [table for table in Base.metadata.sorted_tables if table.name not in manifest.derived()]


def reading(table: Table) -> Select[*tuple[Any, ...]]:
    """A table's rows, with its columns sorted by name as the manifest has them."""
    return select(*(table.c[name] for name in sorted(table.c.keys())))


def parts(connection: Connection, query: Select[*tuple[Any, ...]]) -> Iterator[Sequence[Any]]:
    """A query's rows, some at a time: bodies of files are large."""
    many = any(isinstance(column.type, LargeBinary) for column in query.selected_columns)
    size = BODIES_AT_ONCE if many else ROWS_AT_ONCE
    yield from connection.execution_options(yield_per=size).execute(query).partitions(size)


def digests(connection: Connection, tables: Iterable[Table]) -> manifest.Manifest:
    """What a database has in these tables, as a manifest."""
    return {
        table.name: manifest.digest(row for part in parts(connection, reading(table)) for row in part)
        for table in tables
    }


def pour(source: Connection, target: Connection) -> None:
    """Fill the tables of a PostgreSQL database (at the newest schema, as the source is) in its open transaction."""
    tables = kept()
    with _unguarded(target):
        for table in reversed(Base.metadata.sorted_tables):
            target.execute(table.delete())
        for table in tables:
            for part in parts(source, reading(table)):
                target.execute(insert(table), [dict(row._mapping) for row in part])
        target.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    counters = {row.name: row.seq for row in source.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    for table, column in numbered(target):
        used = max(counters.get(table.name, 0), target.scalar(select(func.max(column))) or 0)
        target.execute(select(func.setval(_sequence(table, column), max(used, 1), used > 0)))


def numbered(connection: Connection) -> Iterator[tuple[Table, Column[Any]]]:
    """Tables whose key PostgreSQL counts up, and that key."""
    for table in kept():
        column = table.autoincrement_column
        if column is not None and connection.scalar(select(_sequence(table, column))):
            yield table, column


def _sequence(table: Table, column: Column[Any]) -> Any:
    return func.pg_get_serial_sequence(table.name, column.name)


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    """Triggers that refuse are off, and keys are checked at the end only. Where it fails the rollback undoes it."""
    names = [table.name for table in Base.metadata.sorted_tables]
    keys = [(name, key["name"]) for name in names for key in inspect(connection).get_foreign_keys(name)]

    def each(triggers: str, checked: str) -> None:
        for name in names:
            connection.execute(text(f'ALTER TABLE "{name}" {triggers}'))
        for name, key in keys:
            connection.execute(text(f'ALTER TABLE "{name}" ALTER CONSTRAINT "{key}" {checked}'))

    each("DISABLE TRIGGER USER", "DEFERRABLE INITIALLY DEFERRED")
    yield
    each("ENABLE TRIGGER USER", "NOT DEFERRABLE")
