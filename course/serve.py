"""`course serve`: bring the store up to date, publish the packs, then keep workers and one process for jobs running."""

import gc
import os
import re
import socket
import time
from dataclasses import fields
from pathlib import Path
from typing import Any

from flask import Flask

from course import create_app, processes
from course.config import Config

MIGRATIONS = Path(__file__).parent.parent / "migrations"
WAITING = 2048
"""Connections that a worker holds, most of them idle (browsers keep them); as many more wait to be accepted."""


class PortTaken(Exception):
    """Another program listens where this one should."""


def serve(config: Config) -> None:
    """Run until SIGTERM or SIGINT. A process that dies is replaced. Raises PortTaken."""
    wait_for_port(config)
    hand_down(config)
    processes.prepared = app = create_app(config)
    prepare(app)
    tell(app, config)
    gc.freeze()
    with processes.beside(config):
        while _run_server(config):
            time.sleep(1)


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
        workers_kill_timeout=processes.SECONDS_TO_FINISH,
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

    processes.leave_with_parent()
    app = processes.application()
    gate = Gate(app)
    watch(gate, app.config["COURSE"])
    return gate


def settings(**chosen: object) -> Config:
    """The settings of the environment, with what the command line chose instead (None: nothing).

    Raises ValueError on one that cannot be read.
    """
    given = {name: value for name, value in chosen.items() if value is not None}
    return Config.from_environment(**given)
