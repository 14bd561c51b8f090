"""What the machine itself can do: durable commits of the raw database, and hashes of a password."""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from course.config import Config
from course.db import sqlite
from course.people import passwords
from tests.bench.client import Sample


def commits(config: Config, seconds: float) -> Sample:
    """One row and one commit at a time, on the same file system and with the same durability (or in PostgreSQL)."""
    return _postgres(config, seconds) if config.database_url else _sqlite(config.instance, config.synchronous, seconds)


def _sqlite(folder: Path, synchronous: str, seconds: float) -> Sample:
    with tempfile.TemporaryDirectory(dir=folder) as home:
        connection = sqlite.connect(str(Path(home) / "raw.sqlite"), isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={synchronous}")
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)")
        sample = _timed(seconds, lambda: connection.execute("INSERT INTO t (v) VALUES ('an answer')"))
        connection.close()
    return sample


def _postgres(config: Config, seconds: float) -> Sample:
    import psycopg

    with psycopg.connect(config.database_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bench_raw (id bigserial PRIMARY KEY, v text)")
        return _timed(seconds, lambda: connection.execute("INSERT INTO bench_raw (v) VALUES ('an answer')"))


def hashes(_config: Config, seconds: float) -> Sample:
    """Password hashes on both cores at once (the library lets go of the interpreter's lock)."""
    stored = passwords.hashed("a pass phrase for the bench")
    with ThreadPoolExecutor(2) as pool:
        work = lambda _n: _timed(seconds, lambda: passwords.matches("a pass phrase for the bench", stored))  # noqa: E731
        halves = list(pool.map(work, range(2)))
    whole = Sample(seconds=seconds)
    for half in halves:
        whole.statuses += half.statuses
        whole.latencies += half.latencies
    return whole


def _timed(seconds: float, work: object) -> Sample:
    sample = Sample()
    start = now = time.perf_counter()
    while now - start < seconds:
        work()  # type: ignore[operator]
        before, now = now, time.perf_counter()
        sample.latencies.append(now - before)
    sample.seconds = now - start
    sample.statuses[200] = len(sample.latencies)
    return sample
