"""What has to be done now and then, whoever asks: rooms name it here, one process of `course serve` does it."""

import threading
import time
from collections.abc import Callable

import structlog
from flask import Flask

from course.db import db, transaction

Sweep = Callable[[], object]
LongJob = Callable[[], bool]
SECONDS_BETWEEN, SECONDS_AFTER_FAILURE = 1, 60
log = structlog.get_logger("course.sweep")


def on_sweep(app: Flask, sweep: Sweep) -> None:
    """Have `sweep` called about once a minute, in a transaction of its own. It must do no harm when called twice."""
    sweeps(app).append(sweep)


def sweeps(app: Flask) -> list[Sweep]:
    found: list[Sweep] = app.extensions.setdefault("course.sweeps", [])
    return found


def on_long_job(app: Flask, job: LongJob) -> None:
    """Have `job` called again and again, beside mail and sweeps. It makes its own transactions, does one piece of
    work that may take minutes, and says whether there was any.
    """
    long_jobs(app).append(job)


def long_jobs(app: Flask) -> list[LongJob]:
    found: list[LongJob] = app.extensions.setdefault("course.long jobs", [])
    return found


def run_long_jobs(app: Flask, stop: threading.Event) -> None:
    """Do what takes long, until told to stop; one that fails is logged, and called again a minute later."""
    rest = dict.fromkeys(long_jobs(app), 0.0)
    while not stop.wait(SECONDS_BETWEEN):
        for job in long_jobs(app):
            if time.monotonic() < rest[job]:
                continue
            with app.app_context():
                try:
                    job()
                except Exception:  # the store may be away for a while
                    log.exception("job failed", job=getattr(job, "__qualname__", str(job)))
                    rest[job] = time.monotonic() + SECONDS_AFTER_FAILURE
                finally:
                    db.session.remove()


def sweep_all(app: Flask) -> None:
    """Call them all; one that fails does not keep the others from their work."""
    for sweep in sweeps(app):
        try:
            with transaction():
                sweep()
        except Exception:
            log.exception("sweep failed", sweep=getattr(sweep, "__qualname__", str(sweep)))
