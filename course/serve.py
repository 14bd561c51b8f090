"""`course serve`: bring the store up to date, publish the packs, then keep workers and one process for jobs running."""

import gc
import multiprocessing
import os
import re
import signal
import socket
import sys
import threading
import time
from dataclasses import fields
from pathlib import Path
from typing import Any

from flask import Flask

from course import create_app
from course.config import Config

MIGRATIONS = Path(__file__).parent.parent / "migrations"
SECONDS_BETWEEN_JOBS = 0.5
SECONDS_BETWEEN_SWEEPS = 60
SECONDS_TO_FINISH = 10
WAITING = 2048
"""Connections that a worker holds, most of them idle (browsers keep them); as many more wait to be accepted."""

_app: Flask | None = None
"""What was prepared before the workers were forked, so that they share its memory and start at once."""


class PortTaken(Exception):
    """Another program listens where this one should."""


def serve(config: Config) -> None:
    """Run until SIGTERM or SIGINT. A process that dies is replaced. Raises PortTaken."""
    global _app
    wait_for_port(config)
    hand_down(config)
    _app = create_app(config)
    prepare(_app)
    tell(_app, config)
    gc.freeze()
    ending = threading.Event()
    keeper = threading.Thread(target=keep_jobs_running, args=(start_jobs(), ending), name="jobs")
    keeper.start()
    try:
        while _run_server(config):
            time.sleep(1)
    finally:
        ending.set()
        keeper.join()


def wait_for_port(config: Config, seconds: float = 3) -> None:
    """Raises PortTaken. Workers would share the port with whoever has it, so it is tried before.

    Waits a little, because workers whose parent was killed take a second to leave.
    """
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    end = time.monotonic() + seconds
    while True:
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((config.host, config.port))
                return
            except OSError as error:
                if time.monotonic() > end:
                    raise PortTaken(
                        f"Cannot listen on {config.host}:{config.port}: {error.strerror}. "
                        "Stop the program that does, or choose another port: PORT=8001 course serve"
                    ) from None
        time.sleep(0.2)


def hand_down(config: Config) -> None:
    """Put the settings into the environment, for workers that are started afresh (where there is no fork)."""
    for setting in fields(config):
        value = getattr(config, setting.name)
        os.environ["COURSE_" + setting.name.upper()] = str(int(value) if isinstance(value, bool) else value)


def prepare(app: Flask) -> None:
    """Migrate the store and publish the packs. What is wrong with a pack is told; what was published before stays."""
    migrate(app)
    publish(app)
    with app.app_context():
        from course.db import db

        for engine in db.engines.values():  # a connection must not be shared with the processes to come
            engine.dispose()


def migrate(app: Flask) -> None:
    """Bring the store to the newest schema."""
    with app.app_context():
        if not _is_newest():
            from flask_migrate import upgrade

            upgrade(str(MIGRATIONS))


def _is_newest() -> bool:
    """Whether the store has the newest migration, without loading what runs them."""
    from sqlalchemy import inspect, text

    from course.db import db

    sources = [file.read_text("utf-8") for file in MIGRATIONS.glob("versions/*.py")]
    found, followed = (
        {name for source in sources for name in re.findall(rf'^{word} = "(\w+)"', source, re.MULTILINE)}
        for word in ("revision", "down_revision")
    )
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        have = set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    return have == found - followed


def publish(app: Flask) -> None:
    """Publish the packs, and index what was published elsewhere (or before a migration or upgrade)."""
    from course.catalogue.cli import told, with_progress
    from course.catalogue.folder import publish_folder
    from course.catalogue.indexing import index

    with app.app_context():
        for outcome in publish_folder(app.config["COURSE"].root, with_progress):
            if outcome.refused or outcome.number is not None or outcome.standing.how == "behind":
                told(outcome)
        index()


def tell(app: Flask, config: Config) -> None:
    """Print where the installation is and, while it has no admin, the link for the first one."""
    from course.people.letters import site_address
    from course.people.queries import has_admin
    from course.people.tokens import SETUP, made

    address = site_address(config)
    print(f"Serving on {address}", flush=True)
    with app.app_context():
        if not has_admin():
            print("There is no admin yet. Open this link within a day to set up the first account:", flush=True)
            print(f"  {address}/en/setup/{made(SETUP, 'first admin')}", flush=True)
        from course.db import db

        db.session.remove()
        db.engine.dispose()


def _run_server(config: Config) -> bool:
    """Serve. Returns whether to begin again: yes, if workers died so fast that the server gave up."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    server = Server(
        "course:create_app",
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        workers=config.workers or os.cpu_count() or 1,
        blocking_threads=1,
        backlog=WAITING,
        backpressure=WAITING,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_level=LogLevels.warning,
    )
    try:
        server.serve(target_loader=load)
    except SystemExit:
        return not server.interrupt_signal
    return False


def load(_target: str) -> Any:
    """A worker's application: the one that was prepared, or where processes are not forked a new one."""
    from course.web.overload import Gate, watch

    leave_with_parent()
    app = _app or create_app(Config.from_environment())
    gate = Gate(app)
    watch(gate, app.config["COURSE"])
    return gate


def start_jobs() -> multiprocessing.Process:
    jobs = multiprocessing.Process(target=run_jobs, name="jobs")
    jobs.start()
    return jobs


def keep_jobs_running(jobs: multiprocessing.Process, ending: threading.Event) -> None:
    """Replace the process for jobs when it dies, until told to end: mail must not wait for somebody to notice."""
    while not ending.wait(SECONDS_BETWEEN_JOBS):
        if not jobs.is_alive():
            jobs = start_jobs()
    jobs.terminate()
    jobs.join(SECONDS_TO_FINISH)


def run_jobs() -> None:
    """Deliver mail and sweep, until told to stop."""
    from course.db import db
    from course.people.delivery import deliver_due
    from course.web.sweeps import sweep_all

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    parent = os.getppid()
    app = _app or create_app(Config.from_environment())
    swept = 0.0
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


def leave_with_parent() -> None:
    """End this process when the one that started it is gone: it would keep the port and serve an old state."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="leave with parent", daemon=True).start()


def settings(**chosen: object) -> Config:
    """The settings of the environment, with what the command line chose instead (None: nothing).

    Raises ValueError on one that cannot be read.
    """
    given = {name: value for name, value in chosen.items() if value is not None}
    return Config.from_environment(**given)
