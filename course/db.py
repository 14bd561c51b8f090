"""Engines for SQLite and PostgreSQL, the declarative base, and one commit per request.

SQLite: write-ahead log, `synchronous=FULL`, foreign keys on, and BEGIN IMMEDIATE for transactions that
will write, because a read that turns into a write fails at once when another writer is there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from types import ModuleType
from typing import Annotated, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Connection, Engine, Integer, MetaData, Text, event
from sqlalchemy.orm import DeclarativeBase, mapped_column

from course.config import Config

try:
    sqlite: ModuleType = import_module("pysqlite3")
except ImportError:  # no wheel for this machine: the standard library's
    sqlite = import_module("sqlite3")

BUSY_MILLISECONDS = 10_000
# Releases of SQLite in which the write-ahead log's reset fault is mended.
_MENDED = {(3, 44, 6), (3, 50, 7)}

_writing: ContextVar[bool] = ContextVar("writing", default=False)

Key = BigInteger().with_variant(Integer(), "sqlite")
pk = Annotated[int, mapped_column(Key, primary_key=True, autoincrement=True)]
micros = Annotated[int, mapped_column(BigInteger)]
"""A moment: integer microseconds since 1970 UTC."""
short = Annotated[str, mapped_column(Text)]


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    # AUTOINCREMENT, or SQLite hands a deleted last id to the next row.
    __table_args__: Any = {"sqlite_autoincrement": True}


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def engine_options(config: Config) -> dict[str, Any]:
    """What `create_engine` needs for the configured store."""
    if config.store_url.startswith("sqlite"):
        config.instance.mkdir(parents=True, exist_ok=True)
        return {
            "module": sqlite,
            "connect_args": {"isolation_level": None, "timeout": BUSY_MILLISECONDS / 1000},
        }
    return {"pool_pre_ping": True, "pool_size": 2, "max_overflow": 2}


def prepare(engine: Engine, synchronous: str = "FULL") -> None:
    """Set up the engine's connections. Called once per engine, before its first connection."""
    if engine.dialect.name != "sqlite":
        return
    journal = "WAL" if _log_is_safe(sqlite.sqlite_version_info) else "DELETE"

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        for pragma in (
            f"busy_timeout={BUSY_MILLISECONDS}",
            f"journal_mode={journal}",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            # Without it INSERT OR REPLACE deletes rows past the triggers that refuse deletion.
            "recursive_triggers=ON",
            "trusted_schema=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def _log_is_safe(version: tuple[int, ...]) -> bool:
    return version >= (3, 51, 3) or version in _MENDED


@contextmanager
def writing() -> Iterator[None]:
    """Transactions begun inside take the write lock at once (SQLite; PostgreSQL locks rows itself)."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def transaction() -> Iterator[None]:
    """One transaction outside a request (commands, jobs): commits at the end, rolls back on an exception."""
    with writing():
        db.session.rollback()
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
