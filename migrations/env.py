"""Runs the migrations on the application's own engine. Alembic calls this file.

SQLite: foreign keys are off while tables are rebuilt (a rebuild would cascade into children), and are
checked before the commit; the triggers that keep a rebuilt table append-only are put back. PostgreSQL: instances that
start at once take turns, and who comes second finds nothing left to do.
"""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from course.append_only import kept_triggers
from course.catalogue.search.models import UNDESCRIBED
from course.db import Base, db, writing

TURN = 7_236_117
"""The number of the advisory lock that migrations hold. It means nothing."""


def check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"The migration would leave {len(broken)} rows pointing at nothing: {broken[:5]}")


def run() -> None:
    engine = db.engine
    sqlite = engine.dialect.name == "sqlite"
    with writing(), engine.connect() as connection:
        if sqlite:
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        try:
            context.configure(
                connection=connection,
                target_metadata=Base.metadata,
                render_as_batch=True,
                transaction_per_migration=False,
                compare_type=True,
                include_name=lambda name, _kind, _parents: name not in UNDESCRIBED,
            )
            with context.begin_transaction(), kept_triggers(connection):
                if not sqlite:
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")
                context.run_migrations()
                if sqlite:
                    check_foreign_keys(connection)
        finally:
            if sqlite:
                connection.connection.cursor().execute("PRAGMA foreign_keys=ON")


with current_app.app_context():
    run()
