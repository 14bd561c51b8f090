"""Triggers by which the database itself refuses to change what may only grow.

Migrations make them. Erasing a person opens some of them for that person's free text, and for nothing else
(`people/privacy/opening.py`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

GROWING = ("event", "response", "marking", "revision", "revision_file", "blob", "publication", "audit")
"""Tables that only grow: no UPDATE, no DELETE, no TRUNCATE."""
ADDED = ("allowance", "reset")
"""Tables that only grow, too, and came later: the triggers are made by the migration that makes the table."""
KEPT = ("completion", "person", "attempt", "attempt_question", "save", "item", "item_name")
"""Tables whose rows may change but are never deleted."""


def statements(dialect: str, growing: tuple[str, ...] = GROWING, kept: tuple[str, ...] = KEPT) -> list[str]:
    """The SQL that makes the triggers, for `sqlite` or `postgresql`."""
    make = _sqlite if dialect == "sqlite" else _postgresql
    made = [] if dialect == "sqlite" else [_REFUSE]
    for table in growing:
        made += make(table, ("UPDATE", "DELETE"))
    for table in kept:
        made += make(table, ("DELETE",))
    return made


def dropping(dialect: str, growing: tuple[str, ...] = GROWING, kept: tuple[str, ...] = KEPT) -> list[str]:
    """The SQL that takes the triggers away again, for a migration's way down."""
    if dialect != "sqlite":
        return ["DROP FUNCTION IF EXISTS refuse_change() CASCADE"]
    names = [f"{table}_keeps_{verb}" for table in growing for verb in ("update", "delete")]
    names += [f"{table}_keeps_delete" for table in kept]
    return [f"DROP TRIGGER IF EXISTS {name}" for name in names]


def _sqlite(table: str, verbs: tuple[str, ...]) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_keeps_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in verbs
    ]


_REFUSE = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'integrity_constraint_violation'; "
    "END $$"
)


def _postgresql(table: str, verbs: tuple[str, ...]) -> list[str]:
    rows = " OR ".join(verbs)
    return [
        f"CREATE TRIGGER {table}_keeps_rows BEFORE {rows} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"CREATE TRIGGER {table}_keeps_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT "
        "EXECUTE FUNCTION refuse_change()",
    ]


@contextmanager
def kept_triggers(connection: Connection) -> Iterator[None]:
    """Put back the triggers that rebuilding a table drops (SQLite), where the table is still there after."""
    if connection.dialect.name != "sqlite":
        yield
        return
    before = _triggers(connection)
    yield
    tables = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    after = _triggers(connection)
    for (name, table), sql in before.items():
        if table in tables and (name, table) not in after:
            connection.exec_driver_sql(sql)


def _triggers(connection: Connection) -> dict[tuple[str, str], str]:
    rows = connection.exec_driver_sql("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {(row[0], row[1]): row[2] for row in rows}
