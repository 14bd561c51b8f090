"""A small installation for the loss bench: one course, some learners who are signed in, and `course serve` itself."""

import contextlib
import io
import os
import random
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, g, session
from flask_wtf.csrf import generate_csrf

from course import clock, create_app, serve
from course.catalogue import queries
from course.config import Config
from course.db import db, transaction
from course.learning.assessment.actions import start
from course.learning.reading import verify
from course.learning.reading.actions import enrol
from course.people import actions, sessions
from tests.bench.prepare import COURSE, QUIZ, write_pack
from tests.live import Installation

KEY = "a key that is the same after every restart"


@dataclass(frozen=True, slots=True)
class Learner:
    """What a client needs to act as one learner, who has attempt 1 at the quiz open."""

    number: int
    enrolment: int
    cookie: str
    token: str


class Site:
    """An installation in a folder, with its clients' credentials. `with Site(folder) as site: ...` serves it."""

    def __init__(self, folder: Path, url: str = "", learners: int = 4, **settings: str) -> None:
        self.folder = folder
        self.config = Config(root=folder, instance=folder / "instance", database_url=url, secret_key=KEY)
        write_pack(folder, lessons=1)
        self.server = Installation(
            self.config.instance, COURSE_ROOT=str(folder), COURSE_SECRET_KEY=KEY, COURSE_DATABASE_URL=url,
            COURSE_WORKERS="2", COURSE_DEVELOPMENT="0", **settings,
        )  # fmt: skip
        self.port = self.server.port
        app = self.application()
        with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
            serve.prepare(app)
        with app.app_context():
            self.learners = [_learner(app, number) for number in range(learners)]
            _let_go()

    def application(self) -> Flask:
        return create_app(self.config)

    def __enter__(self) -> "Site":
        self.server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.stop()

    def kill_everything(self) -> None:
        """SIGKILL to the server and all its processes at the same moment."""
        with suppress(ProcessLookupError):
            os.killpg(self.server.process.pid, signal.SIGKILL)
        self.server.process.wait()

    def kill_one(self) -> None:
        """SIGKILL to one process of the server: a worker, or the one for jobs."""
        with suppress(ProcessLookupError, IndexError):
            os.kill(random.choice(self.processes()), signal.SIGKILL)

    def processes(self) -> list[int]:
        """The processes that the server has started."""
        task = Path(f"/proc/{self.server.process.pid}/task/{self.server.process.pid}/children")
        return [int(number) for number in task.read_text().split()]

    def differences(self) -> list[str]:
        """What does not follow from the log, of all grades and all progress."""
        with self.application().app_context():
            found = [sentence for sentences in verify.differences() for sentence in sentences]
            _let_go()
        return found


def _let_go() -> None:
    db.session.remove()
    db.engine.dispose()


def _learner(app: Flask, number: int) -> Learner:
    with transaction(), app.test_request_context():
        person = actions.add_person(f"learner-{number}@example.org", None, confirmed=True).person_id
        published = queries.published(COURSE)
        enrolment = enrol(person, published, clock.now())
        db.session.flush()
        start(enrolment, published, QUIZ, clock.now(), person)
        sessions.begin(person, True)
        g.pop("csrf_token", None)
        token = generate_csrf()
        cookie = app.session_interface.get_signing_serializer(app).dumps(dict(session))
        return Learner(number, enrolment.id, f"session={cookie}", token)
