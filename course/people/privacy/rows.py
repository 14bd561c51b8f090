"""Which rows of which tables are a person's: found by the foreign keys that lead to them."""

from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, select

from course.db import Base
from course.personal import Personal, declared

WAYS = ("person_id", "enrolment_id", "attempt_id", "response_id")
"""Columns that lead to a row's person, in the order in which they are tried."""


@cache
def personal_tables() -> tuple[Table, ...]:
    """Every table with a declared column, so that none comes before one that it points to."""
    return tuple(table for table in Base.metadata.sorted_tables if any(declared(one) for one in table.columns))


def columns(table: Table) -> list[tuple[Column[Any], Personal]]:
    """The declared columns of a table."""
    return [(column, what) for column in table.columns if (what := declared(column))]


def of_person(table: Table, person: int) -> ColumnElement[bool]:
    """For a query: the rows of this person. Raises LookupError for a table from which no way leads to a person."""
    for name in WAYS:
        if name not in table.columns:
            continue
        column = table.columns[name]
        key = next(iter(column.foreign_keys)).column
        if key.table.name == "person":
            return column == person
        return column.in_(_ids(key, person))
    raise LookupError(f"{table.name} holds something of a person, and no column says of whom: one of {WAYS}")


def _ids(key: Column[Any], person: int) -> Select[Any]:
    return select(key).where(of_person(key.table, person))
