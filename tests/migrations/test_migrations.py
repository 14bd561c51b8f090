"""The schema goes up and down with people's records in it, and is the one that the models describe."""

from collections import Counter
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, inspect, text

from course.db import Base, db
from tests.stores import MIGRATIONS

Rows = dict[str, Counter[str]]


def revisions() -> list[str]:
    """From the newest to the first."""
    return [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def rows() -> Rows:
    """Every row of every table, as text."""
    with db.engine.connect() as connection:
        return {name: Counter(map(repr, connection.execute(text(f"SELECT * FROM {name}")))) for name in tables()}


def triggers() -> set[Any]:
    """Every trigger: its table, its name, and what it does."""
    sqlite = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"
    postgresql = "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    with db.engine.connect() as connection:
        found = connection.execute(text(sqlite if db.engine.dialect.name == "sqlite" else postgresql))
        return {tuple(row) for row in found}


def to(move: Any, revision: str) -> None:
    db.session.remove()
    move(str(MIGRATIONS), revision=revision)


def test_the_migrations_are_one_line_without_branches() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert len(scripts.get_heads()) == len(scripts.get_bases()) == 1
    assert revisions() == sorted(revisions(), reverse=True)


def test_the_tables_are_those_of_the_models(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_named_constraints_are_those_of_the_models(app: Flask) -> None:
    """Alembic itself does not compare checks."""
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            declared = {str(one.name) for one in table.constraints if isinstance(one, CheckConstraint)}
            found = {str(one["name"]) for one in inspect(db.engine).get_check_constraints(table.name)}
            assert found == declared, table.name


def test_every_table_has_rows_here(lived_in: Flask) -> None:
    """Or the tests below would prove nothing for it. Sign-ins, throttles and later rooms' tables have no history."""
    empty = {name for name, found in rows().items() if not found}
    assert empty <= {"edition", "erasure", "note", "settlement", "sign_in", "throttle", "trainership"}


def test_each_step_down_and_up_again_keeps_the_records_of_what_was_there_before_it(lived_in: Flask) -> None:
    before, guarded = rows(), triggers()
    for down in [*revisions()[1:]]:
        to(downgrade, down)
        there = tables()
        assert {name: found for name, found in rows().items() if name in there} == {
            name: found for name, found in before.items() if name in there
        }
        assert triggers() == {one for one in guarded if one[0] in there}
        to(upgrade, "head")
        assert {name: found for name, found in rows().items() if name in there} == {
            name: found for name, found in before.items() if name in there
        }
        assert triggers() == guarded


def test_all_the_way_down_leaves_nothing_and_up_again_everything(lived_in: Flask) -> None:
    guarded, known = triggers(), tables()
    to(downgrade, "base")
    assert tables() == set()
    assert triggers() == set()
    to(upgrade, "head")
    assert tables() == known
    assert triggers() == guarded


def test_going_up_twice_is_going_up_once(lived_in: Flask) -> None:
    before = rows()
    to(upgrade, "head")
    assert rows() == before
