"""The schema goes up and down with people's records in it, and is the one that the models describe."""

import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, column, inspect, select, text
from sqlalchemy import table as sql_table

from course.catalogue.search.models import UNDESCRIBED
from course.config import Config
from course.db import Base, db
from tests.stores import MIGRATIONS, PostgresStore, migrate

GUARDED_LATER = {"erasure"}
"""Tables that got their triggers after they were made."""
Rows = dict[str, Counter[str]]
Columns = dict[str, tuple[str, ...]]


def revisions() -> list[str]:
    """From the newest to the first."""
    return [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def columns() -> Columns:
    """The columns of every table, in their order."""
    found = inspect(db.engine)
    return {name: tuple(column["name"] for column in found.get_columns(name)) for name in tables()}


def rows(of: Columns | None = None) -> Rows:
    """Every row of every table, as text; of these columns only, where they are named."""
    with db.engine.connect() as connection:
        return {
            table: Counter(map(repr, connection.execute(select(*map(column, names)).select_from(sql_table(table)))))
            for table, names in (of or columns()).items()
        }


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


def _described(name: str | None, _kind: str, _parents: object) -> bool:
    return name not in UNDESCRIBED


def test_the_migrations_are_one_line_without_branches() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert len(scripts.get_heads()) == len(scripts.get_bases()) == 1
    assert revisions() == sorted(revisions(), reverse=True)


def test_the_tables_are_those_of_the_models(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "render_as_batch": True, "include_name": _described}
        )
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
    assert empty <= {
        "edition",
        "erasure",
        "export",
        "note",
        "settlement",
        "sign_in",
        "simulated",
        "throttle",
        "trainership",
    }


def test_each_step_down_and_up_again_keeps_the_records_of_what_was_there_before_it(lived_in: Flask) -> None:
    everything, guarded = columns(), triggers()
    before = {table: rows({table: names}) for table, names in everything.items()}
    for down in [*revisions()[1:]]:
        to(downgrade, down)
        there = columns()
        kept = {name: tuple(one for one in names if one in everything[name]) for name, names in there.items()}
        assert kept == there, "no step down makes what is not there later"
        lower = rows(kept)
        guards = {one[0] for one in guarded if one[0] in there} - GUARDED_LATER
        assert {one[0] for one in triggers()} - GUARDED_LATER == guards
        to(upgrade, "head")
        assert rows(kept) == lower
        whole = [name for name, names in kept.items() if names == everything[name]]
        assert {name: lower[name] for name in whole} == {name: before[name][name] for name in whole}
        assert {name: found.total() for name, found in lower.items()} == {
            name: before[name][name].total() for name in there
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


@pytest.mark.postgres
def test_on_postgresql_migrations_wait_for_those_of_another_instance(
    postgres_store: PostgresStore, tmp_path: Path
) -> None:
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = "
    waiting += "(SELECT oid FROM pg_database WHERE datname = current_database())"
    with postgres_store.database(tmp_path) as url:
        config = Config(instance=tmp_path, database_url=url, secret_key="test")
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as other:
            other.execute("SELECT pg_advisory_lock(7236117)")
            late = threading.Thread(target=migrate, args=(config,))
            late.start()
            end = time.monotonic() + 60
            while other.execute(waiting).fetchone() == (0,):
                assert late.is_alive()
                assert time.monotonic() < end
                time.sleep(0.05)
            other.execute("SELECT pg_advisory_unlock(7236117)")
            late.join(60)
        assert not late.is_alive()
