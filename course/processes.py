"""The processes beside the workers of `course serve`: one for jobs, and one that watches files where that is wanted."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask

from course import create_app
from course.config import Config

SECONDS_BETWEEN_JOBS = 0.5
SECONDS_BETWEEN_SWEEPS = 60
SECONDS_TO_FINISH = 10

prepared: Flask | None = None
"""What was prepared before the processes were forked, so that they share its memory and start at once."""


def application() -> Flask:
    """The application that was prepared; where processes are not forked a new one."""
    return prepared or create_app(Config.from_environment())


@contextmanager
def beside(config: Config) -> Iterator[None]:
    """Keep the processes beside the workers running."""
    ending = threading.Event()
    works = [run_jobs, run_watch] if config.watch else [run_jobs]
    keepers = [threading.Thread(target=keep_running, args=(work, start(work), ending)) for work in works]
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        ending.set()
        for keeper in keepers:
            keeper.join()


def start(work: Callable[[], None]) -> multiprocessing.Process:
    process = multiprocessing.Process(target=work, name=work.__name__)
    process.start()
    return process


def keep_running(work: Callable[[], None], process: multiprocessing.Process, ending: threading.Event) -> None:
    """Replace the process when it dies, until told to end: mail must not wait for somebody to notice."""
    while not ending.wait(SECONDS_BETWEEN_JOBS):
        if not process.is_alive():
            process = start(work)
    process.terminate()
    process.join(SECONDS_TO_FINISH)


def until_told() -> threading.Event:
    """An event that is set when this process is told to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def run_jobs() -> None:
    """Deliver mail and sweep, until told to stop."""
    from course.db import db
    from course.people.delivery import deliver_due
    from course.web.sweeps import run_long_jobs, sweep_all

    stop = until_told()
    parent = os.getppid()
    app = application()
    swept = 0.0
    threading.Thread(target=run_long_jobs, args=(app, stop), name="long jobs", daemon=True).start()
    while not stop.wait(SECONDS_BETWEEN_JOBS) and os.getppid() == parent:
        with app.app_context():
            try:
                deliver_due(app.config["COURSE"])
                if time.monotonic() - swept > SECONDS_BETWEEN_SWEEPS:
                    sweep_all(app)
                    swept = time.monotonic()
            except Exception as error:  # the store may be away for a while; the next round tries again
                print(f"Jobs wait: {type(error).__name__}: {error}"[:300], file=sys.stderr, flush=True)
                stop.wait(5)
            finally:
                db.session.remove()


def run_watch() -> None:
    """Publish what is saved in the files, until told to stop."""
    from course.authoring.files.watching import watch

    stop = until_told()
    leave_with_parent()
    watch(application(), stop)


def leave_with_parent() -> None:
    """End this process when the one that started it is gone: it would keep the port and serve an old state."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="leave with parent", daemon=True).start()
