"""How an open erasure opens tables that only grow: for one person, for their free text, and for nothing else.

The triggers that refuse every change (course/append_only.py) let a row through while an `erasure` of its person is
not done, if all that changes in it are the columns named here, each to what stands for an erased text. A migration
makes them; `done` closes them again, and no erasure is ever opened anew.
"""

from collections.abc import Mapping

ATTEMPTS_PERSON = "SELECT n.person_id FROM enrolment n JOIN attempt a ON a.enrolment_id = n.id WHERE a.id = {attempt}"
OPENED: Mapping[str, Mapping[str, str]] = {
    "response": {"value": "NULL", "text": "''"},
    "marking": {"reason": "''", "comment": "''"},
    "allowance": {"reason": "'-'"},
    "reset": {"reason": "'-'"},
    "audit": {"detail": "''", "salt": "NULL"},
}
"""By table, the columns that erasing may change, and to what."""
OTHERS: Mapping[str, tuple[str, ...]] = {
    "response": ("id", "attempt_question_id", "attempt_id", "number", "language", "received", "late"),
    "marking": ("id", "response_id", "fraction", "by", "version", "at", "levels", "revision_id"),
    "allowance": ("id", "enrolment_id", "item_id", "attempts", "time", "closes", "by", "at"),
    "reset": ("id", "enrolment_id", "item_id", "number", "by", "at"),
    "audit": ("id", "at", "actor", "verb", "subject", "person_id", "course", "digest", "previous", "link"),
}
"""The columns that stay as they are even then."""
PERSON: Mapping[str, str] = {
    "response": ATTEMPTS_PERSON.format(attempt="OLD.attempt_id"),
    "marking": ATTEMPTS_PERSON.format(attempt="(SELECT r.attempt_id FROM response r WHERE r.id = OLD.response_id)"),
    "allowance": "SELECT n.person_id FROM enrolment n WHERE n.id = OLD.enrolment_id",
    "reset": "SELECT n.person_id FROM enrolment n WHERE n.id = OLD.enrolment_id",
    "audit": "OLD.person_id, OLD.actor",
}
"""Whose a row is."""


def statements(dialect: str) -> list[str]:
    """The SQL that lets erasures through, for `sqlite` or `postgresql`, in place of what refuses every update."""
    make = _sqlite if dialect == "sqlite" else _postgresql
    return [statement for table in OPENED for statement in make(table)] + _guard_erasures(dialect)


def undoing(dialect: str) -> list[str]:
    """The SQL that refuses every update again."""
    from course.append_only import statements as refusing

    if dialect == "sqlite":
        undone = [f"DROP TRIGGER {table}_keeps_update" for table in OPENED]
        undone += [
            one for table in OPENED for one in refusing(dialect, growing=(table,), kept=()) if "BEFORE UPDATE" in one
        ]
        return [*undone, "DROP TRIGGER erasure_keeps_delete", "DROP TRIGGER erasure_stays_done"]
    undone = [
        f"DROP TRIGGER {name} ON {table}"
        for table in OPENED
        for name in (f"{table}_keeps_rows", f"{table}_keeps_update")
    ]
    undone += [f"DROP FUNCTION refuse_change_of_{table}()" for table in OPENED]
    undone += [
        one for table in OPENED for one in refusing(dialect, growing=(table,), kept=())[1:] if "_keeps_rows" in one
    ]
    names = ("erasure_keeps_rows", "erasure_keeps_all", "erasure_stays_done")
    return [*undone, *(f"DROP TRIGGER {name} ON erasure" for name in names), "DROP FUNCTION refuse_reopening()"]


def _sqlite(table: str) -> list[str]:
    return [
        f"DROP TRIGGER {table}_keeps_update",
        f"CREATE TRIGGER {table}_keeps_update BEFORE UPDATE ON {table} WHEN NOT ({_erases(table, 'IS')}) "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    ]


def _postgresql(table: str) -> list[str]:
    return [
        f"DROP TRIGGER {table}_keeps_rows ON {table}",
        f"CREATE TRIGGER {table}_keeps_rows BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        f"CREATE FUNCTION refuse_change_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {_erases(table, 'IS NOT DISTINCT FROM')} THEN RETURN NEW; END IF; "
        f"RAISE EXCEPTION USING MESSAGE = '{table} is append-only', ERRCODE = 'integrity_constraint_violation'; "
        "END $$",
        f"CREATE TRIGGER {table}_keeps_update BEFORE UPDATE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION refuse_change_of_{table}()",
    ]


def _erases(table: str, same: str) -> str:
    """A condition: the row's person is being erased, and nothing but erased texts changes."""
    kept = [f'NEW."{name}" {same} OLD."{name}"' for name in OTHERS[table]]
    gone = [f'(NEW."{name}" {same} OLD."{name}" OR NEW."{name}" {same} {to})' for name, to in OPENED[table].items()]
    being = f"EXISTS (SELECT 1 FROM erasure e WHERE e.done IS NULL AND e.person_id IN ({PERSON[table]}))"  # noqa: S608 - ours
    return " AND ".join([*kept, *gone, being])


def _guard_erasures(dialect: str) -> list[str]:
    """An erasure is never deleted, and once it is done it stays so."""
    from course.append_only import statements as refusing

    kept = [one for one in refusing(dialect, growing=(), kept=("erasure",)) if "CREATE OR REPLACE" not in one]
    if dialect == "sqlite":
        return [
            *kept,
            "CREATE TRIGGER erasure_stays_done BEFORE UPDATE ON erasure WHEN OLD.done IS NOT NULL "
            "OR NEW.person_id IS NOT OLD.person_id BEGIN SELECT RAISE(ABORT, 'erasure is append-only'); END",
        ]
    return [
        *kept,
        "CREATE FUNCTION refuse_reopening() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF OLD.done IS NULL AND NEW.person_id = OLD.person_id THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION USING MESSAGE = 'erasure is append-only', ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE TRIGGER erasure_stays_done BEFORE UPDATE ON erasure FOR EACH ROW EXECUTE FUNCTION refuse_reopening()",
    ]
