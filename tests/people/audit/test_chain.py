"""The audit log shows when somebody changed it behind the engine's back, and forgets what it has to forget."""

import ast
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, delete, insert, select, text, update

from course import clock
from course.append_only import dropping, statements
from course.db import db, transaction, writing
from course.people.actions import add_person
from course.people.audit.actions import audit
from course.people.audit.cli import audit as command
from course.people.audit.models import AuditEntry
from course.people.audit.verbs import GROUPS, VERBS
from course.people.audit.verify import verify
from course.people.models import Erasure


@pytest.fixture
def people(app: Flask) -> Iterator[tuple[int, int]]:
    """An admin and a learner, and some deeds of the one to the other."""
    with app.app_context():
        with transaction():
            ada = add_person("ada@example.org", None, role="admin").person_id
            ben = add_person("ben@example.org", None, by=ada).person_id
        for number in range(3):
            with transaction():
                audit(ada, "regraded", ben, f"attempt {number}", course="sse", detail=f"The key was wrong: {number}")
        yield ada, ben
        db.session.remove()


@contextmanager
def behind_the_back() -> Iterator[Connection]:
    """The database in the hands of somebody who may do anything on it."""
    db.session.rollback()
    sqlite = db.engine.dialect.name == "sqlite"
    with writing(), db.engine.begin() as connection:
        for statement in dropping("sqlite", ("audit",), ()) if sqlite else ["ALTER TABLE audit DISABLE TRIGGER USER"]:
            connection.execute(text(statement))
        yield connection
        for statement in statements("sqlite", ("audit",), ()) if sqlite else ["ALTER TABLE audit ENABLE TRIGGER USER"]:
            connection.execute(text(statement))


def ids() -> list[int]:
    return list(db.session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)))


def test_an_untouched_chain_holds(people: tuple[int, int]) -> None:
    found = verify()
    assert (found.broken, found.entries) == (None, len(ids()))
    assert found.entries >= 6


def test_deeds_that_were_undone_are_not_told(people: tuple[int, int]) -> None:
    before = ids()
    with suppress(ZeroDivisionError), transaction():
        audit(None, "granted", people[1])
        raise ZeroDivisionError
    with transaction():
        audit(None, "marked", people[1], "kept")
        with suppress(ZeroDivisionError), db.session.begin_nested():
            audit(None, "marked", people[1], "undone")
            raise ZeroDivisionError
        with db.session.begin_nested():
            audit(None, "marked", people[1], "kept, too")
    query = select(AuditEntry.subject).where(AuditEntry.id > before[-1]).order_by(AuditEntry.id)
    assert list(db.session.scalars(query)) == ["kept", "kept, too"]
    assert verify().broken is None


SAYING = ("at", "actor", "verb", "subject", "person_id", "course", "detail", "digest", "link")


@pytest.mark.parametrize("column", SAYING)
def test_a_changed_entry_is_named(people: tuple[int, int], column: str) -> None:
    victim = ids()[-2]
    new = {"at": 1, "actor": people[1], "person_id": people[0]}.get(column, "another")
    with behind_the_back() as connection:
        connection.execute(update(AuditEntry).where(AuditEntry.id == victim).values({column: new}))
    assert verify().broken == victim


def test_an_entry_that_was_taken_out_is_missed_at_the_next_one(people: tuple[int, int]) -> None:
    every = ids()
    with behind_the_back() as connection:
        connection.execute(delete(AuditEntry).where(AuditEntry.id == every[1]))
    found = verify()
    assert (found.broken, found.entries) == (every[2], 1)
    assert "taken out" in found.why


def test_an_entry_that_was_slipped_in_does_not_hold(people: tuple[int, int]) -> None:
    last = verify().last
    with behind_the_back() as connection:
        forged = {"at": clock.now(), "verb": "granted", "subject": "", "previous": last, "link": "0" * 64}
        connection.execute(insert(AuditEntry).values(**forged))
    assert verify().broken == ids()[-1]


def test_what_was_cut_off_is_missed_by_who_noted_the_last_link(people: tuple[int, int]) -> None:
    noted = verify().last
    assert verify(noted).met
    newest = ids()[-1]
    with behind_the_back() as connection:
        connection.execute(delete(AuditEntry).where(AuditEntry.id == newest))
    assert verify().broken is None
    assert not verify(noted).met


def test_a_text_can_be_erased_and_the_chain_holds(people: tuple[int, int]) -> None:
    gone = update(AuditEntry).where(AuditEntry.person_id == people[1]).values(detail="", salt=None)
    with behind_the_back() as connection:
        connection.execute(gone)
    assert "nobody was erased" in verify().why
    with transaction():
        db.session.add(Erasure(person_id=people[1], at=clock.now(), by=people[1], done=clock.now()))
    assert verify().broken is None


def test_the_same_text_never_has_the_same_digest(people: tuple[int, int]) -> None:
    with transaction():
        audit(None, "granted", people[1], detail="ill")
        audit(None, "granted", people[1], detail="ill")
    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(2)).all()
    assert last[0].digest != last[1].digest


def test_those_who_append_at_once_make_one_chain(people: tuple[int, int], app: Flask) -> None:
    before = len(ids())
    db.session.rollback()

    def deeds(who: int) -> None:
        with app.app_context():
            for number in range(10):
                with transaction():
                    audit(who, "marked", people[1], f"attempt {number}")
            db.session.remove()

    both = [threading.Thread(target=deeds, args=(who,)) for who in people]
    for one in both:
        one.start()
    for one in both:
        one.join()
    found = verify()
    assert (found.broken, found.entries) == (None, before + 20)


def test_the_command_says_that_it_holds_or_names_what_is_broken(people: tuple[int, int], app: Flask) -> None:
    run = app.test_cli_runner()
    held = run.invoke(command, ["verify"])
    assert held.exit_code == 0
    assert verify().last in held.output
    assert run.invoke(command, ["verify", "--known", "0" * 64]).exit_code == 1
    victim = ids()[2]
    with behind_the_back() as connection:
        connection.execute(update(AuditEntry).where(AuditEntry.id == victim).values(subject="another"))
    broken = run.invoke(command, ["verify"])
    assert broken.exit_code == 1
    assert f"entry {victim}:" in broken.output


def test_every_deed_that_is_told_has_words() -> None:
    told: set[str] = set()
    for path in (Path(__file__).parents[3] / "course").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "audit":
                told |= {one.value for one in node.args[1:2] if isinstance(one, ast.Constant)}
    assert {"marked", "signed in", "granted"} <= told
    assert told <= set(VERBS), "give them words in course/people/audit/verbs.py"
    assert {group for group, _words in VERBS.values()} == set(GROUPS)
