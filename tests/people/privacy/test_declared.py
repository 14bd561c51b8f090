"""Every column says what it holds of a person, or is known to hold nothing."""

from typing import get_args

from flask import Flask

from course.db import Base
from course.people.privacy.opening import OPENED, OTHERS
from course.people.privacy.rows import columns, of_person, personal_tables
from course.personal import Erased, declared
from tests.people.privacy.plain import PLAIN

KNOWN = {f"{table}.{name}" for table, names in PLAIN.items() for name in names.split()}


def test_every_column_is_declared_or_known_to_be_plain(app: Flask) -> None:
    undeclared = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if not (column.primary_key or column.foreign_keys or declared(column))
    }
    assert undeclared <= KNOWN, "declare them (course/personal.py), or list them in tests/people/privacy/plain.py"
    assert {name for name in KNOWN if "throttle.key" not in name} <= undeclared, "listed, and no longer there"


def test_every_declaration_is_one_that_erasing_knows(app: Flask) -> None:
    for table in personal_tables():
        of_person(table, 1)
        ways = {what.erased for _column, what in columns(table)}
        assert ways <= set(get_args(Erased))
        assert "row" not in ways or ways == {"row"}, f"{table.name}: a row goes as a whole, or not at all"


def test_what_erasing_may_change_is_what_is_declared_so(app: Flask) -> None:
    for name, opened in OPENED.items():
        table = Base.metadata.tables[name]
        emptied = {column.name for column, what in columns(table) if what.erased in ("emptied", "typed")}
        assert set(opened) == emptied
        assert {*opened, *OTHERS[name]} == {column.name for column in table.columns}
