"""SQLite's write-ahead log still holds pages as they were before an erasure; it is written back and emptied."""

from course.db import BUSY_MILLISECONDS, db

PATIENCE_MILLISECONDS = 300


def cut_off() -> None:
    """Empty the log, unless somebody reads from it for longer than a moment: then a sweep does it a minute later."""
    if db.engine.dialect.name != "sqlite":
        return
    db.session.remove()
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE_MILLISECONDS}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        cursor.close()
    finally:
        connection.close()
