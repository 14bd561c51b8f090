"""All that is kept of a person, as plain data, made from what the columns declare."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, select

from course.clock import MICROSECONDS
from course.db import db
from course.people.privacy.rows import columns, of_person, personal_tables

Data = dict[str, list[dict[str, Any]]]


def download(person: int) -> Data:
    """By table, the person's rows: every declared column that a download holds, moments as ISO 8601 in UTC.

    Marks are left out: when they are shown, a quiz's rules say, and its page shows them.
    """
    found: Data = {}
    for table in personal_tables():
        shown = [column for column, what in columns(table) if what.exported]
        if not shown:
            continue
        query = select(*shown).where(of_person(table, person)).order_by(*table.primary_key.columns)
        rows = [
            {column.name: _plain(column, value) for column, value in zip(shown, row, strict=True)}
            for row in db.session.execute(query)
        ]
        if rows:
            found[table.name] = rows
    return found


def explained() -> list[dict[str, Any]]:
    """Every column that holds something of a person: table, column, purpose, how long, in the download, how erased."""
    return [
        {
            "table": table.name, "column": column.name, "purpose": what.purpose, "kept": what.kept,
            "in the download": what.exported, "erasing": what.erased,
        }
        for table in personal_tables()
        for column, what in columns(table)
    ]  # fmt: skip


def by_purpose() -> dict[str, tuple[list[str], list[str]]]:
    """For each purpose, the tables that serve it, in their order, and how long what is in them is kept."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for table in personal_tables():
        for _column, what in columns(table):
            tables, kept = found.setdefault(what.purpose, ([], []))
            for names, name in ((tables, table.name), (kept, what.kept)):
                if name not in names:
                    names.append(name)
    return found


def _plain(column: Column[Any], value: Any) -> Any:
    if isinstance(value, int) and isinstance(column.type, BigInteger) and value > MICROSECONDS * 10**6:
        return datetime.fromtimestamp(value / MICROSECONDS, UTC).isoformat(timespec="seconds")
    return value
