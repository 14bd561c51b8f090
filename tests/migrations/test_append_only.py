"""The database itself refuses to change or forget what may only grow, whatever asks it to."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask
from sqlalchemy import BigInteger, Connection, text
from sqlalchemy.exc import DBAPIError

from course.append_only import ADDED, GROWING, KEPT, kept_triggers
from course.db import Base, db, writing


@contextmanager
def refused(word: str = "append-only") -> Iterator[Connection]:
    """A connection on which something is tried that the database must refuse."""
    with db.engine.connect() as connection:
        with pytest.raises(DBAPIError, match=word):
            yield connection
        connection.rollback()


def first_column(table: str) -> str:
    return next(column.name for column in Base.metadata.tables[table].columns)


def count(connection: Connection, table: str) -> int:
    return connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0


def sqlite_triggers(connection: Connection) -> set[str]:
    if db.engine.dialect.name != "sqlite":
        return set()
    return set(connection.scalars(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")))


def test_the_tables_that_people_s_results_hang_on_are_guarded() -> None:
    assert {"event", "response", "marking", "revision", "publication", "audit"} <= set(GROWING)
    assert {"completion", "attempt", "save", "person"} <= set(KEPT)


def not_refused(tables: Iterable[str], statement: str) -> list[str]:
    """Those of the tables, each with rows in it, in which the database lets a statement have its way."""
    let = []
    for table in tables:
        with db.engine.connect() as connection:
            assert count(connection, table), table
            try:
                connection.execute(text(statement.format(table=table, column=first_column(table))))
                let.append(table)
            except DBAPIError as error:
                if "append-only" not in str(error):
                    raise
            connection.rollback()
    return let


def test_a_row_is_never_changed(lived_in: Flask) -> None:
    assert not_refused([*GROWING, *ADDED], "UPDATE {table} SET {column} = {column}") == []


def test_a_row_is_never_deleted(lived_in: Flask) -> None:
    assert not_refused([*GROWING, *ADDED, *KEPT], "DELETE FROM {table}") == []


def test_a_table_is_never_emptied_at_once(lived_in: Flask) -> None:
    """SQLite's DELETE without WHERE is its TRUNCATE."""
    empty = "DELETE FROM {table}" if db.engine.dialect.name == "sqlite" else "TRUNCATE {table} CASCADE"
    assert not_refused([*GROWING, *ADDED, *KEPT], empty) == []


def test_a_row_is_never_replaced(lived_in: Flask) -> None:
    """`INSERT OR REPLACE` deletes; without `recursive_triggers` SQLite does not ask the triggers."""
    if db.engine.dialect.name == "sqlite":
        assert not_refused([*GROWING, *ADDED], "INSERT OR REPLACE INTO {table} SELECT * FROM {table}") == []


def test_what_may_change_is_not_refused(lived_in: Flask) -> None:
    assert not_refused(["position"], "DELETE FROM {table}") == ["position"]


def test_a_table_that_a_migration_changes_keeps_its_triggers_and_its_rows(lived_in: Flask) -> None:
    with writing(), db.engine.connect() as connection:
        if db.engine.dialect.name == "sqlite":
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
            connection.execute(
                text("CREATE TRIGGER odd BEFORE DELETE ON completion BEGIN SELECT '50%' LIKE '%50%'; END")
            )
        guarded = sqlite_triggers(connection)
        before = count(connection, "completion")
        with kept_triggers(connection):
            operations = Operations(MigrationContext.configure(connection))
            with operations.batch_alter_table("completion") as batch:
                batch.alter_column("at", existing_type=BigInteger(), nullable=True)
        assert count(connection, "completion") == before > 0
        assert sqlite_triggers(connection) == guarded
        connection.commit()
        if db.engine.dialect.name == "sqlite":
            connection.connection.cursor().execute("PRAGMA foreign_keys=ON")
    with refused() as connection:
        connection.execute(text("DELETE FROM completion"))
