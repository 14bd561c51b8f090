"""Engines for SQLite and PostgreSQL, the declarative base, and one commit per request.

SQLite: write-ahead log, `synchronous=FULL`, foreign keys on, and BEGIN IMMEDIATE for transactions that
will write, because a read that turns into a write fails at once when another writer is there. Writers take
turns by a lock on a file: SQLite's own waiting is a poll, and who has bad luck in it waits for half a second.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from io import BufferedWriter
from types import ModuleType
from typing import Annotated, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, ClauseElement, Connection, Dialect, Engine, Integer, MetaData, Text, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

from course.config import Config

try:
    sqlite: ModuleType = import_module("pysqlite3")
except ImportError:  # no wheel for this machine: the standard library's
    sqlite = import_module("sqlite3")
try:
    locks: ModuleType | None = import_module("fcntl")
except ImportError:  # no such locks on this system: writers wait as SQLite makes them
    locks = None

BUSY_MILLISECONDS = 10_000
PATIENCE_SECONDS, POLL_SECONDS = 2, 0.0002
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
    """What `create_engine` needs for the configured store. Its errors, and so the log, hold nothing people wrote."""
    if config.store_url.startswith("sqlite"):
        config.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        return {
            "module": sqlite,
            "connect_args": {"isolation_level": None, "timeout": BUSY_MILLISECONDS / 1000},
            "hide_parameters": True,
        }
    return {"pool_pre_ping": True, "pool_size": 2, "max_overflow": 2, "hide_parameters": True}


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
            # What is erased must not stay in pages that are free.
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        if _writing.get():
            _take_turn(connection)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")

    @event.listens_for(engine, "checkin")  # comes after the commit; the event `commit` before it
    @event.listens_for(engine, "close")
    def _over(_connection: Any, record: Any) -> None:
        if locks and record is not None and (turn := record.info.pop("turn", None)) is not None:
            turn.close()  # which lets go of the lock, as the death of the process does


def _take_turn(connection: Connection) -> None:
    """Wait until no other process or thread writes. Held until the connection goes back to the pool.

    It is a courtesy: who has waited too long goes on without it, and then SQLite's own lock decides.
    """
    path = connection.engine.url.database
    if not locks or not path or "turn" in connection.info:
        return
    try:
        turn: BufferedWriter = open(f"{path}-turn", "ab")  # noqa: SIM115 - closed when the connection is given back
    except OSError:  # a disk that is full or may only be read: SQLite says so itself, and is understood
        return
    connection.info["turn"] = turn
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            locks.flock(turn, locks.LOCK_EX | locks.LOCK_NB)
            return
        except BlockingIOError:
            time.sleep(POLL_SECONDS)


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
def reading() -> Iterator[None]:
    """Transactions begun inside wait for no turn: for a request that might write, and turns out not to."""
    token = _writing.set(False)
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


class Statement:
    """A statement that is composed once and then handed to the driver as text: for what every request asks.

    Composing one with SQLAlchemy, and wrapping its rows, costs ten times what the database takes to answer.
    `apart`: it reads what a write need not wait its turn for, such as who asks.
    """

    def __init__(self, composed: Callable[[], ClauseElement], apart: bool = False) -> None:
        self._composed = composed
        self._apart = apart
        self._texts: dict[str, tuple[str, Sequence[str] | None, Mapping[str, Any]]] = {}

    def rows(self, **values: object) -> list[tuple[Any, ...]]:
        """What it gives, with these values for its parameters. Sees what the request has written, as a session does.

        In a request that may write it is part of the transaction, else one of its own.
        Raises `sqlalchemy.exc.DBAPIError`.
        """
        engine = db.engine
        text, order, fixed = self._texts.get(engine.dialect.name) or self._compiled(engine.dialect)
        given = {**fixed, **values}
        parameters = given if order is None else [given[name] for name in order]
        begun = db.session.registry.has() and db.session().in_transaction()
        if begun or (_writing.get() and not self._apart):
            session = db.session()
            session.flush()
            return _run(engine, _driver(session), text, parameters)
        connection = engine.raw_connection()
        try:
            return _run(engine, connection, text, parameters)
        finally:
            connection.close()

    def _compiled(self, dialect: Dialect) -> tuple[str, Sequence[str] | None, Mapping[str, Any]]:
        made = self._composed().compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        self._texts[dialect.name] = made.string, getattr(made, "positiontup", None), made.params
        return self._texts[dialect.name]


def _driver(session: Session) -> Any:
    """The session's own connection, asked for once in a transaction: the way to it through the session is long."""
    known = session.info.get("driver")
    if known is None or known[0] is not session.get_transaction():
        connection = session.connection().connection
        known = session.info["driver"] = session.get_transaction(), connection
    return known[1]


def _run(engine: Engine, connection: Any, text: str, parameters: Any) -> list[tuple[Any, ...]]:
    cursor = connection.cursor()
    try:
        cursor.execute(text, parameters)
        return cursor.fetchall() if cursor.description else []
    except engine.dialect.loaded_dbapi.Error as error:
        raised = engine.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(
            text, parameters, error, raised, hide_parameters=True, dialect=engine.dialect
        ) from error
    finally:
        cursor.close()
