"""An open erasure lets one person's free text go, and nothing else, ever."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from course.db import Base, db, writing
from course.people.privacy.opening import OPENED, OTHERS
from tests.people.privacy.conftest import Life


def refused(*statements: str) -> bool:
    """Whether the last of the statements is refused as a change of what only grows. Nothing of it stays."""
    with writing(), db.engine.connect() as connection:
        for statement in statements[:-1]:
            connection.execute(text(statement))
        found = _refuses(connection, statements[-1])
        connection.rollback()
    return found


def _refuses(connection: Connection, statement: str) -> bool:
    try:
        connection.execute(text(statement))
    except DBAPIError as error:
        return "append-only" in str(error)
    return False


@pytest.fixture(autouse=True)
def _inside(life: Life) -> Iterator[None]:
    with life.app.app_context():
        yield
        db.session.remove()


def test_only_the_texts_of_the_person_who_is_erased_can_change(life: Life) -> None:
    begun = f"INSERT INTO erasure (person_id, at, by) VALUES ({life.person}, 1, {life.person})"
    of_other = f"INSERT INTO erasure (person_id, at, by) VALUES ({life.other}, 1, {life.other})"
    for table, opened in OPENED.items():
        whose = "" if table != "audit" else f" WHERE person_id = {life.person}"
        everything = ", ".join(f"{name} = {to}" for name, to in opened.items())
        assert refused(f"UPDATE {table} SET {everything}{whose}"), table
        assert not refused(begun, f"UPDATE {table} SET {everything}{whose}"), table
        assert table == "audit" or refused(of_other, f"UPDATE {table} SET {everything}"), table
        for name in OTHERS[table]:
            kind = Base.metadata.tables[table].columns[name].type.python_type
            other = "'x'" if kind is str else f"NOT {name}" if kind is bool else "999999"
            assert refused(begun, f'UPDATE {table} SET "{name}" = {other}{whose}'), f"{table}.{name}"
        for name in opened:
            assert refused(begun, f"UPDATE {table} SET {name} = 'other words'{whose}"), f"{table}.{name}"
        assert refused(begun, f"DELETE FROM {table}{whose}"), table


def test_an_erasure_that_is_done_opens_nothing_and_stays_done(life: Life) -> None:
    begun = f"INSERT INTO erasure (person_id, at, by, done) VALUES ({life.person}, 1, {life.person}, 2)"
    assert refused(begun, "UPDATE allowance SET reason = '-'")
    assert refused(begun, "UPDATE erasure SET done = NULL")
    assert refused(begun, "DELETE FROM erasure")


@pytest.mark.parametrize("change", ["UPDATE response SET text = ''", "DELETE FROM marking"])
def test_without_an_erasure_nothing_is_open(life: Life, change: str) -> None:
    assert refused(change)
