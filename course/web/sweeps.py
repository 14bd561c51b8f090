"""What has to be done now and then, whoever asks: rooms name it here, one process of `course serve` does it."""

from collections.abc import Callable

import structlog
from flask import Flask

from course.db import transaction

Sweep = Callable[[], object]
log = structlog.get_logger("course.sweep")


def on_sweep(app: Flask, sweep: Sweep) -> None:
    """Have `sweep` called about once a minute, in a transaction of its own. It must do no harm when called twice."""
    sweeps(app).append(sweep)


def sweeps(app: Flask) -> list[Sweep]:
    found: list[Sweep] = app.extensions.setdefault("course.sweeps", [])
    return found


def sweep_all(app: Flask) -> None:
    """Call them all; one that fails does not keep the others from their work."""
    for sweep in sweeps(app):
        try:
            with transaction():
                sweep()
        except Exception:
            log.exception("sweep failed", sweep=getattr(sweep, "__qualname__", str(sweep)))
